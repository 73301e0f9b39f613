using System.Security.Cryptography;
using System.Text;
using Lms.Manuscripts.Questions;

namespace Lms.Web.Features.Assessment;

/// <summary>
/// In which order an item's options, rows or steps are shown. Forms name them by their place on the screen, so that no page gives
/// away the author's order, which for steps is the key.
/// </summary>
public static class ItemOrder
{
    /// <summary>A new order for a sitting.</summary>
    public static IReadOnlyList<int> Shuffled(Item item)
    {
        var order = Natural(item);
        RandomNumberGenerator.Shuffle<int>(order);
        return NotSolved(item, order);
    }

    /// <summary>The order in a lesson, the same for everybody: the author's, but steps are mixed.</summary>
    public static IReadOnlyList<int> InLesson(Item item)
    {
        var order = Natural(item);
        if (item is not OrderingItem) return order;
        var keys = Array.ConvertAll(order, i => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{item.Id} {i}"))));
        Array.Sort(keys, order, StringComparer.Ordinal);
        return NotSolved(item, order);
    }

    private static int[] Natural(Item item) => [.. Enumerable.Range(0, item switch
    {
        ChoiceItem choice => choice.Options.Count,
        MatchingItem matching => matching.Rows.Count,
        OrderingItem ordering => ordering.Steps.Count,
        _ => 0,
    })];

    private static int[] NotSolved(Item item, int[] order) =>
        item is OrderingItem && order.Length > 1 && order.SequenceEqual(order.Order()) ? [.. order[1..], order[0]] : order;
}
