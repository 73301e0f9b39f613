using System.Text.Json.Serialization;
using Lms.Manuscripts.Courses;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Certificates;

/// <summary>What an employer verifies. Everything it says is copied when it is issued, and never changes but for its status.</summary>
public sealed class Certificate
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    /// <summary>Printed and public; can't be guessed.</summary>
    public required string Serial { get; init; }
    public required Guid EnrolmentId { get; init; }
    /// <summary>1 for the first; a re-issue counts on.</summary>
    public required int Issue { get; init; }
    public required Guid LearnerId { get; init; }
    public required Guid CentreId { get; init; }
    public required Guid CourseVersionId { get; init; }
    public required string Type { get; init; }
    public required string HolderName { get; init; }
    public required LanguageMap CourseTitle { get; init; }
    public required string CourseNumber { get; init; }
    public required CertificateIssuer Issuer { get; init; }
    public required string Language { get; init; }
    public required int Minutes { get; init; }
    public double? Score { get; init; }
    public required DateTime CompletedAt { get; init; }
    public required DateTime IssuedAt { get; init; }
    public DateTime? ExpiresAt { get; init; }
    /// <summary>SHA-256 of the evidence: enrolment, version hash, completions, score.</summary>
    public required string EvidenceHash { get; init; }
    public CertificateStatus Status { get; private set; }
    public string? StatusReason { get; private set; }
    public DateTime? StatusAt { get; private set; }
    public Guid? StatusBy { get; private set; }
    /// <summary>The certificate that this one replaces.</summary>
    public Guid? ReplacesId { get; init; }
    public Guid? ReplacedById { get; private set; }
    public int Version { get; private set; }

    /// <summary>What somebody who relies on the certificate is told at that time.</summary>
    public CertificateStanding StandingAt(DateTime now) => StandingOf(Status, ExpiresAt, now);

    internal static CertificateStanding StandingOf(CertificateStatus status, DateTime? expiresAt, DateTime now) => status switch
    {
        CertificateStatus.Revoked => CertificateStanding.Revoked,
        CertificateStatus.Superseded => CertificateStanding.Superseded,
        _ => expiresAt <= now ? CertificateStanding.Expired : CertificateStanding.Valid,
    };

    /// <summary>Whole days until it expires; null when it never does or is not in force.</summary>
    internal static int? DaysLeftOf(CertificateStanding standing, DateTime? expiresAt, DateTime now) =>
        standing == CertificateStanding.Valid && expiresAt is { } end ? (int)(end - now).TotalDays : null;

    /// <summary>Withdraws a certificate; false when it is not in force.</summary>
    public bool Revoke(string reason, Guid by, DateTime at) => Change(CertificateStatus.Revoked, reason, by, at);

    /// <summary>
    /// Puts a newer certificate in this one's place; false when that was done before. A revoked one stays revoked, so that a
    /// revocation by mistake can be followed by a new certificate and still be seen.
    /// </summary>
    /// <param name="by">Who decided it; null when the learner earned the newer one.</param>
    public bool ReplaceBy(Certificate replacement, string reason, Guid? by, DateTime at)
    {
        ArgumentNullException.ThrowIfNull(replacement);
        if (ReplacedById is not null) return false;
        if (!Change(CertificateStatus.Superseded, reason, by, at)) Version++;
        ReplacedById = replacement.Id;
        return true;
    }

    /// <summary>The same facts under a new serial, with the holder's name as it should be.</summary>
    public Certificate Reissued(string holderName, DateTime at) => new()
    {
        Serial = Certificates.Serial.New(),
        EnrolmentId = EnrolmentId,
        Issue = Issue + 1,
        LearnerId = LearnerId,
        CentreId = CentreId,
        CourseVersionId = CourseVersionId,
        Type = Type,
        HolderName = PrintedName.Of(holderName),
        CourseTitle = CourseTitle,
        CourseNumber = CourseNumber,
        Issuer = Issuer,
        Language = Language,
        Minutes = Minutes,
        Score = Score,
        CompletedAt = CompletedAt,
        IssuedAt = at,
        ExpiresAt = ExpiresAt,
        EvidenceHash = EvidenceHash,
        ReplacesId = Id,
    };

    private bool Change(CertificateStatus status, string reason, Guid? by, DateTime at)
    {
        if (Status != CertificateStatus.Active) return false;
        (Status, StatusReason, StatusBy, StatusAt) = (status, reason, by, at);
        Version++;
        return true;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Certificate>
    {
        public void Configure(EntityTypeBuilder<Certificate> certificate)
        {
            certificate.Property(c => c.Serial).HasMaxLength(40);
            certificate.Property(c => c.HolderName).HasMaxLength(200);
            certificate.Property(c => c.CourseTitle).HasJson();
            certificate.Property(c => c.Issuer).HasJson();
            certificate.Property(c => c.Version).IsConcurrencyToken();
            certificate.HasIndex(c => c.Serial).IsUnique();
            certificate.HasIndex(c => new { c.EnrolmentId, c.Issue }).IsUnique();
            certificate.HasIndex(c => new { c.LearnerId, c.IssuedAt });
            certificate.HasIndex(c => new { c.CentreId, c.IssuedAt });
        }
    }
}

/// <summary>Who stands behind a certificate, as printed.</summary>
public sealed record CertificateIssuer(string Name, string? Signatory, string? SignatoryTitle);

public enum CertificateStatus
{
    /// <summary>In force unless its expiry has passed.</summary>
    Active,
    Revoked,
    Superseded,
}

/// <summary>What a certificate is worth at a given time.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CertificateStanding>))]
public enum CertificateStanding
{
    Valid,
    Expired,
    Revoked,
    Superseded,
}
