namespace Lms.Benchmarks.RecordStore;

/// <summary>Each query with ten thousand statements stored and with a million: a page of an answer should cost the same.</summary>
internal static class Growth
{
    private const int Few = 10_000;
    private const int Many = 1_000_000;
    private const int Times = 200;

    public static async Task RunAsync()
    {
        using var seed = new Seed();
        await using var site = await ServerProcess.SiteAsync(seed.Folder, environment: new() { ["LMS__Lrs__Key"] = StoreClient.Key, ["LMS__Lrs__Secret"] = StoreClient.Secret });
        using var client = new StoreClient(site.Address);
        await client.FillAsync(Few, seed: 1);
        var few = await MeasureAsync(client);
        await client.FillAsync(Many - Few, seed: 2, size: 1_000);
        var many = await MeasureAsync(client);
        foreach (var (name, before) in few)
        {
            var after = many[name];
            Console.WriteLine($"GET 10 {name,-26} median {before.Time.Median.TotalMilliseconds:N2} ms ({before.Bytes / 1e3:N0} kB) with {Few:N0}, {after.Time.Median.TotalMilliseconds:N2} ms ({after.Bytes / 1e3:N0} kB) with {Many:N0}: " +
                $"ratio {after.Time.Median / before.Time.Median:N2} (aim at most 1.3 where it returns no more)");
        }
        Console.WriteLine($"Memory: {site.ResidentBytes / 1e6:N0} MB; database {new FileInfo(Path.Combine(seed.Folder, "seedlot.db")).Length / 1e6:N0} MB");
    }

    // Ten statements: so many each query finds already among ten thousand.
    private static async Task<Dictionary<string, (LoadResult Time, double Bytes)>> MeasureAsync(StoreClient client)
    {
        var results = new Dictionary<string, (LoadResult, double)>();
        foreach (var (name, path) in StoreClient.Queries)
        {
            var random = new RandomStatements(7);
            var bytes = new List<int>();
            await Load.OneByOneAsync(Times, async _ => bytes.Add(await client.GetAsync(path(random), limit: 10)));
            results[name] = (await Load.OneByOneAsync(Times, _ => client.GetAsync(path(random), limit: 10)), bytes.Average());
        }
        return results;
    }
}
