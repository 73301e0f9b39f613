using System.Text.RegularExpressions;
using Lms.Web.Features.Catalog;
using Lms.Web.Files;

namespace Lms.Web.Features.Authoring.Export;

/// <summary>Puts the pictures that a page shows into the package, each in one size. Drawings are in the page itself.</summary>
public sealed partial class ExportPictures(IFileStore files, Pictures pictures)
{
    /// <summary>The page with the pictures' addresses in the package.</summary>
    /// <param name="root">From the page to the root of the package.</param>
    internal async Task<string> CollectAsync(string page, string root, PackageWriter package, CancellationToken ct)
    {
        page = OtherSizes().Replace(page, "");
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var hash in Address().Matches(page).Select(found => found.Groups["hash"].Value).Distinct())
            paths[hash] = await AddAsync(hash, package, ct);
        return Address().Replace(page, found => $"src={found.Groups["quote"].Value}{root}{paths[found.Groups["hash"].Value]}");
    }

    private async Task<string> AddAsync(string hash, PackageWriter package, CancellationToken ct)
    {
        var name = await pictures.FileAsync(hash, ct);
        await using var file = await files.OpenAsync(name, ct) ?? throw new FileNotFoundException($"The figure {hash} of a published course is missing; restore it from a backup.");
        var type = CatalogFeature.RasterType(file) ?? throw new InvalidDataException($"The figure {hash} is no picture.");
        var path = $"figures/{name}.{type["image/".Length..]}";
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, ct);
        package.Add(path, bytes.ToArray());
        return path;
    }

    // In a page as it is, or in the JSON of a question, where the quotation mark is escaped.
    [GeneratedRegex("src=(?<quote>\\\\?\")/files/(?<hash>[0-9a-f]{64})")]
    private static partial Regex Address();

    [GeneratedRegex("srcset=(?<quote>\\\\?\")[^\"\\\\]*\\k<quote> sizes=\\k<quote>[^\"\\\\]*\\k<quote> ")]
    private static partial Regex OtherSizes();
}
