using System.Net;
using AngleSharp.Html.Dom;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi;

/// <summary>The staff download what the page of statements shows.</summary>
public sealed class ExportPageTests(TestSite site) : IClassFixture<TestSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_filters_of_the_page_go_into_the_file_and_each_centre_gets_its_own()
    {
        var (own, other) = (await site.AddCentreAsync(), await site.AddCentreAsync());
        var activity = Statements.NewActivity();
        var (wanted, _) = (await StoreAsync(own, activity), await StoreAsync(other, activity));
        await StoreAsync(own, Statements.NewActivity());
        using var auditor = await site.SignedInAsync(Role.Auditor, own.Id);

        var filtered = $"/statements?activity={Uri.EscapeDataString(activity)}&since=2020-01-01&verb=";
        Assert.Equal([wanted], ExportTests.Ids(await DownloadAsync(auditor, filtered, "jsonl")));
        Assert.Equal(2, ExportTests.Ids(await DownloadAsync(auditor, "/statements", "jsonl")).Count);
        using var hub = await site.SignedInAsync(Role.Auditor);
        Assert.Equal(2, ExportTests.Ids(await DownloadAsync(hub, filtered, "jsonl")).Count);
        using var learner = await site.SignedInAsync(Role.Learner, own.Id);
        Assert.NotEqual(HttpStatusCode.OK, (await learner.GetAsync("/statements?handler=Export&format=jsonl")).StatusCode);
    }

    [Fact]
    public async Task A_table_has_the_columns_that_were_chosen_and_names_in_the_readers_language()
    {
        var centre = await site.AddCentreAsync();
        using var system = await Lrs.AddAsync(site, centre.Id, "all");
        var id = (await system.StoreAsync($$$"""
            {"actor":{{{Statements.Actor}}},"verb":{"id":"http://example.org/v","display":{"en":"said","fr":"a dit"}},"object":{"id":"http://example.org/a"}}
            """))[0];
        using var auditor = await site.SignedInAsync(Role.Auditor, centre.Id);
        await auditor.GetAsync("/language/fr?return=/");

        Assert.Equal($"id,actor.name,verb.display\r\n{id},Ana,a dit\r\n", await DownloadAsync(auditor, "/statements", "csv", "verb.display", "id", "actor.name"));
        Assert.StartsWith("id,stored,timestamp,", await DownloadAsync(auditor, "/statements", "csv"), StringComparison.Ordinal);
        Assert.StartsWith("PAR1", await DownloadAsync(auditor, "/statements", "parquet"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("format=xml")]
    [InlineData("")]
    [InlineData("format=csv&since=yesterday")]
    [InlineData("format=csv&registration=nonsense")]
    public async Task What_makes_no_sense_is_no_file(string query)
    {
        using var auditor = await site.SignedInAsync(Role.Auditor);
        using var reply = await auditor.GetAsync($"/statements?handler=Export&{query}");
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    /// <summary>Opens the page, chooses in its form and sends it off.</summary>
    private static async Task<string> DownloadAsync(Browser browser, string path, string format, params string[] columns)
    {
        var page = await browser.PageAsync(path);
        var form = page.QuerySelectorAll("form").Single(f => f.QuerySelector("#format") is not null);
        Assert.NotNull(form.QuerySelector($"option[value={format}]"));
        Assert.All(columns, c => Assert.NotNull(form.QuerySelector($"input[name=columns][value='{c}']")));
        var fields = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Select(i => (i.Name!, i.Value)).Append(("format", format)).Concat(columns.Select(c => ("columns", c)));
        using var reply = await browser.GetAsync($"/statements?{string.Join('&', fields.Select(f => $"{f.Item1}={Uri.EscapeDataString(f.Item2)}"))}");
        var text = await reply.Content.ReadAsStringAsync(Ct);
        Assert.True(reply.StatusCode == HttpStatusCode.OK, text);
        Assert.Equal("attachment", reply.Content.Headers.ContentDisposition?.DispositionType);
        Assert.EndsWith($".{format}", reply.Content.Headers.ContentDisposition!.FileName!.Trim('"'), StringComparison.Ordinal);
        return text;
    }

    private async Task<Guid> StoreAsync(Centre centre, string activity)
    {
        using var system = await Lrs.AddAsync(site, centre.Id, "all");
        return (await system.StoreAsync(Statements.Of(activity)))[0];
    }
}
