using System.Globalization;
using Lms.Manuscripts.Questions;
using Lms.Standards.Xapi;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Xapi;

namespace Lms.Web.Features.Assessment;

/// <summary>A question as an xAPI interaction, and an answer to it as a result. Options are named by their index.</summary>
public sealed class ItemActivities(XapiAddresses addresses)
{
    /// <param name="texts">The item by language tag.</param>
    public Activity Of(PublishedCourse course, IReadOnlyDictionary<string, Item> texts)
    {
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(texts);
        return new Activity(addresses.Item(course.Content.Id, texts.Values.First().Id))
        {
            Definition = new ActivityDefinition
            {
                Description = Map(texts, i => i.StemText),
                Type = ActivityTypes.Interaction,
                Interaction = InteractionOf(texts),
            },
        };
    }

    public static Result ResultOf(Item item, IReadOnlyList<string> response, bool correct, double score) => new()
    {
        Success = correct,
        Score = new Score(Scaled: Scaled(score)),
        Response = Response(item, response),
    };

    public static decimal Scaled(double score) => Math.Round((decimal)score, 4);

    private static Interaction InteractionOf(IReadOnlyDictionary<string, Item> texts) => texts.Values.First() switch
    {
        ChoiceItem choice => Interaction.Choice(
            Components(texts, choice.Options.Count, (i, n) => ((ChoiceItem)i).Options[n].Text),
            [ResponsePattern.Items(choice.Options.Index().Where(o => o.Item.Right).Select(o => Name(o.Index)))]),
        TextItem => Interaction.FillIn([.. texts.Values.OfType<TextItem>().SelectMany(t => t.Answers).Distinct()]),
        NumberItem number => Interaction.Numeric([ResponsePattern.Range(number.Value - number.Tolerance, number.Value + number.Tolerance)]),
        MatchingItem matching => Interaction.Matching(
            Components(texts, matching.Rows.Count, (i, n) => ((MatchingItem)i).Rows[n].Text),
            Components(texts, matching.Columns.Count, (i, n) => ((MatchingItem)i).Columns[n]),
            [ResponsePattern.Pairs(matching.Rows.Select((row, n) => (Name(n), Name(row.Column))))]),
        OrderingItem ordering => Interaction.Sequencing(
            Components(texts, ordering.Steps.Count, (i, n) => ((OrderingItem)i).Steps[n].Text),
            [ResponsePattern.Items(ordering.Steps.Select((_, n) => Name(n)))]),
        // Gaps mix texts, numbers and lists, for which the standard has no pattern of its own.
        ClozeItem => Interaction.Other([.. texts.Values.OfType<ClozeItem>().Select(c => ResponsePattern.Items(c.Gaps.Select(Right))).Distinct()]),
        var unknown => throw new InvalidOperationException($"No interaction for {unknown.GetType().Name}."),
    };

    private static string Response(Item item, IReadOnlyList<string> response) => item switch
    {
        MatchingItem => ResponsePattern.Pairs(response.Select((column, row) => (Name(row), column)).Where(pair => pair.column.Length > 0)),
        NumberItem when Number(response) is { } number => number.ToString(CultureInfo.InvariantCulture),
        _ => ResponsePattern.Items(response),
    };

    // As it is typed: groups by any space, decimal comma or point.
    private static decimal? Number(IReadOnlyList<string> response) =>
        response is [var typed] && decimal.TryParse(
            string.Concat(typed.Where(c => !char.IsWhiteSpace(c))).Replace(',', '.').Replace('−', '-'),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Right(Gap gap) => gap.Value?.ToString(CultureInfo.InvariantCulture) ?? gap.Answers[0];

    private static List<InteractionComponent> Components(IReadOnlyDictionary<string, Item> texts, int count, Func<Item, int, string> text) =>
        [.. Enumerable.Range(0, count).Select(n => new InteractionComponent(Name(n), Map(texts, i => text(i, n))))];

    private static Dictionary<string, string> Map(IReadOnlyDictionary<string, Item> texts, Func<Item, string> text) =>
        texts.ToDictionary(t => t.Key, t => text(t.Value));

    private static string Name(int index) => index.ToString(CultureInfo.InvariantCulture);
}
