namespace Lms.Manuscripts.Findings;

/// <summary>A position in a file, 1-based.</summary>
internal readonly record struct Place(string File, int Line, int Column);

/// <summary>Collects findings while files are read.</summary>
internal sealed class Report
{
    // A binary file that somebody renamed to .md must not bury the first finding under a million others.
    private const int MostPerFile = 200;
    private readonly Dictionary<string, int> _perFile = new(StringComparer.Ordinal);
    private readonly HashSet<Finding> _findings = [];

    public int Errors { get; private set; }

    public IEnumerable<Finding> Sorted => _findings
        .OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Column)
        .ThenBy(f => f.Code, StringComparer.Ordinal).ThenBy(f => f.Message, StringComparer.Ordinal);

    public void Error(Place at, string code, string message, string suggestion) =>
        Add(at, Severity.Error, code, message, suggestion);

    public void Warning(Place at, string code, string message, string suggestion) =>
        Add(at, Severity.Warning, code, message, suggestion);

    /// <summary>Takes over what a part's own report found.</summary>
    public void Add(Report part)
    {
        foreach (var finding in part._findings) Keep(finding);
    }

    private void Add(Place at, Severity severity, string code, string message, string suggestion) =>
        Keep(new Finding(at.File, at.Line, at.Column, severity, code, message, suggestion));

    private void Keep(Finding finding)
    {
        var count = _perFile.GetValueOrDefault(finding.File);
        if (count >= MostPerFile && finding.Severity == Severity.Warning || count >= 2 * MostPerFile) return;
        if (!_findings.Add(finding)) return;
        _perFile[finding.File] = count + 1;
        if (finding.Severity == Severity.Error) Errors++;
    }
}
