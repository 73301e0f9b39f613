using System.Xml.Linq;

namespace Lms.Standards.Scorm.Manifest;

/// <summary>Reads <c>imsss:sequencing</c> elements and what they take from a collection. (CAM 5.1)</summary>
internal sealed class SequencingReader(ManifestFindings findings, Dictionary<string, XElement> collection)
{
    /// <summary>Reads an activity's sequencing; the defaults when it has none.</summary>
    public SequencingDefinition Read(XElement? element)
    {
        if (element is null) return new();
        var parts = Parts(element);
        XElement? Part(string name) => parts.FirstOrDefault(p => p.Is(name));

        var objectives = new ObjectivesReader(findings).Read(
            parts.FirstOrDefault(p => p.Is("objectives") && !p.IsAdlSequencing()), parts.FirstOrDefault(p => p.Is("objectives") && p.IsAdlSequencing()));
        return new SequencingDefinition
        {
            Control = Control(Part("controlMode")),
            Limits = Limits(Part("limitConditions")),
            Rules = new RulesReader(findings).Read(Part("sequencingRules"), objectives),
            Rollup = new RulesReader(findings).ReadRollup(Part("rollupRules")),
            Objectives = objectives,
            Randomization = Random(Part("randomizationControls")),
            Delivery = Delivery(Part("deliveryControls")),
            Choice = Choice(Part("constrainedChoiceConsiderations")),
            Considerations = Considerations(Part("rollupConsiderations")),
        };
    }

    /// <summary>The parts of the activity's own, then those of the collection that it lacks: what is closer wins as a whole. (CAM 5.1.1)</summary>
    private List<XElement> Parts(XElement element)
    {
        var parts = element.Elements().ToList();
        if (element.Get("IDRef") is not { } reference) return parts;
        if (!collection.TryGetValue(reference, out var shared))
        {
            findings.Error("reference-dangling", element, "IDRef", $"The sequencing collection has no “{ManifestFindings.Cut(reference)}”.", "Add it to the collection, or name one that is there.");
            return parts;
        }
        parts.AddRange(shared.Elements().Where(s => !element.Elements().Any(o => o.Is(s.Name.LocalName) && o.IsAdlSequencing() == s.IsAdlSequencing())));
        return parts;
    }

    private ControlMode Control(XElement? e) => new()
    {
        Choice = findings.Flag(e, "choice", true),
        ChoiceExit = findings.Flag(e, "choiceExit", true),
        Flow = findings.Flag(e, "flow", false),
        ForwardOnly = findings.Flag(e, "forwardOnly", false),
        UseCurrentAttemptObjectiveInfo = findings.Flag(e, "useCurrentAttemptObjectiveInfo", true),
        UseCurrentAttemptProgressInfo = findings.Flag(e, "useCurrentAttemptProgressInfo", true),
    };

    private LimitConditions Limits(XElement? e)
    {
        var duration = e?.Get("attemptAbsoluteDurationLimit");
        if (duration is not null && !Xapi.Iso8601Duration.IsValid(duration))
            findings.Error("value-invalid", e!, "attemptAbsoluteDurationLimit", $"“{ManifestFindings.Cut(duration)}” is no duration.", "Write a duration of ISO 8601, such as PT1H30M.");
        return new LimitConditions { AttemptLimit = findings.Count(e, "attemptLimit"), AttemptAbsoluteDuration = duration };
    }

    private Randomization Random(XElement? e) => new()
    {
        Reorders = findings.Word(e, "randomizationTiming", RandomTiming.Never),
        ReorderChildren = findings.Flag(e, "reorderChildren", false),
        Selects = findings.Word(e, "selectionTiming", RandomTiming.Never),
        SelectCount = findings.Count(e, "selectCount"),
    };

    private DeliveryControls Delivery(XElement? e) => new()
    {
        Tracked = findings.Flag(e, "tracked", true),
        CompletionSetByContent = findings.Flag(e, "completionSetByContent", false),
        ObjectiveSetByContent = findings.Flag(e, "objectiveSetByContent", false),
    };

    private ConstrainedChoice Choice(XElement? e) => new()
    {
        PreventActivation = findings.Flag(e, "preventActivation", false),
        ConstrainChoice = findings.Flag(e, "constrainChoice", false),
    };

    private RollupConsiderations Considerations(XElement? e) => new()
    {
        Satisfied = findings.Word(e, "requiredForSatisfied", Consideration.Always),
        NotSatisfied = findings.Word(e, "requiredForNotSatisfied", Consideration.Always),
        Completed = findings.Word(e, "requiredForCompleted", Consideration.Always),
        Incomplete = findings.Word(e, "requiredForIncomplete", Consideration.Always),
        MeasureSatisfactionIfActive = findings.Flag(e, "measureSatisfactionIfActive", true),
    };
}
