using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Packages;

public enum LaunchMode { Normal, Browse, Review }

public enum LaunchStart
{
    /// <summary>Goes on where the learner was, or begins.</summary>
    Auto,
    /// <summary>Opens on the table of contents.</summary>
    Toc,
}

/// <summary>Lets one browser open one registration, once and for a limited time, with no sign-in. Only the token's hash is kept.</summary>
public sealed class LaunchTicket
{
    internal const int MostReturnUrl = 2000;

    public required string TokenHash { get; init; }
    public required Guid RegistrationId { get; init; }
    public required Guid CentreId { get; init; }
    /// <summary>The activity to open; null for the package.</summary>
    public int? ActivityIndex { get; init; }
    public LaunchMode Mode { get; init; }
    public LaunchStart Start { get; init; }
    /// <summary>Where the learner goes afterwards; null for the site's own choice.</summary>
    public string? ReturnUrl { get; init; }
    public required DateTime ExpiresAt { get; init; }
    public DateTime? UsedAt { get; private set; }

    internal sealed class Configuration : IEntityTypeConfiguration<LaunchTicket>
    {
        public void Configure(EntityTypeBuilder<LaunchTicket> ticket)
        {
            ticket.HasKey(t => t.TokenHash);
            ticket.Property(t => t.TokenHash).HasMaxLength(64);
            ticket.Property(t => t.ReturnUrl).HasMaxLength(MostReturnUrl);
            ticket.HasIndex(t => t.ExpiresAt);
            ticket.HasIndex(t => t.RegistrationId);
        }
    }
}
