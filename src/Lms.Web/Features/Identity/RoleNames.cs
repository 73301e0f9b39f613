using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Identity;

/// <summary>What roles are called.</summary>
public static class RoleNames
{
    public static string Of(Role role, IStringLocalizer<IdentityText> text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return role switch
        {
            Role.Learner => text["Learner"],
            Role.Instructor => text["Instructor"],
            Role.Assessor => text["Assessor"],
            Role.CentreManager => text["Centre manager"],
            Role.HubManager => text["Hub manager"],
            Role.Auditor => text["Auditor"],
            Role.Administrator => text["Administrator"],
            _ => throw new ArgumentOutOfRangeException(nameof(role)),
        };
    }
}
