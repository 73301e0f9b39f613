namespace Lms.Benchmarks;

/// <summary>Cold start to the first page, and memory idle and with 100 learners reading at once.</summary>
internal static class StartAndMemory
{
    private const int Learners = 100;

    public static async Task RunAsync()
    {
        using var seed = new Seed();
        var learners = await seed.LearnersAsync(Learners);

        var first = await seed.FirstLessonAsync(learners[0].Enrolment);
        var slug = first[(first.LastIndexOf('/') + 1)..];

        var starts = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            await using var start = await ServerProcess.SiteAsync(seed.Folder, "/");
            starts.Add(start.StartedIn.TotalSeconds);
        }
        Console.WriteLine($"Cold start to the first page: {starts.Order().ElementAt(2):N2} s (median of 5; budget 2 s)");

        await using var site = await ServerProcess.SiteAsync(seed.Folder, "/");
        await Task.Delay(TimeSpan.FromSeconds(5));
        Console.WriteLine($"Memory idle: {site.ResidentBytes / 1e6:N0} MB (budget 150 MB)");

        var people = new List<Visitor>();
        for (var i = 0; i < Learners; i++) people.Add(await Visitor.SignedInAsync(site.Address, Seed.Email(i)));
        var most = 0L;
        var load = await Load.RunAsync(Learners, TimeSpan.FromSeconds(15), async person =>
        {
            await people[person].GetCompressedAsync($"/learn/{learners[person].Enrolment}/{slug}");
            if (person == 0) most = Math.Max(most, site.ResidentBytes);
        });
        Console.WriteLine($"{Learners} learners at once: {load}");
        Console.WriteLine($"Memory under that load: {most / 1e6:N0} MB (budget 400 MB)");
        foreach (var person in people) person.Dispose();
    }
}
