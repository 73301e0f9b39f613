using System.Globalization;

namespace Lms.Web.Features.Catalog;

/// <summary>Clauses as people count them: 2.9 comes before 2.10.</summary>
internal sealed class ClauseOrder : IComparer<string>
{
    public static readonly ClauseOrder Instance = new();
    private static readonly StringComparer Natural = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering);

    public int Compare(string? x, string? y) => Natural.Compare(x, y);
}
