using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Lms.Web.Features.Packages;
using Lms.Web.Features.Scorm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Lms.Benchmarks;

/// <summary>SCORM: the round trip of a commit against a bare insert of its row, 200 learners who commit every five seconds, and opening a course of 500 activities.</summary>
internal static class ScormCommits
{
    private const int Commits = 400, Crowd = 200, Rounds = 6, Activities = 500;

    public static async Task RunAsync()
    {
        using var seed = new Seed();
        var (small, large) = await seed.WithSiteAsync(async services =>
        {
            var (db, import) = (services.GetRequiredService<LmsDbContext>(), services.GetRequiredService<PackageUploads>());
            var centre = await db.Centres.Where(c => c.Kind == CentreKind.Hub).Select(c => c.Id).SingleAsync();
            return (await ImportAsync(import, Package(3), centre), await ImportAsync(import, Package(Activities), centre));
        });
        var windows = await seed.WithSiteAsync(services => LaunchAsync(services, small, Crowd + 1));
        var openings = await seed.WithSiteAsync(services => LaunchAsync(services, large, 10));

        await using (var site = await ServerProcess.SiteAsync(seed.Folder))
        {
            using var http = new HttpClient { BaseAddress = site.Address };
            var single = await TimesAsync(http, windows[0], Commits);
            Console.WriteLine($"A commit, round trip: p50 {At(single, .5):N1} ms, p95 {At(single, .95):N1} ms");
            var bare = await BareInsertsAsync(seed.Folder);
            Console.WriteLine($"A bare insert of its row: p50 {At(bare, .5):N1} ms, p95 {At(bare, .95):N1} ms");
            Console.WriteLine($"Commit / bare insert, p95: {At(single, .95) / At(bare, .95):N2} (budget 3)");

            var crowd = (await Task.WhenAll(windows.Skip(1).Select((w, i) => CommitInTurnAsync(http, w, TimeSpan.FromMilliseconds(5_000.0 * i / Crowd))))).SelectMany(t => t).ToList();
            Console.WriteLine($"{Crowd} learners, a commit each 5 s: p50 {At(crowd, .5):N1} ms, p95 {At(crowd, .95):N1} ms, {crowd.Count} commits, no error");

            List<double> opened = [];
            foreach (var window in openings) opened.Add(await OpenAsync(http, window));
            Console.WriteLine($"Opening a course of {Activities} activities: first {opened[0]:N0} ms, then p50 {At(opened.Skip(1), .5):N0} ms (budget 300 ms)");
        }
    }

    private sealed record Window(string Host, string Path, string Token)
    {
        public int Session { get; set; }
        public int Delivery { get; set; }
    }

    private static async Task<List<double>> TimesAsync(HttpClient http, Window window, int count)
    {
        await OpenAsync(http, window);
        List<double> times = [];
        for (var i = 1; i <= count; i++) times.Add(await CommitAsync(http, window, i));
        return times;
    }

    private static async Task<List<double>> CommitInTurnAsync(HttpClient http, Window window, TimeSpan first)
    {
        await Task.Delay(first);
        await OpenAsync(http, window);
        List<double> times = [];
        for (var i = 1; i <= Rounds; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(5));
            times.Add(await CommitAsync(http, window, i));
        }
        return times;
    }

    private static async Task<double> OpenAsync(HttpClient http, Window window)
    {
        var (took, reply) = await PostAsync(http, window, "open", new { start = "auto" });
        window.Session = reply.GetProperty("session").GetInt32();
        if (reply.TryGetProperty("delivery", out var delivery)) window.Delivery = delivery.GetProperty("number").GetInt32();
        return took;
    }

    private static async Task<double> CommitAsync(HttpClient http, Window window, int sequence) => (await PostAsync(http, window, "commit", new { commits = new[] { Commit(window, sequence) } })).Took;

    // What a page of a course says as a rule: where one is, and what it keeps.
    private static object Commit(Window window, int sequence) => new
    {
        session = window.Session, sequence, delivery = window.Delivery, at = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), initialized = sequence == 1,
        changes = new Dictionary<string, string> { ["cmi.location"] = $"page {sequence}", ["cmi.suspend_data"] = new string('x', 800), ["cmi.session_time"] = $"PT{sequence}S" },
        calls = Array.Empty<object>(),
    };

    private static async Task<(double Took, JsonElement Reply)> PostAsync(HttpClient http, Window window, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(window.Path + path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        request.Headers.Host = $"{window.Host}:{http.BaseAddress!.Port}";
        request.Headers.Add("X-Attempt", window.Token);
        var clock = Stopwatch.StartNew();
        using var reply = await http.SendAsync(request);
        var text = await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        return (clock.Elapsed.TotalMilliseconds, JsonDocument.Parse(text).RootElement);
    }

    private static async Task<List<Window>> LaunchAsync(IServiceProvider services, Guid package, int count)
    {
        var (launches, origin, db) = (services.GetRequiredService<Launches>(), services.GetRequiredService<PackageOrigin>(), services.GetRequiredService<LmsDbContext>());
        List<Window> windows = [];
        for (var i = 0; i < count; i++)
        {
            var actor = JsonSerializer.Serialize(new { account = new { homePage = "https://hr.example.org", name = $"learner-{i}" }, name = "Ana Lima" });
            var ready = (LaunchOutcome.Ready)await launches.LaunchAsync(package, new LaunchWish(actor, null, null, LaunchMode.Normal, LaunchStart.Auto, null), default);
            var play = (await launches.UseAsync(ready.Path[(ready.Path.LastIndexOf('/') + 1)..], default))!;
            var version = await db.PackageRegistrations.Where(r => r.Id == ready.Registration).Select(r => r.PackageVersionId).SingleAsync();
            windows.Add(new Window($"{version:n}.packages.localhost", $"/{origin.Token(version, ready.Registration)}/_player/", play[(play.LastIndexOf('/') + 1)..]));
        }
        return windows;
    }

    private static async Task<Guid> ImportAsync(PackageUploads uploads, byte[] zip, Guid centre)
    {
        using var upload = new MemoryStream(zip);
        return ((ImportOutcome.Imported)await uploads.ImportNowAsync(upload, centre, null, new ImportSettings(), default)).Package.Id;
    }

    private static byte[] Package(int activities)
    {
        var items = string.Concat(Enumerable.Range(1, activities).Select(i => string.Create(CultureInfo.InvariantCulture, $"""<item identifier="a{i}" identifierref="r"><title>Part {i}</title></item>""")));
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "imsmanifest.xml", $"""
                <manifest identifier="m{activities}" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
                <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
                <organizations default="o"><organization identifier="o"><title>Course of {activities}</title>{items}<imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing></organization></organizations>
                <resources><resource identifier="r" type="webcontent" adlcp:scormType="sco" href="a.html"><file href="a.html"/></resource></resources></manifest>
                """);
            Write(zip, "a.html", "<!doctype html><title>Part</title>");
        }
        return bytes.ToArray();
    }

    private static void Write(ZipArchive zip, string path, string text)
    {
        using var file = zip.CreateEntry(path).Open();
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The row of a commit, one transaction each, into a database of its own on the same disk.</summary>
    private static async Task<List<double>> BareInsertsAsync(string folder)
    {
        var data = new DataFolder(Directory.CreateDirectory(Path.Combine(folder, "bare")).FullName);
        await using var provider = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddSingleton<Lms.Web.Jobs.OutboxSignal>().AddData(new ConfigurationBuilder().Build(), data).BuildServiceProvider();
        await provider.MigrateAsync(default);
        List<double> times = [];
        for (var i = 1; i <= Commits; i++)
        {
            var clock = Stopwatch.StartNew();
            await using var scope = provider.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
            db.Add(new ScormCommit
            {
                AttemptId = Guid.Empty, Session = 1, Sequence = i, CentreId = Guid.Empty, ActivityId = "a1", At = DateTime.UtcNow, DeviceAt = DateTime.UtcNow, Outcome = ScormCommitOutcome.Applied,
                Changes = JsonSerializer.Serialize(new Dictionary<string, string> { ["cmi.location"] = $"page {i}", ["cmi.suspend_data"] = new string('x', 800), ["cmi.session_time"] = $"PT{i}S" }), Calls = "[]",
            });
            await db.SaveChangesAsync();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }
        return times;
    }

    private static double At(IEnumerable<double> times, double share)
    {
        var ordered = times.Order().ToList();
        return ordered[(int)(share * (ordered.Count - 1))];
    }
}
