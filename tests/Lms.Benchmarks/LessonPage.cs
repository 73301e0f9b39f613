namespace Lms.Benchmarks;

/// <summary>The lesson page as a signed-in learner gets it, against the same bytes from a bare Kestrel endpoint.</summary>
internal static class LessonPage
{
    private const int Connections = 16;
    // The runtime compiles what runs often a second time, which takes some ten thousand requests.
    private const int WarmUp = 2;
    private const int Rounds = 3;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(5);

    public static async Task RunAsync()
    {
        using var seed = new Seed();
        var learner = (await seed.LearnersAsync(1))[0];
        var path = await seed.FirstLessonAsync(learner.Enrolment);

        await using var site = await ServerProcess.SiteAsync(seed.Folder);
        using var reader = await Visitor.SignedInAsync(site.Address, Seed.Email(0));
        var (bytes, encoding) = await reader.GetCompressedAsync(path);
        var file = Path.Combine(seed.Folder, $"page.{encoding}");
        await File.WriteAllBytesAsync(file, bytes);
        await using var bare = await ServerProcess.BareAsync(file);
        using var bareReader = new Visitor(bare.Address);
        Console.WriteLine($"One lesson page: {bytes.Length:N0} bytes ({encoding})");

        var ratios = new List<double>();
        for (var round = 0; round < WarmUp + Rounds; round++)
        {
            var (pages, cost) = await MeasureAsync(site, () => reader.GetCompressedAsync(path));
            var (bound, bareCost) = await MeasureAsync(bare, () => bareReader.GetCompressedAsync("/"));
            if (round < WarmUp) continue;
            ratios.Add(pages.PerSecond / bound.PerSecond);
            Console.WriteLine($"  site {pages}   {cost,4:N0} µs of the server's processor time each\n  bare {bound}   {bareCost,4:N0} µs\n  ratio {ratios[^1]:N2}");
        }
        Console.WriteLine($"Lesson page / bare Kestrel: {ratios.Order().ElementAt(Rounds / 2):N2} (aim 0.50)");
    }

    private static async Task<(LoadResult Load, double Microseconds)> MeasureAsync(ServerProcess server, Func<Task> request)
    {
        var before = server.ProcessorTime;
        var load = await Load.RunAsync(Connections, Time, _ => request());
        return (load, (server.ProcessorTime - before).TotalMicroseconds / load.Requests);
    }
}
