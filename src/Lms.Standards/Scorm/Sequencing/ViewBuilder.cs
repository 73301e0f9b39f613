using Lms.Standards.Scorm.Manifest;

namespace Lms.Standards.Scorm.Sequencing;

/// <summary>Asks of every request whether it would succeed, without doing it. (SN 5.4, 5.6)</summary>
internal sealed class ViewBuilder(SequencingState state, Tracking tracking, RuleEvaluation rules, Navigation navigation, SequencingRequests requests, ChoiceTraversal choices, Delivery delivery)
{
    public SequencingView Build() => rules.WhileNothingChanges(View);

    private SequencingView View()
    {
        var chosen = state.Tree.All.Where(CanChoose).Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        return new SequencingView
        {
            Current = state.Current?.Id,
            IsActive = state.Current is { } current && state.Of(current).Active,
            CanStart = state.Current is null && state.SuspendedActivity is not { IsLeaf: true } && Delivers(requests.Start()),
            CanResume = state.Current is null && state.SuspendedActivity is { IsLeaf: true },
            Valid = Enum.GetValues<LmsControl>().Where(IsValid).ToHashSet(),
            Hidden = state.Current?.Definition.HideLmsUi.ToHashSet() ?? [],
            Choices = chosen,
            Jumps = state.Current is null ? [] : state.Tree.All.Where(a => delivery.Check(a) is null).Select(a => a.Id).ToHashSet(StringComparer.Ordinal),
            Contents = Contents(chosen),
        };
    }

    private bool CanChoose(Activity activity)
    {
        if (navigation.Run(new NavigationRequest(NavigationKind.Choice, activity.Id)).Exception is not null) return false;
        return choices.Run(activity).Delivers is { } delivers && delivery.Check(delivers) is null;
    }

    private bool IsValid(LmsControl control)
    {
        var kind = control switch
        {
            LmsControl.Continue => NavigationKind.Continue,
            LmsControl.Previous => NavigationKind.Previous,
            LmsControl.Exit => NavigationKind.Exit,
            LmsControl.ExitAll => NavigationKind.ExitAll,
            LmsControl.Abandon => NavigationKind.Abandon,
            LmsControl.AbandonAll => NavigationKind.AbandonAll,
            _ => NavigationKind.SuspendAll,
        };
        // Continue past the last activity ends the course, and so it is valid there too.
        return navigation.Run(new NavigationRequest(kind)).Exception is null && (kind != NavigationKind.Previous || Delivers(requests.Previous()));
    }

    private bool Delivers(Sequenced found) => found.Delivers is { } activity && delivery.Check(activity) is null;

    private List<TocEntry> Contents(HashSet<string> chosen)
    {
        var entries = new List<TocEntry>();
        var current = state.Current?.Path().FirstOrDefault(a => a.Definition.IsVisible && !a.Path().Any(rules.IsHidden));
        Add(state.Tree.Root, 0);
        // To choose the course itself means something only where there is something in it to choose.
        return entries.Exists(e => e is { IsEnabled: true, IsRoot: false }) ? entries : [.. entries.Select(e => e with { IsEnabled = false })];

        void Add(Activity activity, int depth)
        {
            if (rules.IsHidden(activity)) return;
            if (activity.Definition.IsVisible) entries.Add(Entry(activity, depth++, activity == current, chosen));
            foreach (var child in state.Available(activity)) Add(child, depth);
        }
    }

    private TocEntry Entry(Activity activity, int depth, bool isCurrent, HashSet<string> chosen) => new()
    {
        Id = activity.Id,
        Title = activity.Definition.Title,
        Depth = depth,
        IsRoot = activity.Parent is null,
        IsLeaf = activity.IsLeaf,
        IsCurrent = isCurrent,
        IsEnabled = chosen.Contains(activity.Id),
        Completion = Reports.Of(tracking.Completed(activity, activity.Objectives[0])),
        Success = Reports.OfSatisfied(tracking.Satisfied(activity, activity.Objectives[0])),
    };
}
