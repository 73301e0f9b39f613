using System.Text;
using System.Text.Json;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Xapi;

/// <summary>A long export. It runs while no other test does, since it watches the memory of the process.</summary>
[CollectionDefinition(nameof(LongExportTests), DisableParallelization = true)]
[Collection(nameof(LongExportTests))]
public sealed class LongExportTests(TestSite site) : IClassFixture<TestSite>
{
    private const string Export = "/api/v1/statements/export";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_thousand_take_no_more_memory_and_a_broken_download_goes_on_without_loss_or_doubling()
    {
        using var system = await Lrs.AddAsync(site, (await site.AddCentreAsync()).Id, "all");
        var filler = $$""","result":{"response":"{{new string('x', 600)}}"}""";
        var ids = new List<Guid>();
        for (var i = 0; i < 25; i++) ids.AddRange(await system.StoreAsync(Enumerable.Repeat(Statements.Of("http://example.org/a", more: filler), 2_000)));

        foreach (var format in new[] { "jsonl", "csv", "parquet" })
        {
            var (bytes, growth) = await MeasureAsync(system, $"{Export}?format={format}");
            TestContext.Current.SendDiagnosticMessage($"{format}: {bytes / 1e6:0.0} MB, {growth / 1e6:0.0} MB more memory at the most");
            Assert.True(growth < 24_000_000, $"{format}: {growth} bytes more for {bytes}");
        }

        var received = new List<Guid>();
        for (var since = ""; received.Count < ids.Count;)
        {
            var part = await BrokenAsync(system, $"{Export}{since}", received.Count < 40_000 ? 9_000_000 : int.MaxValue);
            var whole = part[..(part.LastIndexOf('\n') + 1)];
            received.AddRange(ExportTests.Ids(whole));
            since = $"?since={JsonSerializer.Deserialize<JsonElement>(whole.Split('\n')[^2]).GetProperty("stored").GetString()}";
        }
        Assert.Equal(ids, received);
    }

    /// <summary>Reads the whole answer and keeps nothing of it: how long it was, and how much more memory lived meanwhile.</summary>
    private static async Task<(long Bytes, long Growth)> MeasureAsync(Lrs system, string path)
    {
        using var reply = await system.OpenAsync("GET", path);
        await using var body = await reply.Content.ReadAsStreamAsync(Ct);
        var buffer = new byte[64 * 1024];
        var (bytes, before, most, next) = (0L, GC.GetTotalMemory(forceFullCollection: true), 0L, 0L);
        for (int read; (read = await body.ReadAsync(buffer, Ct)) > 0;)
        {
            bytes += read;
            if (bytes < next) continue;
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            next = bytes + 8_000_000;
        }
        return (bytes, most - before);
    }

    /// <summary>The first octets of an answer, at whichever the connection breaks.</summary>
    private static async Task<string> BrokenAsync(Lrs system, string path, int most)
    {
        using var reply = await system.OpenAsync("GET", path);
        await using var body = await reply.Content.ReadAsStreamAsync(Ct);
        using var kept = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; kept.Length < most && (read = await body.ReadAsync(buffer, Ct)) > 0;) kept.Write(buffer, 0, read);
        return Encoding.UTF8.GetString(kept.ToArray());
    }
}
