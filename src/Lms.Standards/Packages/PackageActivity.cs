using System.Text.Json.Serialization;

namespace Lms.Standards.Packages;

/// <summary>Something of a package that can be launched, or holds what can be.</summary>
/// <param name="Index">Its place in the package, from 0: how it is named outside.</param>
/// <param name="Id">Its identifier as the package says it.</param>
/// <param name="Title">As learners read it.</param>
/// <param name="Launchable">Whether it has content of its own.</param>
/// <param name="Depth">How deep it lies in the structure, from 0.</param>
/// <param name="Tracking">What is recorded of it.</param>
/// <param name="PassesFrom">Scaled score that passes it; null where the package says none.</param>
public sealed record PackageActivity(
    int Index, string Id, string Title, bool Launchable, int Depth = 0, ActivityTracking Tracking = ActivityTracking.Reported, decimal? PassesFrom = null);

/// <summary>What is recorded of an activity: what its author can count on.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActivityTracking>))]
public enum ActivityTracking
{
    /// <summary>Whatever the content reports: completion, success, score, time, answers.</summary>
    Reported,

    /// <summary>Content that reports nothing: that it was opened completes it.</summary>
    Opened,

    /// <summary>Lies on another site: that it was opened is all that can be known.</summary>
    Elsewhere,

    /// <summary>Holds other activities, and follows from them.</summary>
    RolledUp,

    /// <summary>cmi5: done when it is passed.</summary>
    Passed,

    /// <summary>cmi5: done when it is completed.</summary>
    Completed,

    /// <summary>cmi5: done when it is completed and passed.</summary>
    CompletedAndPassed,

    /// <summary>cmi5: done when it is completed or passed.</summary>
    CompletedOrPassed,

    /// <summary>cmi5: nothing need be done in it.</summary>
    NotRequired,

    /// <summary>Plain xAPI: done when a statement about it says completed or passed.</summary>
    Stated,
}
