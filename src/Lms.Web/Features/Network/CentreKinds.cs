using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Network;

/// <summary>What kinds of centre are called.</summary>
public static class CentreKinds
{
    public static string Of(CentreKind kind, IStringLocalizer<NetworkText> text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return kind switch
        {
            CentreKind.Hub => text["Hub"],
            CentreKind.Regional => text["Regional"],
            CentreKind.National => text["National"],
            CentreKind.Site => text["Site"],
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }
}
