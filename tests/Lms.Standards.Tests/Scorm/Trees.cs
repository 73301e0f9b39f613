using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;

namespace Lms.Standards.Tests.Scorm;

/// <summary>Small trees made by hand, and short words for what is done to them.</summary>
internal static class Trees
{
    public static readonly ControlMode Flows = new() { Flow = true };
    public static readonly ControlMode FlowsOnly = new() { Flow = true, Choice = false };
    public static readonly TrackingReport Nothing = new();
    public static readonly TrackingReport Passed = new() { Completion = Completion.Completed, Success = Success.Passed };
    public static readonly TrackingReport Failed = new() { Completion = Completion.Completed, Success = Success.Failed };

    public static ActivityDefinition Leaf(string id, SequencingDefinition? sequencing = null) => new()
    {
        Identifier = id,
        Title = id,
        Href = new PackageAddress(id + ".html", id + ".html"),
        Type = ScormType.Sco,
        Resource = id,
        Sequencing = sequencing ?? new(),
    };

    public static ActivityDefinition Cluster(string id, SequencingDefinition sequencing, params ActivityDefinition[] children) =>
        new() { Identifier = id, Title = id, Sequencing = sequencing, Children = children };

    public static ActivityDefinition Cluster(string id, ControlMode control, params ActivityDefinition[] children) =>
        Cluster(id, new SequencingDefinition { Control = control }, children);

    public static ActivityTree Tree(ActivityDefinition root, bool globalToSystem = true) =>
        ActivityTree.Of(new ScormOrganization { Root = root, ObjectivesGlobalToSystem = globalToSystem, SharedDataGlobalToSystem = globalToSystem }, ScormEdition.Scorm2004Fourth);

    public static SequencingSession Session(ActivityDefinition root, SharedStore? shared = null, bool globalToSystem = true) =>
        SequencingSession.Start(Tree(root, globalToSystem), shared, seed: 1);

    /// <summary>a, b, c in a course that flows.</summary>
    public static SequencingSession Three(ControlMode? control = null, SequencingDefinition? a = null, SequencingDefinition? b = null, SequencingDefinition? c = null) =>
        Session(Cluster("course", control ?? Flows, Leaf("a", a), Leaf("b", b), Leaf("c", c)));

    public static SequencingDefinition Rule(RuleKind kind, RuleAction action, RuleCondition asks = RuleCondition.Always, bool not = false, string? objective = null, decimal threshold = 0) => new()
    {
        Rules = [new SequencingRule { Kind = kind, Action = action, Conditions = [new Condition { Asks = asks, Not = not, Objective = objective, MeasureThreshold = threshold }] }],
    };

    public static SequencingDefinition Pre(RuleAction action, RuleCondition asks = RuleCondition.Always) => Rule(RuleKind.Pre, action, asks);

    public static SequencingDefinition Post(RuleAction action, RuleCondition asks = RuleCondition.Always) => Rule(RuleKind.Post, action, asks);

    public static NavigationOutcome Go(this SequencingSession session, NavigationKind kind, string? target = null) => session.Navigate(new NavigationRequest(kind, target));

    public static NavigationOutcome Choose(this SequencingSession session, string target) => session.Go(NavigationKind.Choice, target);

    /// <summary>The current activity's content says so, and the learner goes on.</summary>
    public static NavigationOutcome Next(this SequencingSession session, TrackingReport report)
    {
        Assert.True(session.Record(session.Current!, report));
        return session.Go(NavigationKind.Continue);
    }

    public static void IsAt(this NavigationOutcome outcome, string activity)
    {
        Assert.Null(outcome.ExceptionCode);
        Assert.Equal(activity, outcome.Delivered);
    }

    public static void Fails(this NavigationOutcome outcome, string code)
    {
        Assert.Equal(code, outcome.ExceptionCode);
        Assert.Null(outcome.Delivered);
    }
}
