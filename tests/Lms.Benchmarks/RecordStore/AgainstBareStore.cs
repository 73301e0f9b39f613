using System.Text;

namespace Lms.Benchmarks.RecordStore;

/// <summary>The record store against the bare one: 16 connections, 100,000 statements stored, in turn on the same machine.</summary>
internal static class AgainstBareStore
{
    private const int Connections = 16;
    private const int Stored = 100_000;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(8);

    public static async Task RunAsync()
    {
        using var seed = new Seed();
        await using var site = await ServerProcess.SiteAsync(seed.Folder, environment: new() { ["LMS__Lrs__Key"] = StoreClient.Key, ["LMS__Lrs__Secret"] = StoreClient.Secret });
        await using var bare = await ServerProcess.BareStoreAsync(Path.Combine(seed.Folder, "bare.db"));
        using var ours = new StoreClient(site.Address);
        using var bound = new StoreClient(bare.Address);
        foreach (var client in new[] { ours, bound }) await client.FillAsync(Stored, seed: 1);

        await CompareAsync("POST of one", 0.8, (client, random) => client.PostAsync(Encoding.UTF8.GetBytes(random.One())), ours, bound);
        await CompareAsync("POST of 50", 0.7, (client, random) => client.PostAsync(random.Batch(50)), ours, bound);
        foreach (var (name, path) in StoreClient.Queries)
            await CompareAsync($"GET 100 {name}", 0.8, (client, random) => client.GetAsync(path(random)), ours, bound);
        Console.WriteLine($"Memory under that load: {site.ResidentBytes / 1e6:N0} MB (budget 400 MB)");

        var body = new RandomStatements(3).Batch(10_000);
        var before = site.ResidentBytes;
        await ours.PostAsync(body);
        Console.WriteLine($"10,000 statements in one body of {body.Length / 1e6:N0} MB: {(site.ResidentBytes - before) / 1e6:N0} MB more resident");
    }

    private static async Task CompareAsync(string name, double aim, Func<StoreClient, RandomStatements, Task> request, StoreClient ours, StoreClient bound)
    {
        var results = new List<LoadResult>();
        // Twice in turn, so that neither is measured cold, and a busy moment of the machine hits both.
        foreach (var client in new[] { ours, bound, ours, bound })
        {
            var random = Enumerable.Range(0, Connections).Select(i => new RandomStatements(results.Count * 100 + i)).ToList();
            results.Add(await Load.RunAsync(Connections, Time / 2, worker => request(client, random[worker])));
        }
        Console.WriteLine($"{name,-32} {results[2]}   bare {results[3].PerSecond,7:N0}/s   ratio {(results[0].PerSecond + results[2].PerSecond) / (results[1].PerSecond + results[3].PerSecond):N2} (aim {aim:N1})");
    }
}
