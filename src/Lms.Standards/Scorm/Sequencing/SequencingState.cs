using System.Text.Json.Serialization;

namespace Lms.Standards.Scorm.Sequencing;

/// <summary>All that a session knows and must keep: the state of the tree, and what is shared.</summary>
internal sealed class SequencingState
{
    private readonly ActivityState[] _states;
    private readonly IReadOnlyList<Activity>[] _available;
    private readonly int[] _place;
    private readonly SharedStore _own;
    private readonly SharedStore _learner;

    public SequencingState(ActivityTree tree, string? json, SharedStore learner, ulong seed)
    {
        Tree = tree;
        _learner = learner;
        var saved = string.IsNullOrEmpty(json) ? new Saved { Random = seed } : SequencingJson.Read<Saved>(json);
        _own = saved.Shared ?? new SharedStore();
        Random = saved.Random;
        Current = tree.Find(saved.Current);
        SuspendedActivity = tree.Find(saved.Suspended);
        _states = new ActivityState[tree.All.Count];
        _available = new IReadOnlyList<Activity>[tree.All.Count];
        _place = new int[tree.All.Count];
        foreach (var activity in tree.All)
        {
            _states[activity.Index] = saved.Activities?.GetValueOrDefault(activity.Id) ?? new ActivityState();
            _place[activity.Index] = activity.Position;
            _available[activity.Index] = activity.Children;
        }
        foreach (var activity in tree.All)
            if (_states[activity.Index].Children is { } ids) SetAvailable(activity, Known(activity, ids));
    }

    public ActivityTree Tree { get; }

    /// <summary>The activity that the learner is at, or was at last; null between sessions. (SN 4.3.2)</summary>
    public Activity? Current { get; set; }

    /// <summary>The activity at which everything was suspended. (SN 4.3.2)</summary>
    public Activity? SuspendedActivity { get; set; }

    public ulong Random { get; private set; }

    public SharedStore Objectives => Tree.ObjectivesGlobalToSystem ? _learner : _own;

    public SharedStore Data => Tree.SharedDataGlobalToSystem ? _learner : _own;

    public ActivityState Of(Activity activity) => _states[activity.Index];

    /// <summary>The children that are there for the learner, in their order. (SN 4.3.1, Available Children)</summary>
    public IReadOnlyList<Activity> Available(Activity activity) => _available[activity.Index];

    /// <summary>Its place among its parent's available children; -1 when it is none of them.</summary>
    public int Place(Activity activity) => _place[activity.Index];

    public bool IsAvailable(Activity activity) => _place[activity.Index] >= 0;

    public bool IsLast(Activity activity) => activity.Parent is null || Place(activity) == Available(activity.Parent).Count - 1;

    /// <summary>Whether the first comes before the other on a walk through the available activities.</summary>
    public bool IsBefore(Activity first, Activity other)
    {
        var common = Activity.CommonAncestor(first, other);
        if (common == first || common == other) return common == first;
        return Place(first.PathBelow(common).Last()) < Place(other.PathBelow(common).Last());
    }

    public void SetAvailable(Activity activity, IReadOnlyList<Activity> children)
    {
        foreach (var child in activity.Children) _place[child.Index] = -1;
        for (var i = 0; i < children.Count; i++) _place[children[i].Index] = i;
        _available[activity.Index] = children;
        Of(activity).Children = [.. children.Select(c => c.Id)];
    }

    /// <summary>A number from 0 up to, but not, the bound; what comes next is part of the state. (SplitMix64)</summary>
    public int Next(int bound)
    {
        Random += 0x9E3779B97F4A7C15;
        var z = (Random ^ (Random >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)bound);
    }

    public string Save() => SequencingJson.Write(new Saved
    {
        Current = Current?.Id,
        Suspended = SuspendedActivity?.Id,
        Random = Random,
        Activities = Tree.All.Where(a => !Of(a).IsFresh).ToDictionary(a => a.Id, a => Of(a).Pruned()),
        Shared = _own.IsEmpty ? null : _own.Pruned(),
    });

    // A state may stem from another version of the package: what is gone is left out, and what is new joins at the end, unless some were selected.
    private List<Activity> Known(Activity activity, List<string> ids)
    {
        var children = ids.Select(Tree.Find).OfType<Activity>().Where(c => c.Parent == activity).Distinct().ToList();
        if (children.Count == 0 || activity.Definition.Sequencing.Randomization.SelectCount is null) children.AddRange(activity.Children.Except(children));
        return children;
    }

    private sealed class Saved
    {
        [JsonPropertyName("c")] public string? Current { get; init; }

        [JsonPropertyName("z")] public string? Suspended { get; init; }

        [JsonPropertyName("r")] public ulong Random { get; init; }

        [JsonPropertyName("t")] public Dictionary<string, ActivityState>? Activities { get; init; }

        [JsonPropertyName("x")] public SharedStore? Shared { get; init; }
    }
}
