using Lms.Standards.Packages;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Packages;

/// <summary>What the pages call things.</summary>
internal static class PackageNames
{
    /// <summary>Names of specifications are the same in every language.</summary>
    public static string Of(PackageStandard standard, string? edition) => standard switch
    {
        PackageStandard.Scorm12 => "SCORM 1.2",
        PackageStandard.Scorm2004 => $"SCORM 2004 {edition}".TrimEnd(),
        PackageStandard.Cmi5 => "cmi5",
        _ => "xAPI",
    };

    public static string Of(UpdatePolicy policy, IStringLocalizer<PackagesText> text) => policy switch
    {
        UpdatePolicy.Pin => text["Whoever began stays on the version that they began on"],
        UpdatePolicy.WhenNotComplete => text["Whoever is not done moves to the new version"],
        _ => text["Everybody moves to the new version"],
    };

    public static string Of(ActivityTracking tracking, IStringLocalizer<PackagesText> text) => tracking switch
    {
        ActivityTracking.Reported => text["Whatever the content reports: completion, success, score, time, answers"],
        ActivityTracking.Opened => text["Reports nothing; opening it counts as completing it"],
        ActivityTracking.Elsewhere => text["Lies on another site; only that it was opened is known"],
        ActivityTracking.RolledUp => text["Follows from what it holds"],
        ActivityTracking.Passed => text["Done when passed"],
        ActivityTracking.Completed => text["Done when completed"],
        ActivityTracking.CompletedAndPassed => text["Done when completed and passed"],
        ActivityTracking.CompletedOrPassed => text["Done when completed or passed"],
        ActivityTracking.NotRequired => text["Recorded, and nothing need be done in it"],
        _ => text["Done when a statement about it says completed or passed"],
    };

    public static string Of(PackageCompletion completion, IStringLocalizer<PackagesText> text) => completion switch
    {
        PackageCompletion.Completed => text["Completed"],
        PackageCompletion.Incomplete => text["Under way"],
        PackageCompletion.NotAttempted => text["Not begun"],
        _ => "–",
    };

    public static string Of(PackageSuccess success, IStringLocalizer<PackagesText> text) => success switch
    {
        PackageSuccess.Passed => text["Passed"],
        PackageSuccess.Failed => text["Failed"],
        _ => "–",
    };
}
