using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Questions.Notation;

/// <summary>The code before the colon of a rationale: what kind of mistake a wrong answer is.</summary>
internal static class ReasonCode
{
    private static readonly string[] s_codes = ["old", "conf", "part", "det", "num", "auth", "int", "risk", "over", "under", "irr"];

    public static (string? Code, Fragment Text) Split(Fragment comment, Report report)
    {
        var colon = comment.Text.IndexOf(':', StringComparison.Ordinal);
        if (colon is < 1 or > 8) return (null, comment);
        var code = comment.Text[..colon].Trim();
        if (code.Length == 0 || !code.All(char.IsAsciiLetterLower)) return (null, comment);
        if (s_codes.Contains(code)) return (code, comment.Slice(colon + 1, comment.Text.Length).Trim());
        report.Warning(comment.Start, "reason-code", $"“{code}” is not a reason code, so it is shown as part of the rationale.", Nearest.Suggest(code, s_codes));
        return (null, comment);
    }
}
