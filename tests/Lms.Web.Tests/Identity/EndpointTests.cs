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
    private static readonly Role[] s_keepers = [Role.Instructor, Role.CentreManager, Role.HubManager, Role.Administrator];
    private static readonly Role[] s_managers = [Role.CentreManager, Role.HubManager, Role.Administrator];
    private static readonly Role[] s_administrators = [Role.Administrator];

    /// <summary>Answers to anybody.</summary>
    private static readonly string[] s_public =
    [
        "", "courses/{slug}", "verify/{serial?}", "verify/{serial}/badge.png", "verify/{serial}/preview.png", "files/{name}", "{*path}", "language/{tag}", "error", "status/{code:int}", "health/live", "health/ready", "metrics",
        "openapi/{documentName}.json", ".well-known/jwks.json", "badges/keys/{keyId}", "badges/issuer", "badges/achievements/{slug}/{number}", "badges/status",
        "xapi/about", "xapi/{*path}", "account/sign-in", "account/sign-in/two-factor", "account/sign-out", "account/register", "account/forgot-password",
        "packages/launch/{token}", "packages/launch-used", "packages/play/{token}", "packages/units/{token}", "packages/units/{token}/{unit:int}", "cmi5/fetch/{secret}", "account/invitation/{secret}", "account/reset/{id:guid}/{token}",
    ];

    /// <summary>Answers to these roles and to nobody else. What a row shows to whom is each feature's own test.</summary>
    private static readonly Dictionary<string, Role[]> s_decisions = new()
    {
        ["account"] = s_everyRole,
        ["account/security"] = s_everyRole,
        ["account/tokens"] = s_everyRole,
        ["learn"] = s_everyRole,
        ["learn/enrol/{slug}"] = s_everyRole,
        ["learn/{enrolmentId:guid}"] = s_everyRole,
        ["learn/{enrolmentId:guid}/done"] = s_everyRole,
        ["learn/{enrolmentId:guid}/{slug}"] = s_everyRole,
        ["learn/{enrolmentId:guid}/assessment"] = s_everyRole,
        ["learn/{enrolmentId:guid}/assessment/{attemptId:guid}/result"] = s_everyRole,
        ["learn/{enrolmentId:guid}/assessment/{attemptId:guid}/review"] = s_everyRole,
        ["learn/{enrolmentId:guid}/assessment/{attemptId:guid}/save"] = s_everyRole,
        ["learn/{enrolmentId:guid}/assessment/{attemptId:guid}/{position:int}"] = s_everyRole,
        ["transcript/{personId:guid?}"] = s_everyRole,
        ["certificates"] = s_everyRole,
        ["certificates/{id:guid}"] = s_everyRole,
        ["certificates/{id:guid}.svg"] = s_everyRole,
        ["certificates/{id:guid}.pdf"] = s_everyRole,
        ["certificates/{id:guid}/badge"] = s_everyRole,
        ["certificates/of/{enrolmentId:guid}"] = s_everyRole,
        ["api/v1/courses/"] = s_everyRole,
        ["api/v1/enrolments/"] = s_everyRole,
        ["api/v1/certificates/"] = s_everyRole,
        ["api/v1/certificates/{id:guid}"] = s_everyRole,
        ["teach"] = s_staff,
        ["teach/{slug}"] = s_staff,
        ["teach/{slug}/items/{item?}"] = s_staff,
        ["teach/{slug}/preview/{lesson?}"] = s_staff,
        ["statements"] = s_staff,
        ["statements/charts"] = s_staff,
        ["statements/{id:guid}"] = s_staff,
        ["statements/{id:guid}/attachments/{sha2}"] = s_staff,
        ["statements/activities/{id:long}"] = s_staff,
        ["statements/agents/{id:long}"] = s_staff,
        ["statements/erase/{id:long}"] = s_managers,
        ["statements/privacy"] = s_managers,
        ["packages"] = s_staff,
        ["packages/{id:guid}"] = s_staff,
        ["packages/{id:guid}/registrations"] = s_staff,
        ["packages/registrations/{id:guid}"] = s_staff,
        ["packages/{id:guid}/versions/{number:int}"] = s_staff,
        ["packages/{id:guid}/versions/{number:int}/files"] = s_staff,
        ["packages/registrations/{id:guid}/units"] = s_staff,
        ["packages/new"] = s_keepers,
        ["packages/import/{id:guid}"] = s_keepers,
        ["packages/uploads/"] = s_keepers,
        ["packages/uploads/form"] = s_keepers,
        ["packages/uploads/{id:guid}"] = s_keepers,
        ["packages/uploads/{id:guid}/progress"] = s_keepers,
        ["packages/open/{enrolmentId:guid}"] = s_everyRole,
        ["api/v1/packages/"] = s_keepers,
        ["api/v1/packages/{id:guid}"] = s_keepers,
        ["api/v1/packages/{id:guid}/versions"] = s_keepers,
        ["api/v1/packages/{id:guid}/launch"] = s_keepers,
        ["api/v1/registrations/{registration:guid}"] = s_staff,
        ["api/v1/registrations/{registration:guid}/waive"] = s_keepers,
        ["api/v1/registrations/{registration:guid}/abandon"] = s_keepers,
        ["teach/content"] = s_authors,
        ["teach/{slug}/export"] = s_authors,
        ["api/v1/courses/{id}/package"] = s_authors,
        ["admin/people"] = s_managers,
        ["admin/people/{id:guid}"] = s_managers,
        ["admin/people/invitations"] = s_managers,
        ["admin/people/import"] = s_managers,
        ["admin/centres"] = s_managers,
        ["admin/centres/{slug}"] = s_managers,
        ["admin/certificates"] = s_managers,
        ["admin/certificates/{id:guid}"] = s_managers,
        ["admin/credentials"] = s_managers,
        ["admin/credentials/new"] = s_managers,
        ["admin/credentials/{id:guid}"] = s_managers,
        ["admin/consumers"] = s_managers,
        ["admin/consumers/new"] = s_managers,
        ["admin/consumers/{id:guid}"] = s_managers,
        ["admin/consumers/{id:guid}/dead-letters"] = s_managers,
        ["api/v1/statement-consumers/"] = s_managers,
        ["api/v1/statement-consumers/{id:guid}"] = s_managers,
        ["api/v1/statement-consumers/{id:guid}/replay"] = s_managers,
        ["api/v1/statement-consumers/{id:guid}/dead-letters"] = s_managers,
        ["api/v1/statement-consumers/{id:guid}/dead-letters/{sequence:long}/retry"] = s_managers,
        ["api/v1/statement-consumers/{id:guid}/dead-letters/{sequence:long}/drop"] = s_managers,
        ["admin/centres/new"] = s_administrators,
        ["admin/jobs"] = s_administrators,
        ["api/v1/users/"] = s_managers,
        ["api/v1/users/import"] = s_managers,
        ["api/v1/credentials/"] = s_managers,
        ["api/v1/credentials/{id:guid}/rotate"] = s_managers,
        ["api/v1/credentials/{id:guid}/revoke"] = s_managers,
        ["api/v1/statements/export"] = s_staff,
        ["api/v1/statements/live"] = s_staff,
    };

    [Fact]
    public void Every_endpoint_has_a_decision_about_who_may_use_it()
    {
        var undecided = Patterns().Where(p => !s_public.Contains(p) && !s_decisions.ContainsKey(p) && !s_credentials.Contains(p)).Distinct().Order().ToList();
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

    /// <summary>Answers to a system's credential alone, and to no person. Which scope each needs is the record store's own test.</summary>
    private static readonly string[] s_credentials =
    [
        "xapi/statements/", "xapi/statements/more", "xapi/activities", "xapi/activities/state/", "xapi/activities/profile/", "xapi/agents", "xapi/agents/profile/",
    ];

    private static bool IsRefused((HttpStatusCode Code, string Location) answer, string pattern) =>
        answer.Code is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        || (answer.Location.Contains("/account/sign-in", StringComparison.Ordinal) && pattern != "account/sign-in/two-factor")
        || answer.Location.Contains("/status/403", StringComparison.Ordinal);

    private static async Task<(HttpStatusCode Code, string Location)> StatusAsync(Browser browser, string method, string pattern, string? token = null)
    {
        var path = Parameter().Replace(pattern, m => m.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.NewGuid().ToString() : m.Value.Contains(":int", StringComparison.Ordinal) || m.Value.Contains(":long", StringComparison.Ordinal) ? "404" : "nothing");
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"/{path}", UriKind.Relative));
        if (method is "POST" or "PUT") request.Content = new StringContent("{}", Encoding.UTF8, pattern.EndsWith("/import", StringComparison.Ordinal) ? "text/csv" : "application/json");
        if (pattern.StartsWith("xapi/", StringComparison.Ordinal)) request.Headers.Add("X-Experience-API-Version", "1.0.3");
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        // Some answers never end.
        using var reply = await browser.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (reply.StatusCode, reply.Headers.Location?.OriginalString ?? "");
    }

    private IEnumerable<(string Method, string Pattern)> Requests() =>
        Endpoints().SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => (m, Pattern(e))))
            .Where(r => r.m is "GET" or "POST" or "PUT" or "DELETE").Distinct();

    private IEnumerable<string> Patterns() => Endpoints().Select(Pattern);

    private static string Pattern(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.TrimStart('/');

    /// <summary>All but the files of wwwroot, which are public, and the framework's answer to files that don't exist.</summary>
    private IEnumerable<RouteEndpoint> Endpoints() => site.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null && Pattern(e) != "{**path:file}");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
