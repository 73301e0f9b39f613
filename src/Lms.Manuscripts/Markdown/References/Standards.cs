using System.Globalization;
using Lms.Manuscripts.Courses;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Markdown.References;

/// <summary>A document that lessons may cite.</summary>
internal sealed record StandardDocument(string Id, string Title, int Year, string? Url);

/// <summary>The documents of <c>standards.yaml</c>.</summary>
internal sealed class Standards(IReadOnlyList<StandardDocument> documents)
{
    public string? UrlOf(string id) => documents.FirstOrDefault(d => d.Id == id)?.Url;

    /// <summary>Reads <c>document year clause</c>.</summary>
    public StandardRef? Parse(string text, Place at, Report report)
    {
        var parts = text.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || parts[1].Length != 4 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var year))
        {
            report.Error(at, "reference-malformed", $"“{(text.Length <= 60 ? text : text[..60] + "…")}” is not a reference to a standard.", "Write document, year and clause, such as “pics-part1 2023 1.4”.");
            return null;
        }
        if (documents.FirstOrDefault(d => d.Id == parts[0]) is not { } document)
            report.Error(at, "reference-unknown", $"“{parts[0]}” is not in standards.yaml.", Nearest.Suggest(parts[0], documents.Select(d => d.Id)));
        else if (document.Year != year)
            report.Error(at, "reference-year", $"“{document.Id}” is of {document.Year}, not of {year}.", $"Write “{document.Id} {document.Year} {parts[2]}” after checking the clause in that edition.");
        else return new StandardRef(document.Id, document.Title, year, parts[2].Trim());
        return null;
    }
}
