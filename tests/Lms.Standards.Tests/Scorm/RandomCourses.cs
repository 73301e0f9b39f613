using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;

namespace Lms.Standards.Tests.Scorm;

/// <summary>Courses of any shape, with any rules.</summary>
internal sealed class RandomCourses(Random random)
{
    private static readonly RuleAction[] s_pre = [RuleAction.Skip, RuleAction.Disabled, RuleAction.HiddenFromChoice, RuleAction.StopForwardTraversal];
    private static readonly RuleAction[] s_post = [RuleAction.ExitParent, RuleAction.ExitAll, RuleAction.Retry, RuleAction.RetryAll, RuleAction.Continue, RuleAction.Previous];
    private int _count;

    public ActivityTree Next() => ActivityTree.Of(
        new ScormOrganization { Root = Activity(0), ObjectivesGlobalToSystem = Chance(2), SharedDataGlobalToSystem = Chance(2) },
        Chance(10) ? ScormEdition.Scorm12 : ScormEdition.Scorm2004Fourth);

    public static TrackingReport Report(Random random)
    {
        ObjectiveReport One() => new()
        {
            Completion = random.Next(4) is var c and < 3 ? (Completion)c : null,
            Success = random.Next(4) is var s and < 3 ? (Success)s : null,
            Scaled = random.Next(2) == 0 ? random.Next(-10, 11) / 10m : null,
            Progress = random.Next(2) == 0 ? random.Next(11) / 10m : null,
            Raw = random.Next(2) == 0 ? random.Next(100) : null,
        };
        var one = One();
        return new TrackingReport
        {
            Completion = one.Completion, Success = one.Success, Scaled = one.Scaled, Progress = one.Progress, Raw = one.Raw,
            Suspends = random.Next(3) == 0,
            Objectives = new Dictionary<string, ObjectiveReport> { ["main"] = One(), ["other"] = One() },
        };
    }

    private ActivityDefinition Activity(int depth)
    {
        var id = $"n{_count++}";
        var children = depth > 3 || (depth > 0 && Chance(2)) ? [] : Enumerable.Range(0, random.Next(1, 5)).Select(_ => Activity(depth + 1)).ToList();
        return new ActivityDefinition
        {
            Identifier = id,
            Title = id,
            Href = children.Count == 0 && !Chance(10) ? new PackageAddress(id, id) : null,
            IsVisible = !Chance(8),
            Children = children,
            Completion = new CompletionThreshold { CompletedByMeasure = Chance(4), MinProgressMeasure = 0.5m },
            Prerequisites = Chance(5) ? $"n{random.Next(_count)}" : null,
            Sequencing = Sequencing(),
        };
    }

    private SequencingDefinition Sequencing() => new()
    {
        Control = new ControlMode
        {
            Choice = !Chance(5), Flow = !Chance(4), ForwardOnly = Chance(6), ChoiceExit = !Chance(6),
            UseCurrentAttemptObjectiveInfo = !Chance(3), UseCurrentAttemptProgressInfo = !Chance(3),
        },
        Limits = new LimitConditions { AttemptLimit = Chance(6) ? random.Next(4) : null },
        Rules = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Rule())],
        Rollup = new RollupDefinition { ObjectiveSatisfied = !Chance(6), ProgressCompletion = !Chance(6), MeasureWeight = random.Next(3) / 2m, Rules = [.. Enumerable.Range(0, random.Next(2)).Select(_ => RollupRule())] },
        Objectives = Chance(2) ? [] : [Objective("main", true), Objective("other", false)],
        Randomization = new Randomization { Reorders = (RandomTiming)random.Next(3), ReorderChildren = Chance(3), Selects = (RandomTiming)random.Next(3), SelectCount = Chance(3) ? random.Next(4) : null },
        Delivery = new DeliveryControls { Tracked = !Chance(6), CompletionSetByContent = Chance(4), ObjectiveSetByContent = Chance(4) },
        Choice = new ConstrainedChoice { PreventActivation = Chance(6), ConstrainChoice = Chance(6) },
        Considerations = new RollupConsiderations { Satisfied = (Consideration)random.Next(4), Completed = (Consideration)random.Next(4), MeasureSatisfactionIfActive = Chance(2) },
    };

    private ObjectiveDefinition Objective(string id, bool primary) => new()
    {
        Identifier = id, IsPrimary = primary, SatisfiedByMeasure = Chance(3), MinNormalizedMeasure = 0.5m,
        Maps = Chance(2) ? [] : [new ObjectiveMap { Target = $"g{random.Next(3)}", Read = (ObjectiveParts)random.Next(128), Write = (ObjectiveParts)random.Next(128) }],
    };

    private SequencingRule Rule()
    {
        var kind = (RuleKind)random.Next(3);
        var actions = kind switch { RuleKind.Pre => s_pre, RuleKind.Post => s_post, _ => [RuleAction.Exit] };
        return new SequencingRule { Kind = kind, Any = Chance(2), Action = actions[random.Next(actions.Length)], Conditions = [Condition(), Condition()] };
    }

    private RollupRule RollupRule() => new()
    {
        Children = (ChildSet)random.Next(5), MinimumCount = random.Next(3), MinimumPercent = random.Next(11) / 10m, All = Chance(2),
        Action = (RollupAction)random.Next(4), Conditions = [Condition()],
    };

    private Condition Condition() => new()
    {
        Asks = (RuleCondition)random.Next(12), Not = Chance(2), MeasureThreshold = random.Next(-10, 11) / 10m, Objective = Chance(3) ? "other" : null,
    };

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;
}
