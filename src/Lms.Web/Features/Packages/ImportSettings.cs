using Lms.Standards.Xapi;

namespace Lms.Web.Features.Packages;

/// <summary>What is chosen when a package is imported.</summary>
public sealed record ImportSettings
{
    /// <summary>The package of which this becomes a new version; null for a new package.</summary>
    public Guid? PackageId { get; init; }

    /// <summary>Whether a new version waits for somebody to look at it before learners get it.</summary>
    public bool AsDraft { get; init; }

    /// <summary>Null leaves the package's as it is.</summary>
    public UpdatePolicy? Policy { get; init; }

    /// <summary>BCP 47 tag of the content's language. Null leaves a package's as it is; a new package's is English.</summary>
    public string? Language { get; init; }

    private const int MostMonths = 240;
    public const string NoCertificate = "none";

    /// <summary>What completing it earns: <c>completion</c>, <c>competency</c> or <c>none</c>. Null leaves a package's as it is; a new package's is none.</summary>
    public string? Certificate { get; init; }

    public int? CertificateMonths { get; init; }

    /// <summary>What is wrong with them; null when nothing is.</summary>
    public SettingProblem? Problem() =>
        Language is not null && !LanguageTag.IsValid(Language) ? new("language", "Write the language of the content as a BCP 47 tag, for example en or pt-BR.")
        : Certificate is not (null or NoCertificate or "completion" or "competency") ? new("certificate", "Write completion, competency or none.")
        : CertificateMonths is < 1 or > MostMonths ? new("certificateMonths", $"Write a number of months from 1 to {MostMonths}, or leave it out.")
        : null;
}

/// <param name="Field">Of the settings.</param>
public sealed record SettingProblem(string Field, string Message);
