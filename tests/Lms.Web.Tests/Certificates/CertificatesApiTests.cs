using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Lms.Web.Features.Certificates;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Certificates;

public sealed class CertificatesApiTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task A_learner_gets_their_own_certificates_and_no_others()
    {
        var learner = await site.AddPersonAsync();
        var own = await site.CertificateAsync(learner: learner);
        var other = await site.CertificateAsync();
        using var client = await ClientAsync(learner.Id);

        var list = await client.GetFromJsonAsync<JsonElement>("/api/v1/certificates", TestContext.Current.CancellationToken);
        using var foreign = await client.GetAsync(new Uri($"/api/v1/certificates/{other.Id}", UriKind.Relative), TestContext.Current.CancellationToken);

        var item = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.Equal((own.Serial, "Valid"), (item.GetProperty("serial").GetString(), item.GetProperty("standing").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Fact]
    public async Task Staff_get_those_of_their_centre()
    {
        var centre = await site.AddCentreAsync();
        var ours = await site.CertificateAsync(centre: centre.Id);
        await site.CertificateAsync(centre: (await site.AddCentreAsync()).Id);
        using var client = await ClientAsync((await site.AddPersonAsync(Role.Auditor, centre.Id)).Id);

        var list = await client.GetFromJsonAsync<JsonElement>("/api/v1/certificates?status=Valid", TestContext.Current.CancellationToken);
        var one = await client.GetFromJsonAsync<JsonElement>($"/api/v1/certificates/{ours.Id}", TestContext.Current.CancellationToken);

        Assert.Equal(ours.Id, Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal(ours.EvidenceHash, one.GetProperty("evidenceHash").GetString());
    }

    [Fact]
    public async Task Asking_about_serials_without_end_is_stopped()
    {
        await using var limited = new TestSite(new() { ["LMS:Limits:Off"] = "false" });
        await limited.InitializeAsync();
        using var visitor = limited.Visitor();

        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < 80; i++)
        {
            using var reply = await visitor.GetAsync($"/verify/{Serial.New()}");
            codes.Add(reply.StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, codes[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, codes);
    }

    private async Task<HttpClient> ClientAsync(Guid person)
    {
        var (token, _) = await site.RunAsync(s => s.GetRequiredService<ApiTokens>().CreateAsync(person, "Test", 30, default));
        return new HttpClient { BaseAddress = site.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
    }
}
