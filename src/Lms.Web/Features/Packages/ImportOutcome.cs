using Lms.Standards.Packages;

namespace Lms.Web.Features.Packages;

/// <summary>What an import came to.</summary>
public abstract record ImportOutcome
{
    private ImportOutcome() { }

    /// <param name="IsNew">False when the same bytes were imported before.</param>
    public sealed record Imported(Package Package, PackageVersion Version, bool IsNew) : ImportOutcome;

    public sealed record Refused(IReadOnlyList<PackageFinding> Findings) : ImportOutcome;
}
