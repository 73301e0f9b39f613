using System.Text.Json.Nodes;

namespace Lms.Standards.Xapi;

/// <summary>A measured outcome. (Data 2.4.5)</summary>
public sealed record Result
{
    /// <summary>How good it was.</summary>
    public Score? Score { get; init; }

    /// <summary>Whether it succeeded.</summary>
    public bool? Success { get; init; }

    /// <summary>Whether it was completed.</summary>
    public bool? Completion { get; init; }

    /// <summary>The answer given, as <see cref="ResponsePattern"/> writes it.</summary>
    public string? Response { get; init; }

    /// <summary>How long it took; written to 0.01 s.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>More properties, keyed by IRI.</summary>
    public IReadOnlyDictionary<string, JsonNode?>? Extensions { get; init; }

    internal bool IsEmpty => Score is null or { IsEmpty: true } && Success is null && Completion is null
        && Response is null && Duration is null && Extensions is null or { Count: 0 };
}

/// <summary>A score. (Data 2.4.5.1)</summary>
/// <param name="Scaled">−1 to 1.</param>
/// <param name="Raw">From <paramref name="Min"/> to <paramref name="Max"/>.</param>
/// <param name="Min">The lowest raw score.</param>
/// <param name="Max">The highest raw score.</param>
public sealed record Score(decimal? Scaled = null, decimal? Raw = null, decimal? Min = null, decimal? Max = null)
{
    internal bool IsEmpty => Scaled is null && Raw is null && Min is null && Max is null;
}
