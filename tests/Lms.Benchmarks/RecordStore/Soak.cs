using System.Diagnostics;
using System.Text;

namespace Lms.Benchmarks.RecordStore;

/// <summary>What a busy hub sends in an hour (100 statements a second, and a query for every tenth), sent as fast as the machine takes it.</summary>
internal static class Soak
{
    private const int Statements = 360_000;
    private const int Parts = 12;
    private const int Connections = 16;

    public static async Task RunAsync()
    {
        using var seed = new Seed();
        await using var site = await ServerProcess.SiteAsync(seed.Folder, environment: new() { ["LMS__Lrs__Key"] = StoreClient.Key, ["LMS__Lrs__Secret"] = StoreClient.Secret });
        using var client = new StoreClient(site.Address);
        var clock = Stopwatch.StartNew();
        var resident = new List<long>();
        for (var part = 0; part < Parts; part++)
        {
            var left = Statements / Parts;
            await Task.WhenAll(Enumerable.Range(0, Connections).Select(worker => Task.Run(async () =>
            {
                var random = new RandomStatements(part * 1_000 + worker);
                for (var i = 0; Interlocked.Decrement(ref left) >= 0; i++)
                {
                    await client.PostAsync(Encoding.UTF8.GetBytes(random.One()));
                    if (i % 10 == 0) await client.GetAsync(StoreClient.Queries[random.Next(StoreClient.Queries.Count)].Path(random));
                }
            })));
            resident.Add(site.ResidentBytes);
            Console.WriteLine($"  {(part + 1) * Statements / Parts,9:N0} statements after {clock.Elapsed.TotalMinutes:N1} min: {resident[^1] / 1e6:N0} MB resident");
        }
        Console.WriteLine($"Memory at the end / after a quarter: {(double)resident[^1] / resident[Parts / 4 - 1]:N2} (flat: about 1)");
    }
}
