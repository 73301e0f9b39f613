using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Identity;

/// <summary>
/// Walks every endpoint of the site as nobody and as every role. Who may use an endpoint is written out below: one that is missing here,
/// or answers somebody else, fails.
/// </summary>
public sealed partial class EndpointTests(TestSite site) : IClassFixture<TestSite>
{
    private static readonly Role[] s_everyRole = Enum.GetValues<Role>();
    private static readonly Role[] s_staff = [Role.Instructor, Role.Assessor, Role.CentreManager, Role.HubManager, Role.Auditor, Role.Administrator];
    private static readonly Role[] s_authors = [Role.Instructor, Role.HubManager, Role.Administrator];
    private static readonly Role[] s_managers = [Role.CentreManager, Role.HubManager, Role.Administrator];
    private static readonly Role[] s_administrators = [Role.Administrator];

    /// <summary>Answers to anybody.</summary>
    private static readonly string[] s_public =
    [
        "", "courses/{slug}", "verify", "verify/{serial}", "files/{name}", "language/{tag}", "error", "status/{code:int}", "health/live", "health/ready",
        "openapi/{documentName}.json", ".well-known/jwks.json", "badges/{serial}", "badges/{serial}/status", "verify/{serial}/badge",
        "account/sign-in", "account/sign-in/two-factor", "account/sign-out", "account/register", "account/forgot-password",
        "account/invitation/{secret}", "account/reset/{id:guid}/{token}",
    ];

    /// <summary>Answers to these roles and to nobody else.</summary>
    private static readonly Dictionary<string, Role[]> s_decisions = new()
    {
        ["account"] = s_everyRole,
        ["account/security"] = s_everyRole,
        ["account/tokens"] = s_everyRole,
        ["admin/people"] = s_managers,
        ["admin/people/{id:guid}"] = s_managers,
        ["admin/people/invitations"] = s_managers,
        ["admin/people/import"] = s_managers,
        ["admin/centres"] = s_managers,
        ["admin/centres/{slug}"] = s_managers,
        ["admin/centres/new"] = s_administrators,
        ["admin/jobs"] = s_administrators,
        ["api/v1/users/"] = s_managers,
        ["api/v1/users/import"] = s_managers,
        ["teach"] = s_staff,
        ["teach/content"] = s_authors,
        ["teach/{slug}/learners"] = s_staff,
        ["teach/{slug}/items"] = s_staff,
    };

    [Fact]
    public void Every_endpoint_has_a_decision_about_who_may_use_it()
    {
        var undecided = Patterns().Where(p => !s_public.Contains(p) && !s_decisions.ContainsKey(p)).Distinct().Order().ToList();
        Assert.True(undecided.Count == 0, $"Decide who may use these, here in EndpointTests:\n{string.Join('\n', undecided)}");
    }

    [Fact]
    public async Task Nobody_is_answered_only_by_what_is_public()
    {
        using var visitor = site.Visitor();
        List<string> wrong = [];
        foreach (var (method, pattern) in Requests())
        {
            var status = await StatusAsync(visitor, method, pattern);
            if (IsRefused(status, pattern) == s_public.Contains(pattern)) wrong.Add($"{method} {pattern}: {status}");
        }
        Assert.Empty(wrong);
    }

    public static TheoryData<Role> Roles() => [.. s_everyRole];

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task A_role_is_answered_only_where_it_was_decided(Role role)
    {
        var centre = await site.AddCentreAsync();
        using var browser = await site.SignedInAsync(role, centre.Id);
        var token = await site.RunAsync(async s => (await s.GetRequiredService<ApiTokens>().CreateAsync(browser.PersonId, "walk", 30, default)).Token);
        List<string> wrong = [];
        foreach (var (method, pattern) in Requests())
        {
            var isApi = pattern.StartsWith("api/", StringComparison.Ordinal);
            var status = await StatusAsync(browser, method, pattern, isApi ? token : null);
            var may = s_public.Contains(pattern) || s_decisions.GetValueOrDefault(pattern, []).Contains(role);
            if (IsRefused(status, pattern) == may) wrong.Add($"{method} {pattern}: {status}");
            if (isApi && (await StatusAsync(browser, method, pattern)).Code != HttpStatusCode.Unauthorized) wrong.Add($"{method} {pattern} takes a cookie");
        }
        Assert.Empty(wrong);
    }

    private static bool IsRefused((HttpStatusCode Code, string Location) answer, string pattern) =>
        answer.Code is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        || (answer.Location.Contains("/account/sign-in", StringComparison.Ordinal) && pattern != "account/sign-in/two-factor")
        || answer.Location.Contains("/status/403", StringComparison.Ordinal);

    private static async Task<(HttpStatusCode Code, string Location)> StatusAsync(Browser browser, string method, string pattern, string? token = null)
    {
        // The code of a page that shows a refusal is no refusal.
        var path = Parameter().Replace(pattern, m => m.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.NewGuid().ToString() : m.Value.Contains(":int", StringComparison.Ordinal) ? "404" : "nothing");
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"/{path}", UriKind.Relative));
        if (method == "POST") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        using var reply = await browser.Http.SendAsync(request);
        return (reply.StatusCode, reply.Headers.Location?.OriginalString ?? "");
    }

    private IEnumerable<(string Method, string Pattern)> Requests() =>
        Endpoints().SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => (m, Pattern(e)))).Distinct();

    private IEnumerable<string> Patterns() => Endpoints().Select(Pattern);

    private static string Pattern(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.TrimStart('/');

    /// <summary>All but the files of wwwroot, which are public.</summary>
    private IEnumerable<RouteEndpoint> Endpoints() => site.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
