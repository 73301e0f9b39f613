namespace Lms.Standards.Scorm.Sequencing;

/// <summary>A navigation request made into what it means, or the exception that refuses it.</summary>
internal readonly record struct Navigated(TerminationRequest? Ends, SequencingRequest Seeks, Activity? Target, string? Exception);

/// <summary>NB.2.1, Navigation Request Process: whether a request makes sense where the learner is. It changes nothing. (SN NB.2.1)</summary>
internal sealed class Navigation(SequencingState state)
{
    public Navigated Run(NavigationRequest request)
    {
        if (request.Kind is NavigationKind.Start or NavigationKind.ResumeAll) return Begin(request.Kind);
        if (request.Kind == NavigationKind.Choice) return Choose(request.Target);
        if (state.Current is not { } current) return Invalid("NB.2.1-2");
        var active = state.Of(current).Active;
        return request.Kind switch
        {
            NavigationKind.Continue => current.Parent is { Control.Flow: true } ? Seek(SequencingRequest.Continue) : Invalid("NB.2.1-4"),
            NavigationKind.Previous => Previous(current),
            NavigationKind.Jump => Jump(request.Target),
            NavigationKind.Exit => active ? new Navigated(TerminationRequest.Exit, SequencingRequest.Exit, null, null) : Invalid("NB.2.1-12"),
            NavigationKind.Abandon => active ? new Navigated(TerminationRequest.Abandon, SequencingRequest.Exit, null, null) : Invalid("NB.2.1-12"),
            NavigationKind.ExitAll => new Navigated(TerminationRequest.ExitAll, SequencingRequest.Exit, null, null),
            NavigationKind.AbandonAll => new Navigated(TerminationRequest.AbandonAll, SequencingRequest.Exit, null, null),
            NavigationKind.SuspendAll => new Navigated(TerminationRequest.SuspendAll, SequencingRequest.Exit, null, null),
            _ => Invalid("NB.2.1-13"),
        };
    }

    private Navigated Begin(NavigationKind kind)
    {
        if (state.Current is not null) return Invalid("NB.2.1-1");
        if (kind == NavigationKind.Start) return new Navigated(null, SequencingRequest.Start, null, null);
        return state.SuspendedActivity is null ? Invalid("NB.2.1-3") : new Navigated(null, SequencingRequest.ResumeAll, null, null);
    }

    private Navigated Previous(Activity current) => current.Parent switch
    {
        null => Invalid("NB.2.1-6"),
        { Control: { Flow: true, ForwardOnly: false } } => Seek(SequencingRequest.Previous),
        _ => Invalid("NB.2.1-5"),
    };

    private Navigated Choose(string? id)
    {
        if (state.Tree.Find(id) is not { } target) return Invalid("NB.2.1-11");
        if (target.Parent is { Control.Choice: false }) return Invalid("NB.2.1-10");
        return state.Current is { } current && IsHeld(current, target) ? Invalid("NB.2.1-8") : Seek(SequencingRequest.Choice, target);
    }

    /// <summary>Whether something that is active lets no choice out: not the current activity even to its siblings, a cluster not out of itself.</summary>
    private bool IsHeld(Activity current, Activity target)
    {
        if (current.IsLeaf && state.Of(current).Active && !current.Control.ChoiceExit) return true;
        return current.PathBelow(Activity.CommonAncestor(current, target)).Any(a => state.Of(a).Active && !a.Control.ChoiceExit);
    }

    private Navigated Jump(string? id)
    {
        if (state.Tree.Find(id) is not { } target || !target.Path().All(state.IsAvailable)) return Invalid("NB.2.1-11");
        return Seek(SequencingRequest.Jump, target);
    }

    // What is still active ends first.
    private Navigated Seek(SequencingRequest request, Activity? target = null) =>
        new(state.Current is { } current && state.Of(current).Active ? TerminationRequest.Exit : null, request, target, null);

    private static Navigated Invalid(string exception) => new(null, SequencingRequest.Exit, null, exception);
}
