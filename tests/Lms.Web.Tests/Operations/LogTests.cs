using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Jobs;
using Lms.Web.Tests.Faults;
using Lms.Web.Tests.Support;
using Lms.Web.Tests.Xapi;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Operations;

/// <summary>
/// Everything personal or secret in this test carries a mark. Whatever happens on the site, no mark is in its log, its metrics, or what it exports of traces, metrics and
/// logs; and yet they say what went wrong.
/// </summary>
public sealed partial class LogTests : IAsyncLifetime
{
    private const string Mark = "zqmark";
    private const string Email = $"{Mark}mail@{Mark}.example", Secret = $"{Mark}secret-of-the-system";

    private readonly TestConsumer _collector = new(), _consumer = new();
    private KillableSite? _site;

    private KillableSite Site => _site!;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _collector.StartAsync();
        await _consumer.StartAsync();
        _consumer.OnPost = _ => Task.FromResult((403, $"{Mark}answer of the consumer"));
        var settings = new Dictionary<string, string?>
        {
            ["LMS:Logs:Format"] = "json",
            ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = new Uri(new Uri(_collector.Address), "/").ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        };
        _site = new KillableSite(settings);
        await Site.WithServicesAsync(AddAsync);
        await Site.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_site is not null) await _site.DisposeAsync();
        await _collector.DisposeAsync();
        await _consumer.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_personal_or_secret_is_logged_measured_or_traced()
    {
        using var ana = new Browser(Site.Address);
        ana.Http.DefaultRequestHeaders.UserAgent.ParseAdd($"{Mark}agent/1.0");
        ana.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.77");
        await LearnAsync(ana);
        await StrangersAsync();
        await SystemsAsync();
        await FailAsync(ana);
        using var visitor = new HttpClient();
        var metrics = await visitor.GetStringAsync(new Uri(Site.Address, "/metrics"), Ct);
        await Task.Delay(2_500, Ct);
        await Site.SignalStopAsync();
        Assert.Equal(0, await Site.ExitAsync(Ct));

        var exported = string.Join('\n', _collector.Requests.Select(r => Encoding.UTF8.GetString(r.Body)));
        AssertTold(Site.Said, exported);
        foreach (var (name, text) in new[] { ("log", Site.Said), ("metrics", metrics), ("export", exported) })
        {
            foreach (var mark in new[] { Mark, "203.0.113.77", TestSite.Password, Convert.ToBase64String(Encoding.UTF8.GetBytes($"key:{Secret}")) })
            {
                var at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
                Assert.True(at < 0, $"The {name} tells: {(at < 0 ? "" : text.Substring(Math.Max(0, at - 300), Math.Min(600, text.Length - Math.Max(0, at - 300))))}");
            }
        }
    }

    [Fact]
    public void What_is_logged_is_of_kinds_that_were_looked_at()
    {
        // Ids, counts, names of this program's own things: a new one is added here once somebody has made sure that it can't be about a person.
        string[] harmless =
        [
            "Job", "Id", "Attempt", "Count", "Credential", "What", "By", "Person", "Program", "Code", "Complaint", "Limit", "KeyId", "Path", "Reason", "Lesson", "Enrolment", "Finding", "Upload",
        ];
        var src = Path.GetFullPath(Path.Combine(Tool.Infra(), "../src/Lms.Web"));
        var named = Directory.EnumerateFiles(src, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Logged().Matches(File.ReadAllText(file)).SelectMany(m => Named().Matches(m.Groups[1].Value).Select(n => (File: Path.GetFileName(file), n.Groups[1].Value)))).ToList();
        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, n => !harmless.Contains(n.Value));
    }

    /// <summary>It is no use that nothing is told if nothing is told.</summary>
    private static void AssertTold(string log, string exported)
    {
        var lines = log.Split('\n').Where(l => l.StartsWith('{')).Select(l => JsonSerializer.Deserialize<JsonElement>(l)).ToList();
        var failures = lines.Where(l => l.TryGetProperty("exception", out _)).ToList();
        Assert.Contains(failures, l => NoTable().IsMatch(l.GetProperty("stack").GetString()!));
        Assert.Contains(failures, l => l.GetProperty("message").GetString()!.StartsWith("Job IssueCertificate", StringComparison.Ordinal));
        Assert.All(failures.Where(l => l.GetProperty("category").GetString()!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)), l => Assert.Equal(32, l.GetProperty("trace_id").GetString()!.Length));
        foreach (var told in new[] { "commit statements", "forward statements", "job IssueCertificate", "POST /xapi/statements", "seedlot.signins", "http.server.request.duration", "seedlot.jobs.pending", "learn/{EnrolmentId:guid}" })
            Assert.True(exported.Contains(told, StringComparison.OrdinalIgnoreCase), $"The export does not tell of {told}.");
    }

    private static async Task AddAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<LmsDbContext>();
        var hub = await db.Centres.FirstAsync(c => c.Kind == CentreKind.Hub);
        await services.GetRequiredService<LrsCredentials>().EnsureAsync("key", Secret, hub.Id, Ct);
        var person = new Person { Name = $"{Mark} Lima", UserName = Email, Email = Email, EmailConfirmed = true, CentreId = hub.Id, CreatedAt = DateTime.UtcNow };
        Assert.True((await services.GetRequiredService<UserManager<Person>>().CreateAsync(person, TestSite.Password)).Succeeded);
        db.Add(new OutboxMessage { Job = "IssueCertificate", Payload = $$"""{"EnrolmentId":"{{Mark}}payload"}""", CreatedAt = DateTime.UtcNow, DueAt = DateTime.UtcNow });
        await db.SaveChangesAsync();
    }

    private static async Task LearnAsync(Browser ana)
    {
        (await ana.SubmitAsync("/account/sign-in", new() { ["Input.Email"] = Email, ["Input.Password"] = $"{Mark}wrong password" })).Dispose();
        using (var signedIn = await ana.SubmitAsync("/account/sign-in", new() { ["Input.Email"] = Email, ["Input.Password"] = TestSite.Password })) Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        await ana.PageAsync($"/?q={Mark}search");
        var enrolment = await Learning.LearningSite.EnrolAsync(ana, "hygiene");
        (await ana.SubmitAsync($"/learn/{enrolment}/hands", new() { ["a"] = "0" }, action: "#q-hands-k1")).Dispose();
        (await ana.SubmitAsync($"/learn/{enrolment}/hands", action: "handler=Complete")).Dispose();
    }

    private async Task StrangersAsync()
    {
        using var stranger = new Browser(Site.Address);
        foreach (var path in new[]
                 {
                     $"/account/reset/{Guid.NewGuid()}/{Mark}token", $"/account/invitation/{Mark}invitation", $"/verify/{Mark}serial", $"/{Mark}/nothing?name={Mark}", $"/launch/{Mark}ticket",
                     $"/error?{Mark}", $"/language/{Mark}", $"/%zz{Mark}",
                 })
            (await stranger.GetAsync(path)).Dispose();
        (await stranger.PostAsync("/account/register", [new("Input.Name", Mark), new("Input.Email", Email)])).Dispose();
        stranger.Http.DefaultRequestHeaders.Add("Cookie", $"{Mark}={Mark}");
        (await stranger.GetAsync("/learn")).Dispose();
    }

    private async Task SystemsAsync()
    {
        using var lrs = new Lrs(Site.Address, secret: Secret);
        using var made = await lrs.Http.PostAsJsonAsync(new Uri(Site.Address, "/api/v1/statement-consumers"), new
        {
            name = $"{Mark} consumer", kind = "xapi", address = $"{_consumer.Address}/{Mark}hook", authentication = "basic", userName = $"{Mark}user", secret = $"{Mark}password",
        }, Ct);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(Ct));
        var statement = Sample.By(Email, activity: $"https://{Mark}.example/activity", name: $"{Mark} Lima");
        statement["result"] = JsonSerializer.SerializeToNode(new { response = $"{Mark}response" });
        await lrs.SendAsync(statement);
        statement["result"] = JsonSerializer.SerializeToNode(new { response = $"{Mark}other response" });
        (await lrs.PostAsync("statements", statement.ToJsonString())).Expect(409);
        (await lrs.PostAsync("statements", $$"""{"actor":"{{Mark}}"}""")).Expect(400);
        (await lrs.PostAsync("statements", $"{{{Mark}")).Expect(400);
        (await lrs.GetAsync($"statements?{Sample.ByMail(Email)}&nonsense={Mark}")).Expect(400);
        (await lrs.GetAsync($"statements?{Sample.ByMail(Email)}")).Expect(200);
        using var thief = new Lrs(Site.Address, key: $"{Mark}key", secret: $"{Mark}guess");
        (await thief.GetAsync("statements")).Expect(401);
        lrs.Http.DefaultRequestHeaders.Authorization = new("Bearer", $"sl_{Mark}token");
        (await lrs.GetAsync("/api/v1/users")).Expect(401);
        lrs.Http.DefaultRequestHeaders.Authorization = new("Basic", Lrs.Basic("key", Secret));
        using var upload = new MultipartFormDataContent { { new StringContent($"{Mark} content"), "file", $"{Mark}.zip" } };
        (await lrs.SendAsync(HttpMethod.Post, "/api/v1/packages", upload)).Expect(422);
        for (var tries = 0; _consumer.Requests.IsEmpty; tries++)
        {
            Assert.True(tries < 200, "Nothing was sent to the consumer.");
            await Task.Delay(50, Ct);
        }
    }

    /// <summary>A table that is gone: what a person sends then is in the hands of the database when it fails.</summary>
    private async Task FailAsync(Browser ana)
    {
        var page = await ana.PageAsync("/learn");
        var lesson = page.QuerySelector("main a[href*='/learn/']")!.GetAttribute("href")!;
        var enrolment = lesson.Split('/')[2];
        var form = await ana.PageAsync($"/learn/{enrolment}/gowns");
        var token = form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var check = (await ana.PageAsync($"/learn/{enrolment}/hands")).QuerySelectorAll("main form").Select(f => f.GetAttribute("action")).First(a => a!.EndsWith("#q-hands-k1", StringComparison.Ordinal))!;
        await Site.NumberAsync("DROP TABLE \"CheckAnswers\"", Ct);
        using var failed = await ana.PostAsync($"{check.Split('#')[0]}&{Mark}=1", [new("__RequestVerificationToken", token), new("a", $"{Mark}answer")]);
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
    }

    [GeneratedRegex(@"\.Log(?:Trace|Debug|Information|Warning|Error|Critical)\((?:[^""]*?)""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Logged();

    [GeneratedRegex("SQLite Error 1: 'no such table: CheckAnswers'|SQL state 42P01")]
    private static partial Regex NoTable();

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Named();
}
