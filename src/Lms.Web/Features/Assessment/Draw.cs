using System.Security.Cryptography;
using Lms.Manuscripts.Questions;
using Lms.Web.Features.Catalog;

namespace Lms.Web.Features.Assessment;

/// <summary>Draws the items of a sitting from the bank.</summary>
internal static class Draw
{
    /// <summary>
    /// As many items of each objective as the blueprint says, in random order, their options shuffled. Items of the
    /// <paramref name="previous"/> sitting come only where the bank has no others.
    /// </summary>
    public static List<AttemptAnswer> From(PublishedCourse course, IReadOnlySet<string> previous)
    {
        var bank = course.Content.Bank[course.Content.Language];
        var drawn = course.Content.Assessment!.Blueprint
            .SelectMany(rule => Mixed(bank.Where(i => i.Objective == rule.Key)).OrderBy(i => previous.Contains(i.Id)).Take(rule.Value))
            .DistinctBy(i => i.Id);
        return [.. Mixed(drawn).Select((item, index) => new AttemptAnswer
        {
            Item = item.Id,
            Objective = item.Objective,
            CourseVersionId = course.Row.Id,
            Position = index + 1,
            Critical = item.Critical,
            Order = ItemOrder.Shuffled(item),
        })];
    }

    private static Item[] Mixed(IEnumerable<Item> items)
    {
        var mixed = items.ToArray();
        RandomNumberGenerator.Shuffle<Item>(mixed);
        return mixed;
    }
}
