namespace Lms.Standards.Xapi;

/// <summary>An <see cref="Agent"/> or a <see cref="Group"/>. (Data 2.4.2)</summary>
public abstract record Actor : StatementObject
{
    private protected Actor() { }

    /// <summary>Name for a human reader; it identifies nobody.</summary>
    public string? Name { get; init; }
}

/// <summary>A person or system, known by exactly one identifier.</summary>
/// <param name="Identifier">The inverse functional identifier.</param>
public sealed record Agent(Identifier Identifier) : Actor
{
    /// <summary>An agent known by an account.</summary>
    /// <param name="homePage">IRL of the system that keeps the account.</param>
    /// <param name="name">The account's id there: opaque where a person must not be named.</param>
    public static Agent Account(string homePage, string name) => new(new AccountIdentifier(homePage, name));
}

/// <summary>Several agents; anonymous without an identifier, and then its members say who it is.</summary>
/// <param name="Identifier">The inverse functional identifier; null for an anonymous group.</param>
/// <param name="Members">Its members, all or some; an anonymous group has at least one.</param>
public sealed record Group(Identifier? Identifier, IReadOnlyList<Agent> Members) : Actor;

/// <summary>Refers to one agent or group and to no other, ever. (Data 2.4.2.3)</summary>
public abstract record Identifier
{
    private protected Identifier() { }
}

/// <summary>An account on a system. (Data 2.4.2.4)</summary>
/// <param name="HomePage">IRL of the system.</param>
/// <param name="Name">The account's id there.</param>
public sealed record AccountIdentifier(string HomePage, string Name) : Identifier;

/// <summary>An e-mail address.</summary>
/// <param name="Iri">The address with <c>mailto:</c> before it.</param>
public sealed record MboxIdentifier(string Iri) : Identifier;

/// <summary>The hash of an e-mail address.</summary>
/// <param name="Sha1">SHA-1 of the <c>mailto:</c> IRI, 40 hex digits.</param>
public sealed record MboxSha1Identifier(string Sha1) : Identifier;

/// <summary>An OpenID.</summary>
/// <param name="Uri">The OpenID's URI.</param>
public sealed record OpenIdIdentifier(string Uri) : Identifier;
