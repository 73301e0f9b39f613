using Lms.Standards.Scorm.Manifest;

namespace Lms.Standards.Scorm.Sequencing;

/// <summary>
/// A package's activities, ready to be sequenced. It never changes, so that one tree serves all sessions of a package. (SN 2.1)
/// </summary>
public sealed class ActivityTree
{
    private readonly Dictionary<string, Activity> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Activity>> _readers = new(StringComparer.Ordinal);

    private ActivityTree(ScormOrganization organization, bool scorm12)
    {
        IsScorm12 = scorm12;
        ObjectivesGlobalToSystem = organization.ObjectivesGlobalToSystem;
        SharedDataGlobalToSystem = organization.SharedDataGlobalToSystem;
        var all = new List<Activity>();
        Root = Add(Prepared(organization.Root, scorm12), null, 0, all);
        All = all;
    }

    /// <summary>The tree of a manifest's default organization.</summary>
    public static ActivityTree Of(ScormManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return Of(manifest.Organization(), manifest.Edition);
    }

    /// <summary>The tree of one organization.</summary>
    public static ActivityTree Of(ScormOrganization organization, ScormEdition edition)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return new ActivityTree(organization, edition == ScormEdition.Scorm12);
    }

    /// <summary>The organization.</summary>
    public Activity Root { get; }

    /// <summary>All activities, each before its children.</summary>
    public IReadOnlyList<Activity> All { get; }

    /// <summary>Whether the package is SCORM 1.2, which has no sequencing of its own.</summary>
    public bool IsScorm12 { get; }

    /// <summary>Whether global objectives live as long as the learner.</summary>
    public bool ObjectivesGlobalToSystem { get; }

    /// <summary>Whether shared data lives as long as the learner.</summary>
    public bool SharedDataGlobalToSystem { get; }

    /// <summary>The activity of that identifier; null when there is none.</summary>
    public Activity? Find(string? id) => id is not null && _byId.TryGetValue(id, out var activity) ? activity : null;

    /// <summary>The activities that read a global objective.</summary>
    internal IReadOnlyList<Activity> ReadersOf(string globalObjective) => _readers.TryGetValue(globalObjective, out var readers) ? readers : [];

    /// <summary>
    /// SCORM 1.2 lets the learner go anywhere, in order if he likes. A course of a single activity that says nothing of how it flows starts with it:
    /// there is nothing to choose from.
    /// </summary>
    private static ActivityDefinition Prepared(ActivityDefinition root, bool scorm12)
    {
        if (scorm12) root = Flowing(root, IsJudged(root));
        var single = root.Children is [{ Children.Count: 0 }];
        var control = root.Sequencing.Control;
        return single && control.Choice && (scorm12 || !control.Flow)
            ? root with { Sequencing = root.Sequencing with { Control = control with { Choice = false, Flow = true } } }
            : root;
    }

    // In SCORM 1.2 a mastery score says that a part is to be passed: where some have one, the others have no say in whether the course is.
    private static ActivityDefinition Flowing(ActivityDefinition activity, bool someAreJudged) => activity with
    {
        Sequencing = activity.Sequencing with
        {
            Control = new ControlMode { Flow = true },
            Delivery = new DeliveryControls { ObjectiveSetByContent = true },
            Rollup = someAreJudged && !IsJudged(activity) ? new RollupDefinition { ObjectiveSatisfied = false, MeasureWeight = 0 } : new RollupDefinition(),
        },
        Children = [.. activity.Children.Select(child => Flowing(child, someAreJudged))],
    };

    private static bool IsJudged(ActivityDefinition activity) => activity.MasteryScore is not null || activity.Children.Any(IsJudged);

    private Activity Add(ActivityDefinition definition, Activity? parent, int position, List<Activity> all)
    {
        var activity = new Activity(definition, parent, all.Count, position);
        all.Add(activity);
        _byId.TryAdd(activity.Id, activity);
        foreach (var map in activity.Objectives.SelectMany(o => o.Maps).Where(m => m.Read != ObjectiveParts.None))
        {
            if (!_readers.TryGetValue(map.Target, out var readers)) _readers[map.Target] = readers = [];
            if (!readers.Contains(activity)) readers.Add(activity);
        }
        activity.Children = [.. definition.Children.Select((child, i) => Add(child, activity, i, all))];
        activity.LastIndex = all.Count - 1;
        return activity;
    }
}
