using System.Text;

namespace Lms.Manuscripts.Questions.Gift;

/// <summary>One answer between the braces.</summary>
/// <param name="Right">True behind “=”.</param>
/// <param name="Weight">The percentage before the text; null when there is none.</param>
/// <param name="Text">With its escapes.</param>
/// <param name="Feedback">With its escapes.</param>
internal sealed record GiftAnswer(bool Right, decimal? Weight, string Text, string Feedback);

/// <summary>Finds GIFT's control characters, which a backslash turns into plain ones.</summary>
internal static class GiftText
{
    /// <summary>The first place of one of <paramref name="signs"/> that is not escaped, or -1.</summary>
    public static int Find(string text, string signs, int from = 0)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (signs.Contains(text[i], StringComparison.Ordinal)) return i;
        }
        return -1;
    }

    /// <summary>The first place of “->” or “####” that is not escaped, or -1.</summary>
    public static int FindMark(string text, string mark)
    {
        for (var i = Find(text, mark[..1]); i >= 0; i = Find(text, mark[..1], i + 1))
            if (string.CompareOrdinal(text, i, mark, 0, mark.Length) == 0) return i;
        return -1;
    }

    public static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            plain.Append(text[i] != '\\' || i + 1 == text.Length ? text[i] : text[++i] == 'n' ? '\n' : text[i]);
        return plain.ToString();
    }

    /// <summary>Parts the text between the braces at each “=” and “~”.</summary>
    public static List<GiftAnswer> Answers(string text)
    {
        var answers = new List<GiftAnswer>();
        for (var start = Find(text, "=~"); start >= 0;)
        {
            var next = Find(text, "=~", start + 1);
            answers.Add(Answer(text[start] == '=', text[(start + 1)..(next < 0 ? text.Length : next)].Trim()));
            start = next;
        }
        return answers;
    }

    public static GiftAnswer Answer(bool right, string text)
    {
        decimal? weight = null;
        if (text.StartsWith('%') && text.IndexOf('%', 1) is var end and > 1
            && decimal.TryParse(text[1..end], System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var percent))
            (weight, text) = (percent, text[(end + 1)..]);
        var hash = Find(text, "#");
        return hash < 0 ? new GiftAnswer(right, weight, text, "") : new GiftAnswer(right, weight, text[..hash].Trim(), text[(hash + 1)..].Trim());
    }
}
