using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Lms.Web.Features.Shared;

/// <summary>What a notice means: brand, green, amber or red.</summary>
public enum NoticeKind { Info, Good, Wait, Bad }

/// <summary>A sentence in a coloured box, drawn by <c>_Notice</c>.</summary>
public sealed record Notice(NoticeKind Kind, string Text)
{
    public string Icon => Kind switch { NoticeKind.Good => "check", NoticeKind.Wait => "warning", NoticeKind.Bad => "cross", _ => "info" };

    public string Css => Kind switch { NoticeKind.Good => "good", NoticeKind.Wait => "wait", NoticeKind.Bad => "bad", _ => "" };
}

/// <summary>Carries a notice over the redirect that follows a form.</summary>
public static class Notices
{
    internal const string Cookie = "seedlot-notice";
    private const string Key = "notice";

    public static void Notify(this ITempDataDictionary data, string text, NoticeKind kind = NoticeKind.Good)
    {
        ArgumentNullException.ThrowIfNull(data);
        data[Key] = $"{(int)kind}{text}";
    }

    /// <summary>The notice that came with the request. Without one nothing is touched: the framework would send a cookie with every page, only to delete it.</summary>
    internal static Notice? Notice(this ITempDataDictionary data, HttpRequest request) =>
        request.Cookies.ContainsKey(Cookie) && data[Key] is string { Length: > 1 } text ? new Notice((NoticeKind)(text[0] - '0'), text[1..]) : null;
}
