using System.Text.Json.Serialization;

namespace Lms.Standards.Scorm.Sequencing;

/// <summary>
/// What activities share: global objectives and buckets of data. Where a package makes them global to the system, they belong to the learner and
/// outlive the registration: the caller keeps this store for the learner, and hands it to each of the learner's sessions.
/// </summary>
public sealed class SharedStore
{
    [JsonInclude, JsonPropertyName("g")] internal Dictionary<string, ObjectiveState> Objectives { get; private set; } = new(StringComparer.Ordinal);

    [JsonInclude, JsonPropertyName("d")] internal Dictionary<string, string> Data { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Whether anything changed since it was made or read.</summary>
    [JsonIgnore] public bool Changed { get; internal set; }

    /// <summary>Writes the store as JSON.</summary>
    public string Save() => SequencingJson.Write(Pruned());

    /// <summary>Reads what <see cref="Save"/> wrote; null or nothing gives an empty store.</summary>
    public static SharedStore Restore(string? json) => string.IsNullOrEmpty(json) ? new SharedStore() : SequencingJson.Read<SharedStore>(json);

    internal bool IsEmpty => Data.Count == 0 && Objectives.Values.All(o => o.IsFresh);

    internal SharedStore Pruned()
    {
        Objectives = ObjectiveState.Pruned(Objectives);
        Data = Data.OrderBy(d => d.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return this;
    }

    internal ObjectiveState? Find(string id) => Objectives.GetValueOrDefault(id);

    internal ObjectiveState Objective(string id)
    {
        Changed = true;
        if (!Objectives.TryGetValue(id, out var objective)) Objectives[id] = objective = new ObjectiveState();
        return objective;
    }

    internal void ClearObjectives()
    {
        Changed |= Objectives.Count > 0;
        Objectives.Clear();
    }

    internal void ClearData()
    {
        Changed |= Data.Count > 0;
        Data.Clear();
    }
}
