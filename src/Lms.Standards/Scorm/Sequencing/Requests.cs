namespace Lms.Standards.Scorm.Sequencing;

/// <summary>Requests of the navigation model to end something. (SN TB.2.3)</summary>
internal enum TerminationRequest
{
    Exit,
    ExitAll,
    SuspendAll,
    Abandon,
    AbandonAll,
}

/// <summary>Requests to find what comes next. (SN SB.2.12)</summary>
internal enum SequencingRequest
{
    Start,
    ResumeAll,
    Continue,
    Previous,
    Choice,
    Jump,
    Retry,
    Exit,
}

/// <summary>What came of a sequencing request.</summary>
internal readonly record struct Sequenced(Activity? Delivers, bool EndsSession, string? Exception);

/// <summary>Finds the activity to deliver. (SN SB.2.5 to SB.2.13)</summary>
internal sealed class SequencingRequests(SequencingState state, FlowTraversal flow, ChoiceTraversal choices, Termination termination)
{
    /// <summary>SB.2.12, Sequencing Request Process.</summary>
    public Sequenced Run(SequencingRequest request, Activity? target) => request switch
    {
        SequencingRequest.Start => Start(),
        SequencingRequest.ResumeAll => ResumeAll(),
        SequencingRequest.Exit => Exit(),
        SequencingRequest.Retry => Retry(),
        SequencingRequest.Continue => Continue(),
        SequencingRequest.Previous => Previous(),
        SequencingRequest.Choice => Choose(target),
        SequencingRequest.Jump => Jump(target),
        _ => Nothing("SB.2.12-1"),
    };

    /// <summary>SB.2.5, Start Sequencing Request Process.</summary>
    public Sequenced Start()
    {
        if (state.Current is not null) return Nothing("SB.2.5-1");
        if (state.Tree.Root.IsLeaf) return new Sequenced(state.Tree.Root, false, null);
        var arrived = flow.Run(state.Tree.Root, forward: true, considerChildren: true);
        return arrived.Delivers ? new Sequenced(arrived.At, false, null) : new Sequenced(null, arrived.EndsSession, arrived.Exception);
    }

    /// <summary>SB.2.6, Resume All Sequencing Request Process.</summary>
    private Sequenced ResumeAll()
    {
        if (state.Current is not null) return Nothing("SB.2.6-1");
        return state.SuspendedActivity is { } suspended ? new Sequenced(suspended, false, null) : Nothing("SB.2.6-2");
    }

    /// <summary>SB.2.7, Continue Sequencing Request Process.</summary>
    private Sequenced Continue()
    {
        if (state.Current is not { } current) return Nothing("SB.2.7-1");
        if (current.Parent is { Control.Flow: false }) return Nothing("SB.2.7-2");
        var arrived = flow.Run(current, forward: true, considerChildren: false);
        if (arrived.Delivers) return new Sequenced(arrived.At, false, null);
        if (arrived.EndsSession) termination.EndAll();
        return new Sequenced(null, arrived.EndsSession, arrived.Exception);
    }

    /// <summary>SB.2.8, Previous Sequencing Request Process.</summary>
    public Sequenced Previous()
    {
        if (state.Current is not { } current) return Nothing("SB.2.8-1");
        if (current.Parent is { Control.Flow: false }) return Nothing("SB.2.8-2");
        var arrived = flow.Run(current, forward: false, considerChildren: false);
        return arrived.Delivers ? new Sequenced(arrived.At, false, null) : new Sequenced(null, arrived.EndsSession, arrived.Exception);
    }

    /// <summary>SB.2.9, Choice Sequencing Request Process.</summary>
    private Sequenced Choose(Activity? target)
    {
        if (target is null) return Nothing("SB.2.9-1");
        var choice = choices.Run(target);
        if (choice.Stranded is { } common && state.Current is not null)
        {
            termination.TerminateDescendents(common);
            termination.EndAttempt(common);
            state.Current = target;
        }
        return new Sequenced(choice.Delivers, false, choice.Exception);
    }

    /// <summary>SB.2.10, Retry Sequencing Request Process.</summary>
    private Sequenced Retry()
    {
        if (state.Current is not { } current) return Nothing("SB.2.10-1");
        if (state.Of(current) is { Active: true } or { Suspended: true }) return Nothing("SB.2.10-2");
        if (current.IsLeaf) return new Sequenced(current, false, null);
        var arrived = flow.Run(current, forward: true, considerChildren: true);
        return arrived.Delivers ? new Sequenced(arrived.At, false, null) : new Sequenced(null, arrived.EndsSession, "SB.2.10-3");
    }

    /// <summary>SB.2.11, Exit Sequencing Request Process.</summary>
    private Sequenced Exit()
    {
        if (state.Current is not { } current) return Nothing("SB.2.11-1");
        if (state.Of(current).Active) return Nothing("SB.2.11-2");
        return new Sequenced(null, current.Parent is null, null);
    }

    /// <summary>SB.2.13, Jump Sequencing Request Process.</summary>
    private Sequenced Jump(Activity? target) =>
        state.Current is null ? Nothing("SB.2.13-1") : target is null ? Nothing("SB.2.13-2") : new Sequenced(target, false, null);

    private static Sequenced Nothing(string exception) => new(null, false, exception);
}
