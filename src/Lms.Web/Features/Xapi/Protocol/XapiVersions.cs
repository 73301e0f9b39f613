using Lms.Standards.Xapi;

namespace Lms.Web.Features.Xapi.Protocol;

/// <summary>The versions that are served side by side, chosen by each request's header. (Communication 3.3)</summary>
public static class XapiVersions
{
    public const string Header = "X-Experience-API-Version";
    public const string Latest1 = "1.0.3";
    public const string Latest2 = "2.0.0";

    /// <summary>All that are accepted, as <c>about</c> lists them.</summary>
    public static readonly IReadOnlyList<string> Accepted = ["1.0.0", "1.0.1", "1.0.2", "1.0.3", "2.0.0"];

    /// <summary>Said in answer to a request without a version: neither 1.0.3 nor 2.0 then calls the answer wrong.</summary>
    public const string Unversioned = "0.95";

    public static XapiVersion? Parse(string header) => header switch
    {
        "1.0" or "2.0" => header[0] == '1' ? XapiVersion.V1 : XapiVersion.V2,
        _ when IsPatch(header, "1.0.") => XapiVersion.V1,
        _ when IsPatch(header, "2.0.") => XapiVersion.V2,
        _ => null,
    };

    public static string Latest(XapiVersion version) => version == XapiVersion.V1 ? Latest1 : Latest2;

    /// <summary>The version of a request that <see cref="XapiProtocol"/> has let through.</summary>
    public static XapiVersion Of(HttpContext context) => context.Features.Get<Served>()?.Version ?? XapiVersion.V1;

    internal sealed record Served(XapiVersion Version)
    {
        public static readonly Served V1 = new(XapiVersion.V1), V2 = new(XapiVersion.V2);
    }

    private static bool IsPatch(string header, string minor) =>
        header.StartsWith(minor, StringComparison.Ordinal) && header.Length is > 4 and < 10 && header.AsSpan(4).IndexOfAnyExceptInRange('0', '9') < 0;
}
