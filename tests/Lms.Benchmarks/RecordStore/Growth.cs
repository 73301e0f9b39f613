using System.Diagnostics;

namespace Lms.Benchmarks.RecordStore;

/// <summary>Each query with few statements stored and with many: a page of an answer should cost the same.</summary>
internal static class Growth
{
    private const int Times = 200;
    // Above this, the statements that are there are multiplied within the database, where that can be done.
    private const int MostSent = 100_000;

    /// <summary>On the database that the settings name, SQLite in a new folder by default.</summary>
    public static Task RunAsync() => RunAsync([10_000, 1_000_000], new(), copies: null);

    /// <summary>To ten million, in a PostgreSQL database that is there and empty.</summary>
    public static async Task OnPostgreSqlAsync()
    {
        if (Environment.GetEnvironmentVariable(StatementCopies.Setting) is not { Length: > 0 } connection)
        {
            Console.WriteLine($"Left out: name an empty database of PostgreSQL in {StatementCopies.Setting} (25 GB free, half an hour).");
            return;
        }
        await RunAsync([10_000, MostSent, 1_000_000, 10_000_000], new() { ["LMS__Database__Provider"] = "PostgreSql" }, new StatementCopies(connection));
    }

    private static async Task RunAsync(int[] sizes, Dictionary<string, string> environment, StatementCopies? copies)
    {
        using var seed = new Seed();
        (environment["LMS__Lrs__Key"], environment["LMS__Lrs__Secret"]) = (StoreClient.Key, StoreClient.Secret);
        await using var site = await ServerProcess.SiteAsync(seed.Folder, environment: environment);
        using var client = new StoreClient(site.Address);
        var results = new List<Dictionary<string, Measured>>();
        var stored = 0;
        foreach (var (place, size) in sizes.Index())
        {
            if (copies is not null && size > MostSent) await copies.MultiplyAsync(size / stored);
            else await client.FillAsync(size - stored, seed: place, size: 1_000);
            stored = size;
            results.Add(await MeasureAsync(client));
        }
        foreach (var (name, few) in results[0])
        {
            Console.WriteLine($"{name,-32}{string.Concat(results.Zip(sizes, (r, size) => $"  {r[name].Time.Median.TotalMilliseconds,6:N2} ms, p95 {r[name].Time.P95.TotalMilliseconds,6:N2} ({r[name].Bytes / 1e3,3:N0} kB) with {size,10:N0};"))}" +
                $"  ratio of the last to the first {results[^1][name].Time.Median / few.Time.Median:N2} (aim at most 1.3 where it returns no more)");
        }
        Console.WriteLine($"Memory of the program: {site.ResidentBytes / 1e6:N0} MB");
        if (copies is not null) await copies.PrintSizesAsync(stored);
        else Console.WriteLine($"Database: {new FileInfo(Path.Combine(seed.Folder, "seedlot.db")).Length / 1e6:N0} MB");
    }

    // Ten statements: so many each query finds already among ten thousand.
    private static async Task<Dictionary<string, Measured>> MeasureAsync(StoreClient client)
    {
        var results = new Dictionary<string, Measured>();
        foreach (var (name, path) in StoreClient.Queries)
        {
            var random = new RandomStatements(7);
            var bytes = new List<int>();
            await Load.OneByOneAsync(Times, async _ => bytes.Add(await client.GetAsync(path(random), limit: 10)));
            results[$"GET 10 {name}"] = new(await Load.OneByOneAsync(Times, _ => client.GetAsync(path(random), limit: 10)), bytes.Average());
        }
        var sent = new RandomStatements((int)(Stopwatch.GetTimestamp() & 0xFFFF));
        results["POST of one"] = new(await Load.OneByOneAsync(Times, _ => client.PostAsync(sent.Batch(1))), 0);
        results["POST of fifty"] = new(await Load.OneByOneAsync(Times / 4, _ => client.PostAsync(sent.Batch(50))), 0);
        return results;
    }

    private sealed record Measured(LoadResult Time, double Bytes);
}
