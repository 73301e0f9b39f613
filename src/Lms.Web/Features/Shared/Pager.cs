using Microsoft.AspNetCore.Http.Extensions;

namespace Lms.Web.Features.Shared;

/// <summary>The way to the neighbouring pages of a list, drawn by <c>_Pager</c>.</summary>
/// <param name="Previous">Address of the page before; null on the first.</param>
/// <param name="Next">Address of the page behind; null on the last.</param>
/// <param name="Summary">Where we are: "1–50 of 50 000".</param>
public sealed record Pager(string? Previous, string? Next, string Summary)
{
    private const int MostPages = 1_000_000;

    /// <summary>The page that an address asks for, never one so far off that its place in the list is no number any more.</summary>
    public static int Number(int? asked) => Math.Clamp(asked ?? 1, 1, MostPages);

    /// <summary>For a list that is counted: keeps the query and changes <c>page</c>, which begins at 1.</summary>
    public static Pager For(HttpRequest request, int page, int size, long total)
    {
        ArgumentNullException.ThrowIfNull(request);
        var first = total == 0 ? 0 : (long)(page - 1) * size + 1;
        var last = Math.Min((long)page * size, total);
        var summary = SharedText.Of("{0}–{1} of {2}", Numbers.Text(first), Numbers.Text(last), Numbers.Text(total));
        return new Pager(page > 1 ? At(request, page - 1) : null, last < total ? At(request, page + 1) : null, summary);
    }

    private static string At(HttpRequest request, int page)
    {
        var query = new QueryBuilder(request.Query.Where(q => q.Key != "page")) { { "page", page.ToString(System.Globalization.CultureInfo.InvariantCulture) } };
        return request.PathBase + request.Path + query.ToQueryString();
    }
}
