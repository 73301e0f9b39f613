using System.Xml.Linq;

namespace Lms.Standards.Scorm.Manifest;

/// <summary>Reads sequencing rules and rollup rules. (CAM 5.1.4, 5.1.6)</summary>
internal sealed class RulesReader(ManifestFindings findings)
{
    private static readonly Dictionary<RuleKind, RuleAction[]> s_actions = new()
    {
        [RuleKind.Pre] = [RuleAction.Skip, RuleAction.Disabled, RuleAction.HiddenFromChoice, RuleAction.StopForwardTraversal],
        [RuleKind.Exit] = [RuleAction.Exit],
        [RuleKind.Post] = [RuleAction.ExitParent, RuleAction.ExitAll, RuleAction.Retry, RuleAction.RetryAll, RuleAction.Continue, RuleAction.Previous],
    };

    public IReadOnlyList<SequencingRule> Read(XElement? element, IReadOnlyList<ObjectiveDefinition> objectives)
    {
        var rules = new List<SequencingRule>();
        foreach (var (kind, name) in new[] { (RuleKind.Pre, "preConditionRule"), (RuleKind.Exit, "exitConditionRule"), (RuleKind.Post, "postConditionRule") })
            foreach (var rule in element?.Children(name) ?? [])
                if (ReadRule(rule, kind, objectives) is { } read) rules.Add(read);
        return rules.Count == 0 ? Array.Empty<SequencingRule>() : rules;
    }

    private SequencingRule? ReadRule(XElement rule, RuleKind kind, IReadOnlyList<ObjectiveDefinition> objectives)
    {
        var conditions = rule.Child("ruleConditions");
        var action = Required<RuleAction>(rule, "ruleAction", "action");
        var read = Conditions(conditions, "ruleCondition", objectives);
        if (action is null || read is null) return null;
        if (!s_actions[kind].Contains(action.Value))
        {
            findings.Error("value-unknown", rule.Child("ruleAction")!, "action", "The action does not belong to this kind of rule.", $"Write one of {string.Join(", ", s_actions[kind])}.");
            return null;
        }
        return new SequencingRule
        {
            Kind = kind,
            Any = findings.Word(conditions, "conditionCombination", Combination.All) == Combination.Any,
            Conditions = read,
            Action = action.Value,
        };
    }

    public RollupDefinition ReadRollup(XElement? element)
    {
        var rules = new List<RollupRule>();
        foreach (var rule in element?.Children("rollupRule") ?? [])
        {
            var conditions = rule.Child("rollupConditions");
            var action = Required<RollupAction>(rule, "rollupAction", "action");
            if (action is null || Conditions(conditions, "rollupCondition", null) is not { } read) continue;
            rules.Add(new RollupRule
            {
                Children = findings.Word(rule, "childActivitySet", ChildSet.All),
                MinimumCount = findings.Count(rule, "minimumCount") ?? 0,
                MinimumPercent = findings.Number(rule, "minimumPercent", 0, 1) ?? 0,
                All = findings.Word(conditions, "conditionCombination", Combination.Any) == Combination.All,
                Conditions = read,
                Action = action.Value,
            });
        }
        return new RollupDefinition
        {
            ObjectiveSatisfied = findings.Flag(element, "rollupObjectiveSatisfied", true),
            ProgressCompletion = findings.Flag(element, "rollupProgressCompletion", true),
            MeasureWeight = findings.Number(element, "objectiveMeasureWeight", 0, 1) ?? 1,
            Rules = rules.Count == 0 ? Array.Empty<RollupRule>() : rules,
        };
    }

    private List<Condition>? Conditions(XElement? element, string name, IReadOnlyList<ObjectiveDefinition>? objectives)
    {
        if (element is null || !element.Children(name).Any()) return [];
        var conditions = new List<Condition>();
        foreach (var condition in element.Children(name))
        {
            if (findings.TryWord<RuleCondition>(condition, "condition") is not { } asks)
            {
                if (condition.Get("condition") is null) findings.Error("value-missing", condition, "condition", "It isn't said what is asked.", "Name a condition.");
                return null;
            }
            var objective = condition.GetUri("referencedObjective");
            if (objective is not null && objectives?.Any(o => o.Identifier == objective) == false)
                findings.Error("reference-dangling", condition, "referencedObjective", $"The activity has no objective “{ManifestFindings.Cut(objective)}”.", "Name one of the activity's own objectives; letter case matters.");
            conditions.Add(new Condition
            {
                Asks = asks,
                Not = findings.Word(condition, "operator", Operator.NoOp) == Operator.Not,
                Objective = objective,
                MeasureThreshold = findings.Number(condition, "measureThreshold", -1, 1) ?? 0,
            });
        }
        return conditions;
    }

    private T? Required<T>(XElement rule, string child, string attribute) where T : struct, Enum
    {
        if (rule.Child(child)?.Get(attribute) is not null) return findings.TryWord<T>(rule.Child(child), attribute);
        findings.Error("value-missing", rule.Child(child) ?? rule, attribute, "The rule has no action.", "Say what the rule does.");
        return null;
    }

    private enum Combination { All, Any }

    private enum Operator { NoOp, Not }
}
