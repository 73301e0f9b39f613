using System.Globalization;
using System.Net;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Certificates;
using Lms.Web.Tests.Identity;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Shared;

/// <summary>Who asks too often is told when to come again, and nobody else is held up.</summary>
public sealed class LimitTests
{
    private const int Few = 6;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_address_may_not_try_without_end()
    {
        await using var site = await LimitedAsync();
        using var browser = site.Visitor();
        var form = await browser.FieldsAsync("/account/sign-in", ("Input.Email", ""), ("Input.Password", ""));
        // More than a minute's worth at once: however slow the machine, some of them meet the limit of 60 a minute.
        var answers = await Task.WhenAll(Enumerable.Range(0, 130).Select(async _ =>
        {
            using var reply = await browser.PostAsync("/account/sign-in", form);
            return reply.StatusCode;
        }));
        Assert.InRange(answers.Count(a => a == HttpStatusCode.OK), 60, 120);
        Assert.All(answers, a => Assert.True(a is HttpStatusCode.OK or HttpStatusCode.TooManyRequests));
        await browser.PageAsync("/account/sign-in");
    }

    [Fact]
    public async Task Verifying_is_limited_for_each_address()
    {
        await using var site = await LimitedAsync("Verify");
        using var visitor = site.Visitor();
        await MeetsItAsync(() => visitor.GetAsync("/verify"));
        await visitor.PageAsync("/");
    }

    [Fact]
    public async Task Files_of_certificates_are_limited_for_each_person()
    {
        await using var site = await LimitedAsync("Files");
        var ana = await site.AddPersonAsync(name: "Ana Lima");
        var certificate = await site.CertificateAsync(learner: ana);
        using var browser = await site.SignInAsync(ana.Email!);
        using var other = await site.SignedInAsync(Role.Administrator);
        await MeetsItAsync(() => browser.GetAsync($"/certificates/{certificate.Id}.svg"));
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync($"/certificates/{certificate.Id}.svg")).StatusCode);
    }

    [Fact]
    public async Task Pages_are_limited_for_each_person()
    {
        await using var site = await LimitedAsync("Pages");
        using var browser = await site.SignedInAsync();
        using var other = await site.SignedInAsync();
        await MeetsItAsync(() => browser.GetAsync("/learn"));
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await other.GetAsync("/learn")).StatusCode);
    }

    [Theory]
    [InlineData("Api", "/api/v1/courses")]
    [InlineData("Exports", "/api/v1/statements/export")]
    [InlineData("Statements", "/xapi/statements")]
    public async Task Systems_are_limited_for_each_credential(string limit, string path)
    {
        await using var site = await LimitedAsync(limit);
        using var system = await Lrs.AddAsync(site);
        using var other = await Lrs.AddAsync(site);
        await MeetsItAsync(() => system.Http.GetAsync(new Uri(site.Address, path), Ct));
        Assert.Equal(HttpStatusCode.OK, (await other.Http.GetAsync(new Uri(site.Address, path), Ct)).StatusCode);
    }

    [Fact]
    public async Task Packages_are_limited_for_each_system()
    {
        await using var site = await LimitedAsync("Uploads");
        using var system = await Lrs.AddAsync(site);
        await MeetsItAsync(async () =>
        {
            using var content = Lrs.Bytes("no package"u8.ToArray(), "application/zip");
            return await system.Http.PostAsync(new Uri(site.Address, "/api/v1/packages"), content, Ct);
        }, HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("/xapi/statements")]
    [InlineData("/api/v1/courses")]
    public async Task Wrong_credentials_are_limited_for_each_address(string path)
    {
        await using var site = await LimitedAsync("Strangers");
        using var stranger = new Lrs(site.Address, key: "nobody", secret: "guess");
        using var system = await Lrs.AddAsync(site);
        await MeetsItAsync(() => stranger.Http.GetAsync(new Uri(site.Address, path), Ct), HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.OK, (await system.Http.GetAsync(new Uri(site.Address, path), Ct)).StatusCode);
    }

    [Fact]
    public async Task A_limit_that_is_no_number_is_named()
    {
        await using var site = new TestSite(new() { ["LMS:Limits:Api"] = "many" });
        var refused = await Assert.ThrowsAsync<RefusalException>(async () => await site.InitializeAsync());
        Assert.Contains("LMS__Limits__Api", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<TestSite> LimitedAsync(string? limit = null)
    {
        var settings = new Dictionary<string, string?> { ["LMS:Limits:Off"] = "false" };
        if (limit is not null) settings[$"LMS:Limits:{limit}"] = Few.ToString(CultureInfo.InvariantCulture);
        var site = new TestSite(settings);
        await site.InitializeAsync();
        return site;
    }

    /// <summary>Some are answered as they should be, and then one is refused that says when to come again.</summary>
    private static async Task MeetsItAsync(Func<Task<HttpResponseMessage>> ask, HttpStatusCode usual = HttpStatusCode.OK)
    {
        var answered = 0;
        for (var i = 0; i < 3 * Few; i++)
        {
            using var reply = await ask();
            if (reply.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.InRange(reply.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
                Assert.True(answered > 0);
                return;
            }
            Assert.True(reply.StatusCode == usual, $"{reply.StatusCode}: {await reply.Content.ReadAsStringAsync(Ct)}");
            answered++;
        }
        Assert.Fail($"All of {answered} requests were answered.");
    }
}
