using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Lms.BrowserTests.Support;

/// <summary>Looks at the page that a visitor has open, as it stands.</summary>
internal static class Inspection
{
    // Everything that axe knows of WCAG 2.2 A and AA (its AA rules of 2.2 are off unless named), and its best practices.
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"] },
        ResultTypes = [ResultType.Violations],
    };

    // What lies in something that scrolls by itself, such as a wide table, does not make the page wider.
    private const string TooWide = """
        () => {
          const root = document.documentElement;
          if (root.scrollWidth <= root.clientWidth) return [];
          const scrolls = e => e && e !== root && e !== document.body && (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
          return [`${root.scrollWidth} > ${root.clientWidth}`].concat([...document.body.querySelectorAll('*')]
            .filter(e => { const b = e.getBoundingClientRect(); return (b.right > root.clientWidth + 1 || b.left < -1) && b.width > 0 && !scrolls(e.parentElement); })
            .slice(0, 5).map(e => e.outerHTML.slice(0, 160)));
        }
        """;

    /// <summary>Every barrier on the page: axe-core's violations, scrolling sideways, and what the browser complained about.</summary>
    public static async Task<List<string>> FindingsAsync(this Visitor visitor, string name)
    {
        // The bar at the foot lies over what one scrolls by; at the end of the page it lies over nothing.
        await visitor.Page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");
        var axe = await visitor.Page.RunAxe(Rules);
        List<string> findings = [.. axe.Violations.SelectMany(v => v.Nodes.Select(n => $"{name}: {v.Id} ({v.Help}): {Short(n.Html)}{Detail(n)}"))];
        findings.AddRange((await visitor.Page.EvaluateAsync<string[]>(TooWide)).Select(e => $"{name}: scrolls sideways: {e}"));
        findings.AddRange(visitor.TakeComplaints().Select(c => $"{name}: the browser says {c}"));
        return findings;
    }

    private static string Short(string html) => html.Length > 220 ? html[..220] + "…" : html;

    private static string Detail(AxeResultNode node) =>
        node.Any.Concat(node.All).Concat(node.None).FirstOrDefault() is { Message: { Length: > 0 } message } ? $" [{message}]" : "";
}
