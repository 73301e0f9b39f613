using Lms.Standards.Scorm.Manifest;

namespace Lms.Standards.Scorm.Sequencing;

/// <summary>
/// One learner's way through one package: the overall sequencing process of SCORM 2004 4th Edition, which serves the earlier editions and SCORM 1.2
/// too. It is pure and synchronous; <see cref="Save"/> keeps all that it knows, from which <see cref="Restore"/> goes on as if nothing had been. (SN OP.1)
/// </summary>
public sealed class SequencingSession
{
    private readonly SequencingState _state;
    private readonly Navigation _navigation;
    private readonly Termination _termination;
    private readonly SequencingRequests _requests;
    private readonly Delivery _delivery;
    private readonly Selection _selection;
    private readonly Rollup _rollup;
    private readonly Reports _reports;
    private readonly ViewBuilder _views;

    private SequencingSession(ActivityTree tree, string? state, SharedStore shared, ulong seed)
    {
        Tree = tree;
        Shared = shared;
        _state = new SequencingState(tree, state, shared, seed);
        var tracking = new Tracking(_state);
        var rules = new RuleEvaluation(_state, tracking);
        var flow = new FlowTraversal(_state, rules);
        var choices = new ChoiceTraversal(_state, rules, flow);
        _rollup = new Rollup(_state, tracking, rules);
        _selection = new Selection(_state);
        _navigation = new Navigation(_state);
        _termination = new Termination(_state, tracking, rules, _rollup, _selection);
        _requests = new SequencingRequests(_state, flow, choices, _termination);
        _delivery = new Delivery(_state, rules, _termination);
        _reports = new Reports(_state, tracking);
        _views = new ViewBuilder(_state, tracking, rules, _navigation, _requests, choices, _delivery);
        if (_state.Current is null) _selection.Prepare();
    }

    /// <summary>A learner's first session with the package.</summary>
    /// <param name="tree">The package's activities.</param>
    /// <param name="shared">What the learner shares between packages; null when there is nothing yet.</param>
    /// <param name="seed">Decides what is selected by chance, and in which order.</param>
    public static SequencingSession Start(ActivityTree tree, SharedStore? shared = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return new SequencingSession(tree, null, shared ?? new SharedStore(), seed);
    }

    /// <summary>Goes on from what <see cref="Save"/> wrote, be it of another version of the package: what has the same identifier is carried over.</summary>
    /// <exception cref="System.Text.Json.JsonException">The state is something else.</exception>
    public static SequencingSession Restore(ActivityTree tree, string state, SharedStore? shared = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentException.ThrowIfNullOrEmpty(state);
        return new SequencingSession(tree, state, shared ?? new SharedStore(), 0);
    }

    /// <summary>The package's activities.</summary>
    public ActivityTree Tree { get; }

    /// <summary>What the learner shares between packages; to be kept for the learner when it has changed.</summary>
    public SharedStore Shared { get; }

    /// <summary>Whether the learner is somewhere in the course.</summary>
    public bool IsOpen => _state.Current is not null;

    /// <summary>Identifier of the current activity; null when the session has not begun or has ended.</summary>
    public string? Current => _state.Current?.Id;

    /// <summary>What is known of the whole course, what the content under way has said so far included.</summary>
    public ActivityStatus Course
    {
        get
        {
            if (_state.Current is not { } current || !_state.Of(current).Active) return _reports.StatusOf(Tree.Root);
            // An attempt that is under way may still be abandoned: it enters the course's record only when it ends.
            var preview = Restore(Tree, Save(), SharedStore.Restore(Shared.Save()));
            preview._rollup.Run(current);
            return preview._reports.StatusOf(Tree.Root);
        }
    }

    /// <summary>What the learner may do where he is.</summary>
    public SequencingView View => _views.Build();

    /// <summary>All that must be kept, as JSON.</summary>
    public string Save() => _state.Save();

    /// <summary>Opens the course: goes on where it was suspended or broken off, or else begins.</summary>
    public NavigationOutcome Open()
    {
        if (IsOpen && Navigate(new NavigationRequest(NavigationKind.SuspendAll)).Refused) Navigate(new NavigationRequest(NavigationKind.ExitAll));
        var resumed = _state.SuspendedActivity is null ? null : Navigate(new NavigationRequest(NavigationKind.ResumeAll));
        return resumed is { ExceptionCode: null } ? resumed : Navigate(new NavigationRequest(NavigationKind.Start));
    }

    /// <summary>OP.1, Overall Sequencing Process: what comes of a navigation request.</summary>
    public NavigationOutcome Navigate(NavigationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asked = _navigation.Run(request);
        if (asked.Exception is not null) return new NavigationOutcome { ExceptionCode = asked.Exception, Refused = true };

        var (seeks, target) = (asked.Seeks, asked.Target);
        var ended = asked.Ends is { } ends ? _termination.Run(ends) : default;
        if (ended is { Exception: not null, Next: null }) return new NavigationOutcome { ExceptionCode = ended.Exception, Refused = true };
        if (ended.Next is { } next) (seeks, target) = (next, null);

        ForgetOnRetryAll(seeks);
        var found = _requests.Run(seeks, target);
        if (found.EndsSession) return EndSession(ended.Exception ?? found.Exception);
        if (found.Delivers is not { } activity) return new NavigationOutcome { ExceptionCode = found.Exception };
        if (_delivery.Check(activity) is { } barred) return new NavigationOutcome { ExceptionCode = barred };
        return Deliver(activity);
    }

    /// <summary>
    /// Takes what the current activity's content says of its attempt. False when the activity is not the one under way: then nothing changes.
    /// </summary>
    public bool Record(string activityId, TrackingReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (_state.Current is not { IsLeaf: true } current || current.Id != activityId || !_state.Of(current).Active) return false;
        _reports.Take(current, report);
        return true;
    }

    /// <summary>What is known of an activity; null when there is none of that identifier.</summary>
    public ActivityStatus? Status(string activityId) => Tree.Find(activityId) is { } activity ? _reports.StatusOf(activity) : null;

    /// <summary>The buckets of shared data that an activity's content sees, in the manifest's order.</summary>
    public IReadOnlyList<SharedData> SharedDataOf(string activityId) =>
        [.. (Tree.Find(activityId)?.Definition.SharedData ?? [])
            .Select(m => new SharedData(m.Target, m.Read ? _state.Data.Data.GetValueOrDefault(m.Target) : null, m.Read, m.Write))];

    /// <summary>Puts something into a bucket; false when the activity may not.</summary>
    public bool WriteSharedData(string activityId, string bucket, string store)
    {
        if (Tree.Find(activityId)?.Definition.SharedData.Any(m => m.Target == bucket && m.Write) != true) return false;
        if (_state.Data.Data.GetValueOrDefault(bucket) == store) return true;
        _state.Data.Data[bucket] = store;
        _state.Data.Changed = true;
        return true;
    }

    private NavigationOutcome Deliver(Activity activity)
    {
        if (_state.Current is { } current && _state.Of(current).Active) return new NavigationOutcome { ExceptionCode = "DB.2-1" };
        var resumes = _delivery.Deliver(activity);
        return new NavigationOutcome { Delivered = activity.Id, Resumes = resumes, Attempt = _state.Of(activity).Attempts };
    }

    /// <summary>The course is left. What is shared within one attempt on it ends with that attempt.</summary>
    private NavigationOutcome EndSession(string? exception)
    {
        if (!_state.Of(Tree.Root).Suspended) ForgetShared();
        _state.Current = null;
        _selection.Prepare();
        return new NavigationOutcome { SessionEnded = true, ExceptionCode = exception };
    }

    private void ForgetOnRetryAll(SequencingRequest seeks)
    {
        if (seeks == SequencingRequest.Retry && _state.Current == Tree.Root && !_state.Of(Tree.Root).Suspended) ForgetShared();
    }

    private void ForgetShared()
    {
        if (!Tree.ObjectivesGlobalToSystem) _state.Objectives.ClearObjectives();
        if (!Tree.SharedDataGlobalToSystem) _state.Data.ClearData();
    }
}
