using System.Text.RegularExpressions;
using Lms.Web.Features.Catalog;
using Lms.Web.Files;

namespace Lms.Web.Features.Authoring.Export;

/// <summary>Puts the pictures that a page shows into the package. Drawings are in the page itself.</summary>
public sealed partial class ExportPictures(IFileStore files)
{
    /// <summary>The page with the pictures' addresses in the package.</summary>
    /// <param name="root">From the page to the root of the package.</param>
    internal string Collect(string page, string root, PackageWriter package) => Address().Replace(page, found =>
    {
        var hash = found.Groups["hash"].Value;
        using var file = files.Open(hash) ?? throw new FileNotFoundException($"The figure {hash} of a published course is missing; restore it from a backup.");
        var type = CatalogFeature.RasterType(file) ?? throw new InvalidDataException($"The figure {hash} is no picture.");
        var path = $"figures/{hash}.{type["image/".Length..]}";
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        package.Add(path, bytes.ToArray());
        return $"src={found.Groups["quote"].Value}{root}{path}";
    });

    // In a page as it is, or in the JSON of a question, where the quotation mark is escaped.
    [GeneratedRegex("src=(?<quote>\\\\?\")/files/(?<hash>[0-9a-f]{64})")]
    private static partial Regex Address();
}
