using System.Net;
using System.Text;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Markdown.Maths;

/// <summary>Why a formula can't be read, and where in it.</summary>
internal sealed record MathProblem(int Offset, string Code, string Message, string Suggestion);

/// <summary>Turns the subset of LaTeX that <c>content/README.md</c> names into MathML, which browsers draw by themselves.</summary>
internal sealed class MathMl
{
    private const int MostCharacters = 2000;
    private const int MostDepth = 20;
    private readonly string _tex;
    private readonly bool _display;
    private int _at;
    private int _depth;

    private MathMl(string tex, bool display) => (_tex, _display) = (tex, display);

    /// <summary>MathML; null when the formula can't be read, for the reason in <paramref name="problem"/>.</summary>
    public static string? Convert(string tex, bool display, out MathProblem? problem)
    {
        problem = null;
        if (tex.Length > MostCharacters)
        {
            problem = new MathProblem(0, "maths-too-long", $"The formula has more than {MostCharacters} characters.", "Divide it, and check that each $ has its partner.");
            return null;
        }
        try
        {
            var parser = new MathMl(tex, display);
            var row = parser.Row(end: '\0');
            var attributes = (display ? " display=\"block\"" : "") + $" alttext=\"{WebUtility.HtmlEncode(tex.Trim())}\"";
            return $"<math dir=\"ltr\"{attributes}>{Group(row)}</math>";
        }
        catch (Unreadable e)
        {
            problem = e.Problem;
            return null;
        }
    }

    private char Current => _at < _tex.Length ? _tex[_at] : '\0';

    private List<string> Row(char end)
    {
        if (++_depth > MostDepth) throw Bad(_at, "maths-too-deep", "The formula is nested too deeply.", "Divide it.");
        var row = new List<string>();
        while (SkipSpace() != '\0')
        {
            if (Current == end) break;
            if (end == 'r' && IsCommand("right")) break;
            row.Add(Scripted());
        }
        if (end != '\0' && Current == '\0')
            throw Bad(_tex.Length, "maths-unclosed", end == 'r' ? "\\left has no \\right." : $"A “{end}” is missing.", "Close every bracket that you open.");
        _depth--;
        return row;
    }

    private char SkipSpace()
    {
        while (char.IsWhiteSpace(Current)) _at++;
        return Current;
    }

    // An atom with what stands above and below it.
    private string Scripted()
    {
        var large = Symbols.Large.Keys.Any(IsCommand) || IsCommand("lim");
        var atom = Current is '^' or '_' ? "<mrow></mrow>" : Atom();
        string? sub = null, sup = null;
        while (SkipSpace() is '^' or '_')
        {
            var (start, mark) = (_at++, Current);
            mark = _tex[start];
            if (mark == '^' ? sup is not null : sub is not null)
                throw Bad(start, "maths-script-twice", $"Two “{mark}” follow each other.", "Use braces: {a_b}_c.");
            if (SkipSpace() is '\0' or '^' or '_' or '}')
                throw Bad(start, "maths-script-empty", $"Nothing follows “{mark}”.", "Write what stands there, in braces when it is longer than one sign.");
            if (mark == '^') sup = Atom(oneSign: true);
            else sub = Atom(oneSign: true);
        }
        var (under, over) = large && _display ? ("munder", "mover") : ("msub", "msup");
        return (sub, sup) switch
        {
            (null, null) => atom,
            (_, null) => $"<{under}>{atom}{sub}</{under}>",
            (null, _) => $"<{over}>{atom}{sup}</{over}>",
            _ => large && _display ? $"<munderover>{atom}{sub}{sup}</munderover>" : $"<msubsup>{atom}{sub}{sup}</msubsup>",
        };
    }

    private string Atom(bool oneSign = false)
    {
        var start = _at;
        switch (Current)
        {
            case '{':
                _at++;
                var row = Row('}');
                _at++;
                return Group(row);
            case '}': throw Bad(_at, "maths-unopened", "A “}” closes nothing.", "Remove it, or write \\} for the sign.");
            case '\\': return Command();
            case >= '0' and <= '9': return oneSign ? $"<mn>{_tex[_at++]}</mn>" : Number();
            case '-': _at++; return "<mo>−</mo>";
            case '\'': _at++; return "<mo>′</mo>";
            case '$' or '#' or '&' or '~' or '"' or '`' or '@':
                throw Bad(_at, "maths-sign", $"“{Current}” has no meaning in a formula.", "Remove it, or put words into \\text{…}.");
        }
        var rune = Rune.TryGetRuneAt(_tex, start, out var r) ? r : Rune.ReplacementChar;
        _at += rune.Utf16SequenceLength;
        var sign = WebUtility.HtmlEncode(rune.ToString());
        if (Rune.IsLetter(rune)) return $"<mi>{sign}</mi>";
        if (rune.Value is '(' or ')' or '[' or ']') return $"<mo stretchy=\"false\">{sign}</mo>";
        if (Rune.IsControl(rune)) throw Bad(start, "maths-sign", "A control character stands in the formula.", "Remove it.");
        return rune.Value is '°' or '∞' or '%' ? $"<mi>{sign}</mi>" : $"<mo>{sign}</mo>";
    }

    private string Number()
    {
        var number = new StringBuilder();
        while (true)
        {
            if (char.IsAsciiDigit(Current)) number.Append(Current);
            else if (Current is '.' or ',' && Digit(_at + 1)) number.Append(Current);
            else if (Follows(" ") && Digits(_at + 1) == 3) number.Append('\u202F');
            else if (Follows("\\,") && Digits(_at + 2) == 3) { number.Append('\u202F'); _at++; }
            else if (Follows("{,}") && Digit(_at + 3)) { number.Append(','); _at += 2; }
            else break;
            _at++;
        }
        return $"<mn>{number}</mn>";
    }

    private bool Digit(int at) => at < _tex.Length && char.IsAsciiDigit(_tex[at]);

    private int Digits(int at)
    {
        var count = 0;
        while (Digit(at + count)) count++;
        return count;
    }

    private bool Follows(string text) => string.CompareOrdinal(_tex, _at, text, 0, text.Length) == 0;

    private bool IsCommand(string name) => Follows("\\" + name) && !(_at + name.Length + 1 < _tex.Length && char.IsAsciiLetter(_tex[_at + name.Length + 1]));

    private string Command()
    {
        var start = _at++;
        while (char.IsAsciiLetter(Current)) _at++;
        if (_at == start + 1 && _at < _tex.Length) _at++;
        var name = _tex[(start + 1).._at];
        if (Symbols.Operators.TryGetValue(name, out var op)) return $"<mo>{op}</mo>";
        if (Symbols.Large.TryGetValue(name, out var large)) return $"<mo>{large}</mo>";
        if (Symbols.Letters.TryGetValue(name, out var letter)) return $"<mi>{letter}</mi>";
        if (Symbols.Functions.Contains(name)) return $"<mi>{name}</mi>";
        if (Symbols.Spaces.TryGetValue(name, out var space)) return $"<mspace width=\"{space}\"></mspace>";
        return name switch
        {
            "frac" => $"<mfrac>{Argument(name)}{Argument(name)}</mfrac>",
            "sqrt" => Root(),
            "bar" or "overline" => $"<mover>{Argument(name)}<mo>¯</mo></mover>",
            "hat" => $"<mover>{Argument(name)}<mo>^</mo></mover>",
            "text" => $"<mtext>{WebUtility.HtmlEncode(Raw(name))}</mtext>",
            "mathrm" => $"<mi mathvariant=\"normal\">{WebUtility.HtmlEncode(Raw(name))}</mi>",
            "ce" => Chemistry(),
            "left" => Fenced(start),
            "right" => throw Bad(start, "maths-unopened", "\\right has no \\left.", "Write \\left before the formula in brackets."),
            _ => throw Bad(start, "maths-command", $"“\\{name}” is not known here.", Nearest.Suggest(name, Symbols.All)),
        };
    }

    private string Argument(string name)
    {
        if (SkipSpace() is '\0' or '}') throw Bad(_at, "maths-argument", $"\\{name} lacks what it applies to.", $"Write \\{name}{{…}}{(name == "frac" ? "{…}" : "")}.");
        if (++_depth > MostDepth) throw Bad(_at, "maths-too-deep", "The formula is nested too deeply.", "Divide it.");
        var argument = Atom(oneSign: true);
        _depth--;
        return argument;
    }

    private string Root()
    {
        if (SkipSpace() != '[') return $"<msqrt>{Argument("sqrt")}</msqrt>";
        _at++;
        var index = Group(Row(']'));
        _at++;
        return $"<mroot>{Argument("sqrt")}{index}</mroot>";
    }

    private string Fenced(int start)
    {
        var open = Fence(start);
        var row = Row('r');
        _at += "\\right".Length;
        return $"<mrow>{open}{string.Concat(row)}{Fence(_at)}</mrow>";
    }

    private string Fence(int start)
    {
        var sign = SkipSpace();
        if (sign == '\\' && _at + 1 < _tex.Length) sign = _tex[++_at];
        if (sign is not ('(' or ')' or '[' or ']' or '|' or '{' or '}' or '.'))
            throw Bad(start, "maths-fence", "\\left and \\right are followed by a bracket.", "Write \\left( … \\right), or a point for no bracket.");
        _at++;
        return sign == '.' ? "" : $"<mo fence=\"true\" stretchy=\"true\">{sign}</mo>";
    }

    // The characters between braces as they stand.
    private string Raw(string name)
    {
        if (SkipSpace() != '{') throw Bad(_at, "maths-argument", $"\\{name} lacks its braces.", $"Write \\{name}{{…}}.");
        var (start, depth) = (++_at, 1);
        for (; _at < _tex.Length; _at++)
        {
            if (_tex[_at] == '{') depth++;
            if (_tex[_at] == '}' && --depth == 0) return _tex[start.._at++].Replace("\\%", "%", StringComparison.Ordinal);
        }
        throw Bad(start - 1, "maths-unclosed", "A “}” is missing.", "Close every bracket that you open.");
    }

    private string Chemistry()
    {
        var start = _at;
        var formula = Raw("ce");
        return ChemicalFormula.ToMathMl(formula, out var wrong) ?? throw Bad(start + 1 + wrong, "maths-chemistry", $"The chemical formula “{formula}” can't be read.",
            "Write it as H2SO4, Ca^2+ or 2H2 + O2 -> 2H2O.");
    }

    private static string Group(List<string> row) => row.Count == 1 ? row[0] : $"<mrow>{string.Concat(row)}</mrow>";

    private static Unreadable Bad(int at, string code, string message, string suggestion) => new(new MathProblem(at, code, message, suggestion));

    private sealed class Unreadable(MathProblem problem) : Exception
    {
        public MathProblem Problem => problem;
    }
}
