using Lms.Manuscripts.Questions;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Reporting;

/// <summary>How an item performed in submitted attempts.</summary>
public sealed record ItemPerformance(Item Item, int Answered, int Right)
{
    /// <summary>Share right, 0 to 1: the item's facility.</summary>
    public double? Share => Answered == 0 ? null : (double)Right / Answered;
}

/// <summary>How often an option, or an answer as typed, was given.</summary>
public sealed record Given(string Text, bool Right, int Count);

/// <summary>Item analysis of one course version's bank.</summary>
public sealed class ItemStatistics(LmsDbContext db)
{
    private const int MostAnswers = 12;

    public async Task<IReadOnlyList<ItemPerformance>> OfAsync(PublishedCourse course, string language, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(course);
        var counts = await Marked(course.Row.Id).GroupBy(a => a.Item)
            .Select(g => new { g.Key, Answered = g.Count(), Right = g.Count(a => a.Correct == true) })
            .ToDictionaryAsync(g => g.Key, ct);
        return [.. course.Content.Bank[language].Select(item => counts.TryGetValue(item.Id, out var count)
            ? new ItemPerformance(item, count.Answered, count.Right)
            : new ItemPerformance(item, 0, 0))];
    }

    /// <summary>What was answered to one item: each option with its count, or the commonest typed answers.</summary>
    public async Task<IReadOnlyList<Given>> AnswersAsync(Guid courseVersionId, Item item, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(item);
        var groups = await Marked(courseVersionId).Where(a => a.Item == item.Id)
            .GroupBy(a => new { a.Response, a.Correct })
            .Select(g => new { g.Key.Response, g.Key.Correct, Count = g.Count() })
            .OrderByDescending(g => g.Count).Take(1000).ToListAsync(ct);
        if (item is ChoiceItem choice)
            return [.. choice.Options.Select((option, index) => new Given(
                option.Text, option.Right, groups.Where(g => g.Response.Contains($"{index}")).Sum(g => g.Count)))];
        return [.. groups.Take(MostAnswers).Select(g => new Given(Readable(item, g.Response), g.Correct == true, g.Count))];
    }

    private IQueryable<Assessment.AttemptAnswer> Marked(Guid courseVersionId) =>
        db.Attempts.AsNoTracking().Where(a => a.CourseVersionId == courseVersionId && a.SubmittedAt != null).SelectMany(a => a.Answers);

    private static string Readable(Item item, IReadOnlyList<string> response) => item switch
    {
        MatchingItem matching => string.Join(" · ", matching.Rows.Zip(response, (row, column) =>
            $"{row.Text} → {(int.TryParse(column, out var i) && i >= 0 && i < matching.Columns.Count ? matching.Columns[i] : "–")}")),
        OrderingItem ordering => string.Join(" → ", response.Select(step =>
            int.TryParse(step, out var i) && i >= 0 && i < ordering.Steps.Count ? ordering.Steps[i].Text : "–")),
        _ => response.Count == 0 ? "–" : string.Join(" · ", response),
    };
}
