using System.Text.Json.Serialization;

namespace Lms.Standards.Scorm.Sequencing;

/// <summary>What is known of one activity: the activity state and tracking models. (SN 4.2, 4.3)</summary>
internal sealed class ActivityState
{
    [JsonPropertyName("a")] public bool Active { get; set; }

    [JsonPropertyName("s")] public bool Suspended { get; set; }

    [JsonPropertyName("n")] public int Attempts { get; set; }

    /// <summary>What is known stems from an attempt before the parent's current one.</summary>
    [JsonPropertyName("do")] public bool StaleObjectives { get; set; }

    [JsonPropertyName("dp")] public bool StaleProgress { get; set; }

    /// <summary>The content object itself spoke of its success, be it only to say that it is not known.</summary>
    [JsonPropertyName("cs")] public bool SuccessSet { get; set; }

    [JsonPropertyName("cc")] public bool CompletionSet { get; set; }

    [JsonPropertyName("se")] public bool ChildrenSelected { get; set; }

    [JsonPropertyName("ra")] public bool ChildrenRandomized { get; set; }

    /// <summary>Identifiers of the children that were selected, in their order; null for all of them.</summary>
    [JsonPropertyName("k")] public List<string>? Children { get; set; }

    /// <summary>What is known of the objectives of the current attempt, by identifier; the primary one has none.</summary>
    [JsonPropertyName("o")] public Dictionary<string, ObjectiveState>? Objectives { get; set; }

    [JsonIgnore] public bool KnowsAnything => Objectives is not null && Objectives.Values.Any(o => !o.IsFresh);

    [JsonIgnore]
    public bool IsFresh => !Active && !Suspended && Attempts == 0 && !ChildrenSelected && !ChildrenRandomized && !SuccessSet && !CompletionSet && Children is null
        && !StaleObjectives && !StaleProgress && !KnowsAnything;

    public ActivityState Pruned()
    {
        Objectives = KnowsAnything ? ObjectiveState.Pruned(Objectives!) : null;
        return this;
    }

    public ObjectiveState Objective(string key)
    {
        Objectives ??= new Dictionary<string, ObjectiveState>(StringComparer.Ordinal);
        if (!Objectives.TryGetValue(key, out var objective)) Objectives[key] = objective = new ObjectiveState();
        return objective;
    }

    public void BeginAttempt()
    {
        Attempts++;
        Objectives = null;
        StaleObjectives = StaleProgress = SuccessSet = CompletionSet = false;
    }
}

/// <summary>What is known of an objective, local or global. For an activity's primary one, completion and progress are the activity's. (SN 4.2.1.1)</summary>
internal sealed class ObjectiveState
{
    [JsonPropertyName("s")] public bool? Satisfied { get; set; }

    [JsonPropertyName("m")] public decimal? Measure { get; set; }

    [JsonPropertyName("r")] public decimal? Raw { get; set; }

    [JsonPropertyName("l")] public decimal? Min { get; set; }

    [JsonPropertyName("h")] public decimal? Max { get; set; }

    [JsonPropertyName("c")] public bool? Completed { get; set; }

    [JsonPropertyName("p")] public decimal? Progress { get; set; }

    [JsonIgnore]
    public bool IsFresh => (Satisfied ?? Completed) is null && (Measure ?? Raw ?? Min ?? Max ?? Progress) is null;

    /// <summary>Leaves out objectives of which nothing is known, and puts the others in one order, so that equal states are written alike.</summary>
    public static Dictionary<string, ObjectiveState> Pruned(Dictionary<string, ObjectiveState> objectives) =>
        objectives.Where(o => !o.Value.IsFresh).OrderBy(o => o.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
}
