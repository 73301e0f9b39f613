namespace Lms.Standards.Scorm.DataModel;

/// <summary>What a content object may do with an element.</summary>
[Flags]
public enum ElementAccess
{
    /// <summary>Neither read nor set it.</summary>
    None = 0,

    /// <summary>Read it.</summary>
    Read = 1,

    /// <summary>Set it.</summary>
    Write = 2,

    /// <summary>Read and set it.</summary>
    ReadWrite = Read | Write,
}

/// <summary>What an element asks for beside its type.</summary>
[Flags]
public enum ElementRules
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The entry of the collection has its <c>id</c> first (RTE 4.2.9).</summary>
    NeedsId = 1,

    /// <summary>The interaction has its <c>type</c> first (RTE 4.2.9).</summary>
    NeedsType = 2,

    /// <summary>No two entries of the collection have the same value.</summary>
    Unique = 4,

    /// <summary>Once set, the value stays (RTE 4.2.17.1).</summary>
    Once = 8,

    /// <summary>What is set is added to what was (SCORM 1.2 RTE, cmi.comments).</summary>
    Appends = 16,

    /// <summary>Once set to nothing, it has no value any more (RTE 4.3.1.1, shared data).</summary>
    EmptyIsNone = 32,
}

/// <summary>A row of the table that server and browser hold a content object to.</summary>
/// <param name="Name">The element, with <c>n</c> for an index: <c>cmi.objectives.n.score.raw</c>.</param>
/// <param name="Type">The notation of its type, as <see cref="ElementTypes"/> reads it.</param>
/// <param name="Access">What a content object may do with it.</param>
/// <param name="Initial">Its value before anybody has set one; null when it then has none.</param>
/// <param name="Rules">What else it asks for.</param>
public sealed record ScormElement(
    string Name, string Type, ElementAccess Access, string? Initial = null, ElementRules Rules = ElementRules.None);
