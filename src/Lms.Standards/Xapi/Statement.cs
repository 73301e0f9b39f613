namespace Lms.Standards.Xapi;

/// <summary>An xAPI statement to be written: who did what to what, with which result, in which context. (Data 2.4)</summary>
/// <remarks>IRIs are strings, kept exactly as given: comparing them is comparing characters.</remarks>
public sealed record Statement
{
    /// <summary>The statement's UUID; null leaves it to the store.</summary>
    public Guid? Id { get; init; }

    /// <summary>Who acted.</summary>
    public required Actor Actor { get; init; }

    /// <summary>What was done.</summary>
    public required Verb Verb { get; init; }

    /// <summary>What it was done to.</summary>
    public required StatementObject Object { get; init; }

    /// <summary>The measured outcome.</summary>
    public Result? Result { get; init; }

    /// <summary>The circumstances.</summary>
    public Context? Context { get; init; }

    /// <summary>When it happened; null leaves it to the store.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>When it was stored; only a store sets it.</summary>
    public DateTimeOffset? Stored { get; init; }

    /// <summary>Who vouches for the statement.</summary>
    public Actor? Authority { get; init; }

    /// <summary>The version of the data model, <c>1.0.0</c> for all of 1.0.x; only a store sets it.</summary>
    public string? Version { get; init; }

    /// <summary>Descriptions of the attached files.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];
}

/// <summary>What a statement may be about: an <see cref="Activity"/>, <see cref="Actor"/>, <see cref="StatementRef"/> or <see cref="SubStatement"/>.</summary>
public abstract record StatementObject
{
    private protected StatementObject() { }
}

/// <summary>A reference to another statement; the object of a voiding statement. (Data 2.4.4.3)</summary>
/// <param name="Id">The other statement's UUID; it need not exist.</param>
public sealed record StatementRef(Guid Id) : StatementObject;

/// <summary>A statement within a statement, which says nothing has happened: a plan, a criterion. (Data 2.4.4.3)</summary>
public sealed record SubStatement : StatementObject
{
    /// <summary>Who would act.</summary>
    public required Actor Actor { get; init; }

    /// <summary>What would be done.</summary>
    public required Verb Verb { get; init; }

    /// <summary>What it would be done to; not another sub-statement.</summary>
    public required StatementObject Object { get; init; }

    /// <summary>The outcome.</summary>
    public Result? Result { get; init; }

    /// <summary>The circumstances.</summary>
    public Context? Context { get; init; }

    /// <summary>When; may be in the future.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}

/// <summary>What was done. (Data 2.4.3)</summary>
/// <param name="Id">IRI that means the verb.</param>
/// <param name="Display">The verb for a human reader, by language tag.</param>
public sealed record Verb(string Id, IReadOnlyDictionary<string, string> Display);

/// <summary>Describes a file that travels with a statement. (Data 2.4.11)</summary>
public sealed record Attachment
{
    /// <summary>IRI that says what the file is for.</summary>
    public required string UsageType { get; init; }

    /// <summary>Title by language tag, at least one.</summary>
    public required IReadOnlyDictionary<string, string> Display { get; init; }

    /// <summary>Description by language tag.</summary>
    public IReadOnlyDictionary<string, string>? Description { get; init; }

    /// <summary>Media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>Length in octets.</summary>
    public required long Length { get; init; }

    /// <summary>SHA-2 hash of the bytes, lower-case hex.</summary>
    public required string Sha2 { get; init; }

    /// <summary>Where the file can be fetched.</summary>
    public string? FileUrl { get; init; }
}
