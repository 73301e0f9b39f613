using System.Globalization;
using Lms.Manuscripts.Questions;

namespace Lms.Web.Features.Assessment;

/// <summary>What is wrong with an answer before it is graded.</summary>
public enum AnswerProblem
{
    None,
    /// <summary>Nothing was chosen or typed.</summary>
    Missing,
    /// <summary>Some gaps or rows are open.</summary>
    Incomplete,
    /// <summary>Two steps have the same place.</summary>
    Repeated,
}

/// <summary>An answer as <see cref="Item.Grade"/> takes it; empty when there is none that could be kept.</summary>
public sealed record Answer(IReadOnlyList<string> Response, AnswerProblem Problem);

/// <summary>Turns the fields of a question's form into a response. Fields name options by their place on the screen.</summary>
public static class Responses
{
    /// <summary>The name of the field, or of the first part of the fields, of every question.</summary>
    public const string Field = "a";
    private const int MostTyped = 500;

    public static Answer Read(Item item, IReadOnlyList<int> order, IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(form);
        return item switch
        {
            ChoiceItem choice => Chosen(choice, order, form),
            ClozeItem cloze => Parts([.. cloze.Gaps.Select((_, gap) => Typed(form, gap))]),
            MatchingItem matching => Matched(matching, order, form),
            OrderingItem => Ordered(order, form),
            _ => Parts([Clean(form[Field])]),
        };
    }

    private static Answer Chosen(ChoiceItem item, IReadOnlyList<int> order, IFormCollection form)
    {
        var chosen = form[Field].Select(v => Place(v, order.Count)).Where(p => p >= 0).Select(p => order[p]).Distinct().Order();
        return Whole([.. (item.Multiple ? chosen : chosen.Take(1)).Select(Text)]);
    }

    private static Answer Matched(MatchingItem item, IReadOnlyList<int> order, IFormCollection form)
    {
        var response = new string[order.Count];
        for (var place = 0; place < order.Count; place++)
        {
            var column = Place(form[Name(place)], item.Columns.Count);
            response[order[place]] = column < 0 ? "" : Text(column);
        }
        return Parts(response);
    }

    private static Answer Ordered(IReadOnlyList<int> order, IFormCollection form)
    {
        var places = order.Select((_, shown) => Place(form[Name(shown)], order.Count + 1)).ToList();
        if (places.TrueForAll(p => p < 1)) return new Answer([], AnswerProblem.Missing);
        if (places.Exists(p => p < 1)) return new Answer([], AnswerProblem.Incomplete);
        if (places.Distinct().Count() < places.Count) return new Answer([], AnswerProblem.Repeated);
        return Whole([.. order.Zip(places).OrderBy(s => s.Second).Select(s => Text(s.First))]);
    }

    /// <summary>The name of a field that is one of several.</summary>
    public static string Name(int part) => string.Create(CultureInfo.InvariantCulture, $"{Field}.{part}");

    private static Answer Parts(string[] parts)
    {
        var open = Array.FindAll(parts, p => p.Length == 0).Length;
        if (open == parts.Length) return new Answer([], AnswerProblem.Missing);
        return new Answer(parts, open > 0 ? AnswerProblem.Incomplete : AnswerProblem.None);
    }

    private static Answer Whole(IReadOnlyList<string> response) =>
        new(response, response.Count == 0 ? AnswerProblem.Missing : AnswerProblem.None);

    private static string Typed(IFormCollection form, int part) => Clean(form[Name(part)]);

    private static string Clean(string? typed)
    {
        typed = (typed ?? "").Trim();
        if (typed.Length > MostTyped) typed = typed[..MostTyped];
        // Half a character would not be Unicode any more, and no statement could carry it.
        return new string([.. typed.EnumerateRunes().Where(r => !char.IsControl((char)Math.Min(r.Value, char.MaxValue))).SelectMany(r => r.ToString())]);
    }

    private static int Place(string? text, int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < count ? place : -1;

    private static string Text(int index) => index.ToString(CultureInfo.InvariantCulture);
}
