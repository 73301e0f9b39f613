using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Identity;

/// <summary>Somebody with an account. E-mail is the user name; the opaque <see cref="IdentityUser{TKey}.Id"/> names them in statements.</summary>
public sealed class Person : IdentityUser<Guid>
{
    public Person() => Id = Guid.CreateVersion7();

    public const int LongestName = 200;

    /// <summary>The full name as it is printed on a certificate, in any script.</summary>
    [PersonalData]
    public required string Name
    {
        get;
        set { field = value; NameKey = SearchKey(value); }
    }

    /// <summary>The name as lists sort and search it.</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>BCP 47 tag of the language the person reads.</summary>
    public string Language { get; set; } = "en";

    public required Guid CentreId { get; set; }
    public DateTime CreatedAt { get; init; }

    /// <summary>Set when an administrator closes the account; records stay.</summary>
    public DateTime? DeactivatedAt { get; set; }

    /// <summary>
    /// Folds a name so that case and accents don't matter. The database compares the result byte by byte, which every
    /// provider's index can do; folding by collation differs between them, and SQLite's knows only ASCII.
    /// </summary>
    public static string SearchKey(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var folded = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) folded.Append(char.ToUpperInvariant(c));
        return folded.ToString();
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> person)
        {
            person.ToTable("People");
            person.Property(p => p.Name).HasMaxLength(LongestName);
            // A Korean syllable folds to three letters.
            person.Property(p => p.NameKey).HasMaxLength(3 * LongestName);
            person.Property(p => p.Language).HasMaxLength(16);
            person.HasIndex(p => new { p.CentreId, p.NameKey, p.Id });
            person.HasIndex(p => new { p.NameKey, p.Id });
        }
    }
}

/// <summary>What somebody may do beyond learning, at one centre; at the hub it holds for the whole network.</summary>
public sealed class RoleAssignment
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid PersonId { get; init; }
    public required Guid CentreId { get; init; }
    public required Role Role { get; init; }
    public required DateTime GrantedAt { get; init; }
    public Guid? GrantedBy { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RoleAssignment>
    {
        public void Configure(EntityTypeBuilder<RoleAssignment> role) =>
            role.HasIndex(r => new { r.PersonId, r.CentreId, r.Role }).IsUnique();
    }
}

public enum Role
{
    Learner,
    Instructor,
    Assessor,
    CentreManager,
    HubManager,
    Auditor,
    Administrator,
}

/// <summary>A one-time link that lets its bearer create an account, with a role if it says so.</summary>
public sealed class Invitation
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid CentreId { get; init; }
    /// <summary>Null for a link that anybody who holds it may use, such as the one that sets up the first administrator.</summary>
    public string? Email { get; init; }
    public required Role Role { get; init; }
    /// <summary>SHA-256 of the link's secret.</summary>
    public required byte[] SecretHash { get; init; }
    public required DateTime ExpiresAt { get; init; }
    public Guid? InvitedBy { get; init; }
    public DateTime? AcceptedAt { get; set; }
    /// <summary>Makes "once" true when two people open the link together.</summary>
    public int Version { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Invitation>
    {
        public void Configure(EntityTypeBuilder<Invitation> invitation)
        {
            invitation.Property(i => i.Email).HasMaxLength(256);
            invitation.Property(i => i.SecretHash).HasMaxLength(32);
            invitation.Property(i => i.Version).IsConcurrencyToken();
            invitation.HasIndex(i => i.SecretHash).IsUnique();
        }
    }
}

/// <summary>A bearer token for the HTTP API; acts as its person.</summary>
public sealed class ApiToken
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid PersonId { get; init; }
    public required string Name { get; init; }
    /// <summary>SHA-256 of the token; the token itself is shown once and kept nowhere.</summary>
    public required byte[] SecretHash { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime ExpiresAt { get; init; }
    public DateTime? LastUsedAt { get; set; }
    public DateTime? RevokedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ApiToken>
    {
        public void Configure(EntityTypeBuilder<ApiToken> token)
        {
            token.Property(t => t.Name).HasMaxLength(100);
            token.Property(t => t.SecretHash).HasMaxLength(32);
            token.HasIndex(t => t.SecretHash).IsUnique();
            token.HasIndex(t => t.PersonId);
        }
    }
}
