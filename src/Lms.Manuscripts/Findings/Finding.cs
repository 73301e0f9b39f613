namespace Lms.Manuscripts.Findings;

/// <summary>Something about a manuscript that its author should know.</summary>
/// <param name="File">Path relative to the folder that was read, with forward slashes.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Severity">An error refuses the course; a warning does not.</param>
/// <param name="Code">Stable short name, for example <c>figure-missing</c>.</param>
/// <param name="Message">What is wrong, one sentence.</param>
/// <param name="Suggestion">What to do, one sentence.</param>
public sealed record Finding(
    string File, int Line, int Column, Severity Severity, string Code, string Message, string Suggestion)
{
    /// <summary><c>file:line:column: severity code: message suggestion</c>: editors make it a link.</summary>
    public override string ToString() =>
        $"{File}:{Line}:{Column}: {(Severity == Severity.Error ? "error" : "warning")} {Code}: {Message} {Suggestion}";
}

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>The author should look.</summary>
    Warning,

    /// <summary>The course can't be published.</summary>
    Error,
}
