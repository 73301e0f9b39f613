using Lms.Standards.Scorm.Manifest;

namespace Lms.Standards.Scorm.Sequencing;

/// <summary>One activity of a tree.</summary>
public sealed class Activity
{
    internal Activity(ActivityDefinition definition, Activity? parent, int index, int position)
    {
        Definition = definition;
        Parent = parent;
        Index = index;
        Position = position;
        Depth = parent is null ? 0 : parent.Depth + 1;
        // Every activity has an objective that stands for it as a whole. (SN 3.8)
        var objectives = definition.Sequencing.Objectives;
        Objectives = objectives.Any(o => o.IsPrimary) ? objectives : [new ObjectiveDefinition { IsPrimary = true }, .. objectives];
        Skip = Rules(RuleAction.Skip);
        Disabled = Rules(RuleAction.Disabled);
        Hidden = Rules(RuleAction.HiddenFromChoice);
        Stop = Rules(RuleAction.StopForwardTraversal);
        Exit = [.. definition.Sequencing.Rules.Where(r => r.Kind == RuleKind.Exit)];
        Post = [.. definition.Sequencing.Rules.Where(r => r.Kind == RuleKind.Post)];
        Prerequisites = Prerequisites.Parse(definition.Prerequisites);
    }

    /// <summary>Identifier, unique within the tree.</summary>
    public string Id => Definition.Identifier;

    /// <summary>What the manifest says of it; its children are <see cref="Children"/>.</summary>
    public ActivityDefinition Definition { get; }

    /// <summary>The activity around it; null for the root.</summary>
    public Activity? Parent { get; }

    /// <summary>All activities directly within it, selected or not.</summary>
    public IReadOnlyList<Activity> Children { get; internal set; } = [];

    /// <summary>Distance from the root.</summary>
    public int Depth { get; }

    /// <summary>Whether it can be delivered, not just entered.</summary>
    public bool IsLeaf => Children.Count == 0;

    /// <summary>Its objectives; the first is the primary one.</summary>
    internal IReadOnlyList<ObjectiveDefinition> Objectives { get; }

    internal int Index { get; }

    internal int LastIndex { get; set; }

    internal int Position { get; }

    internal ControlMode Control => Definition.Sequencing.Control;

    /// <summary>A mere line in the table of contents: it has nothing to launch.</summary>
    internal bool IsHeading => IsLeaf && Definition.Href is null;

    internal bool Tracked => Definition.Sequencing.Delivery.Tracked && !IsHeading;

    internal SequencingRule[] Skip { get; }

    internal SequencingRule[] Disabled { get; }

    internal SequencingRule[] Hidden { get; }

    internal SequencingRule[] Stop { get; }

    internal SequencingRule[] Exit { get; }

    internal SequencingRule[] Post { get; }

    internal Prerequisites? Prerequisites { get; }

    /// <summary>Whether it is the other activity or lies within it.</summary>
    internal bool IsWithin(Activity other) => Index >= other.Index && Index <= other.LastIndex;

    /// <summary>Itself, its parent, and so on to the root.</summary>
    internal IEnumerable<Activity> Path()
    {
        for (var at = this; at is not null; at = at.Parent) yield return at;
    }

    /// <summary>Itself, its parent, and so on, before the ancestor.</summary>
    internal IEnumerable<Activity> PathBelow(Activity ancestor)
    {
        for (var at = this; at is not null && at != ancestor; at = at.Parent) yield return at;
    }

    /// <summary>The closest activity that has both within it; one of the two, where it has the other within it.</summary>
    internal static Activity CommonAncestor(Activity one, Activity other)
    {
        var at = one;
        while (!other.IsWithin(at)) at = at.Parent!;
        return at;
    }

    private SequencingRule[] Rules(RuleAction action) =>
        [.. Definition.Sequencing.Rules.Where(r => r.Kind == RuleKind.Pre && r.Action == action)];
}
