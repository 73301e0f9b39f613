using System.Net;
using System.Text;

namespace Lms.Manuscripts.Markdown.Maths;

/// <summary>Chemical formulae and equations as mhchem writes them: <c>H2SO4</c>, <c>Ca^2+</c>, <c>2H2 + O2 -> 2H2O</c>.</summary>
internal static class ChemicalFormula
{
    private static readonly (string Written, string Sign)[] s_arrows = [("<=>", "⇌"), ("<->", "↔"), ("->", "→"), ("<-", "←")];

    /// <summary>MathML; null when a sign at <paramref name="wrong"/> has no meaning.</summary>
    public static string? ToMathMl(string text, out int wrong)
    {
        var html = new StringBuilder("<mrow>");
        for (wrong = 0; wrong < text.Length;)
        {
            var rest = text.AsSpan(wrong);
            if (Arrow(rest) is var (length, sign))
            {
                html.Append("<mo>").Append(sign).Append("</mo>");
                wrong += length;
            }
            else if (char.IsWhiteSpace(rest[0])) wrong++;
            else if (rest[0] == '+') { html.Append("<mo>+</mo>"); wrong++; }
            else if (char.IsAsciiDigit(rest[0])) Take(html, "mn", rest, char.IsAsciiDigit, ref wrong);
            else if (char.IsAsciiLetter(rest[0]) || rest[0] is '(' or '[' or ')' or ']') Part(html, rest, ref wrong);
            else if (rest[0] is '.' or '*' or '·') { html.Append("<mo>⋅</mo>"); wrong++; }
            else return null;
        }
        return html.Append("</mrow>").ToString();
    }

    // An element or a bracket with the count and the charge behind it.
    private static void Part(StringBuilder html, ReadOnlySpan<char> rest, ref int at)
    {
        var length = 1;
        if (char.IsAsciiLetterUpper(rest[0]) && rest.Length > 1 && char.IsAsciiLetterLower(rest[1])) length = 2;
        var symbol = rest[..length].ToString();
        var atom = char.IsAsciiLetter(symbol[0]) ? $"<mi mathvariant=\"normal\">{symbol}</mi>" : $"<mo stretchy=\"false\">{symbol}</mo>";
        at += length;
        rest = rest[length..];
        var opens = symbol is "(" or "[";
        var count = opens ? 0 : Count(rest);
        var charge = opens ? 0 : Charge(rest[count..]);
        var sub = $"<mn>{rest[..count]}</mn>";
        var sup = $"<mrow>{ChargeMarkup(rest[count..(count + charge)])}</mrow>";
        html.Append((count, charge) switch
        {
            (0, 0) => atom,
            (_, 0) => $"<msub>{atom}{sub}</msub>",
            (0, _) => $"<msup>{atom}{sup}</msup>",
            _ => $"<msubsup>{atom}{sub}{sup}</msubsup>",
        });
        at += count + charge;
    }

    private static int Count(ReadOnlySpan<char> text)
    {
        var n = 0;
        while (n < text.Length && char.IsAsciiDigit(text[n])) n++;
        return n;
    }

    // “^2+”, “^{2+}”, or a sign that ends the particle: “Na+”.
    private static int Charge(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return 0;
        if (text[0] is '+' or '-' && Arrow(text) is null && (text.Length == 1 || char.IsWhiteSpace(text[1]) || text[1] is ')' or ']')) return 1;
        if (text[0] != '^') return 0;
        var n = 1;
        if (n < text.Length && text[n] == '{')
        {
            var close = text.IndexOf('}');
            return close < 0 ? 0 : close + 1;
        }
        while (n < text.Length && char.IsAsciiDigit(text[n])) n++;
        return n < text.Length && text[n] is '+' or '-' ? n + 1 : 0;
    }

    private static string ChargeMarkup(ReadOnlySpan<char> charge)
    {
        var html = new StringBuilder();
        foreach (var c in charge)
            if (c is not ('^' or '{' or '}')) html.Append(char.IsAsciiDigit(c) ? $"<mn>{c}</mn>" : $"<mo>{(c == '-' ? "−" : WebUtility.HtmlEncode(c.ToString()))}</mo>");
        return html.ToString();
    }

    private static (int Length, string Sign)? Arrow(ReadOnlySpan<char> text)
    {
        foreach (var (written, sign) in s_arrows)
            if (text.StartsWith(written)) return (written.Length, sign);
        return null;
    }

    private static void Take(StringBuilder html, string tag, ReadOnlySpan<char> rest, Func<char, bool> belongs, ref int at)
    {
        var n = 0;
        while (n < rest.Length && belongs(rest[n])) n++;
        html.Append('<').Append(tag).Append('>').Append(rest[..n]).Append("</").Append(tag).Append('>');
        at += n;
    }
}
