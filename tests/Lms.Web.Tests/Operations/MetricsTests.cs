using System.Text.RegularExpressions;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Certificates;
using Lms.Web.Tests.Support;
using Lms.Web.Tests.Xapi;

namespace Lms.Web.Tests.Operations;

/// <summary>What Prometheus reads, the dashboards that draw it, and the alerts that follow from it.</summary>
public sealed partial class MetricsTests(ConsumerSite consumers) : IClassFixture<ConsumerSite>
{
    private TestSite Site => consumers.Site;

    [Fact]
    public async Task Promtool_finds_nothing_to_mend()
    {
        Tool.Need("promtool");
        var said = await Tool.RunAsync("promtool", ["check", "metrics"], await BusyAsync());
        Assert.Equal("", said.Trim());
    }

    [Fact]
    public async Task Routes_are_told_as_templates_and_never_as_addresses()
    {
        var metrics = await BusyAsync();
        Assert.Contains("http_request_method=\"GET\",http_route=\"/certificates/{id:guid}.svg\",http_response_status_code=\"200\"", metrics, StringComparison.Ordinal);
        Assert.Contains("http_route=\"{*path}\",http_response_status_code=\"404\"", metrics, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"[0-9a-f]{8}-[0-9a-f]{4}-", metrics);
        Assert.DoesNotContain("no-such", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_asked_the_text_does_not_grow()
    {
        using var visitor = Site.Visitor();
        await AskAsync();
        var before = await RequestSeriesAsync();
        for (var i = 0; i < 50; i++) await AskAsync();
        Assert.InRange(await RequestSeriesAsync(), 0, before + 40);

        // Those of requests: others, such as the database's, come and go by themselves.
        async Task<int> RequestSeriesAsync() => (await MetricsAsync()).Split('\n').Count(line => line.StartsWith("http_server", StringComparison.Ordinal));

        async Task AskAsync()
        {
            using var request = new HttpRequestMessage(new HttpMethod($"M{Guid.NewGuid():N}"), $"/no-such/{Guid.NewGuid()}?q={Guid.NewGuid()}");
            request.Headers.UserAgent.ParseAdd($"agent/{Random.Shared.Next()}");
            using var reply = await visitor.Http.SendAsync(request);
        }
    }

    [Fact]
    public async Task Dashboards_and_alerts_speak_only_of_what_the_program_exports()
    {
        var exported = Exported().Matches(await BusyAsync()).Select(m => m.Groups[1].Value).ToHashSet();
        // Prometheus's own, of each target and of alerts.
        exported.UnionWith(["up", "ALERTS"]);
        var files = Directory.EnumerateFiles(Path.Combine(Tool.Infra(), "grafana"), "*.json").Append(Path.Combine(Tool.Infra(), "prometheus", "alerts.yaml")).ToList();
        Assert.Equal(5, files.Count);
        foreach (var file in files)
        {
            var named = Expressions().Matches(await File.ReadAllTextAsync(file, Ct)).SelectMany(e => Named().Matches(Labels().Replace(e.Value, ""))).Select(m => Suffix().Replace(m.Value, "")).Distinct().ToList();
            Assert.NotEmpty(named);
            var missing = named.Where(n => !exported.Contains(n)).ToList();
            Assert.True(missing.Count == 0, $"{Path.GetFileName(file)} names what is not exported: {string.Join(", ", missing)}. Exported: {string.Join(", ", exported.Order())}");
        }
    }

    [Fact]
    public async Task Alerts_are_rules_that_fire_when_they_should()
    {
        Tool.Need("promtool");
        var folder = Path.Combine(Tool.Infra(), "prometheus");
        await Tool.RunAsync("promtool", ["check", "rules", "alerts.yaml"], folder: folder);
        await Tool.RunAsync("promtool", ["test", "rules", "alerts_test.yaml"], folder: folder);
    }

    [Fact]
    public async Task Each_alert_says_what_to_do_and_is_tested()
    {
        var rules = await File.ReadAllTextAsync(Path.Combine(Tool.Infra(), "prometheus", "alerts.yaml"), Ct);
        var tests = await File.ReadAllTextAsync(Path.Combine(Tool.Infra(), "prometheus", "alerts_test.yaml"), Ct);
        var names = Regex.Matches(rules, @"- alert: (\w+)").Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(names.Count, Regex.Count(rules, "runbook: "));
        Assert.All(names, name => Assert.Contains($"alertname: {name}", tests, StringComparison.Ordinal));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The metrics after a bit of everything.</summary>
    private async Task<string> BusyAsync()
    {
        var sender = await consumers.SenderAsync();
        await using var consumer = await TestConsumer.StartedAsync();
        consumer.OnPost = received => Task.FromResult((received.Ids.Count > 0 ? 400 : 200, "no"));
        await sender.AddAsync(consumer);
        await sender.PostAsync(SendingSystem.Statement());
        var ana = await Site.AddPersonAsync(Role.Administrator);
        using var browser = await Site.SignInAsync(ana.Email!);
        var certificate = await Site.CertificateAsync(learner: ana);
        (await browser.GetAsync($"/certificates/{certificate.Id}.svg")).Dispose();
        (await browser.GetAsync($"/no-such/{Guid.NewGuid()}")).Dispose();
        using var wrong = Site.Visitor();
        (await wrong.SubmitAsync("/account/sign-in", new() { ["Input.Email"] = "no-such@example.org", ["Input.Password"] = "no-such" })).Dispose();
        using var system = await Lrs.AddAsync(Site);
        using var nothing = Lrs.Bytes("no package"u8.ToArray(), "application/zip");
        (await system.Http.PostAsync(new Uri(Site.Address, "/api/v1/packages"), nothing, Ct)).Dispose();
        for (var tries = 0; tries < 100; tries++)
        {
            if (Regex.IsMatch(await MetricsAsync(), "\nseedlot_deliveries_refused_total")) break;
            await Task.Delay(100, Ct);
        }
        await Task.Delay(3_100, Ct); // Gauges are read once in three seconds at most.
        return await MetricsAsync();
    }

    private async Task<string> MetricsAsync()
    {
        using var visitor = Site.Visitor();
        return await visitor.Http.GetStringAsync(new Uri(Site.Address, "/metrics"), Ct);
    }

    [GeneratedRegex("^# TYPE ([a-z0-9_]+) ", RegexOptions.Multiline)]
    private static partial Regex Exported();

    [GeneratedRegex(@"(""expr"": ""(\\.|[^""\\])*""|^ *expr: .*(\n {10,}.*)*)", RegexOptions.Multiline)]
    private static partial Regex Expressions();

    [GeneratedRegex(@"\b(seedlot|http|dotnet|process|kestrel)_[a-z0-9_]+|\bup\b")]
    private static partial Regex Named();

    // What stands in braces and in by () or on () are labels.
    [GeneratedRegex(@"\{[^}]*\}|\b(by|on|without|ignoring|group_left|group_right) ?\([^)]*\)")]
    private static partial Regex Labels();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();
}
