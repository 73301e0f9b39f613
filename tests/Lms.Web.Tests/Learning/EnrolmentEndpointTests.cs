using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Learning;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Learning;

public sealed class EnrolmentEndpointTests(LearningSite app) : IClassFixture<LearningSite>
{
    private static readonly Uri Enrolments = new("/api/v1/enrolments", UriKind.Relative);

    [Fact]
    public async Task A_manager_enrols_a_person_of_their_centre_once()
    {
        var course = await app.PublishAsync(new TestCourse());
        var centre = await app.Site.AddCentreAsync();
        var learner = await app.Site.AddPersonAsync(centre: centre.Id);
        using var manager = await ClientAsync(await app.Site.AddPersonAsync(Role.CentreManager, centre.Id));

        using var first = await manager.PostAsJsonAsync(Enrolments, new EnrolmentRequest(course, learner.Id));
        using var second = await manager.PostAsJsonAsync(Enrolments, new EnrolmentRequest(course, learner.Id));

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        var enrolment = await first.Content.ReadFromJsonAsync<EnrolmentDto>();
        Assert.Equal(enrolment, await second.Content.ReadFromJsonAsync<EnrolmentDto>());
        Assert.Equal((course, "1.0", 0), (enrolment!.Course, enrolment.Version, enrolment.Percent));
        var listed = await manager.GetFromJsonAsync<List<EnrolmentDto>>(new Uri($"{Enrolments}?person={learner.Id}", UriKind.Relative));
        Assert.Equal([enrolment], listed!);
        Assert.Equal(1, await app.Site.ReadAsync(db => db.Enrolments.CountAsync(e => e.LearnerId == learner.Id)));
    }

    [Fact]
    public async Task Nobody_enrols_or_lists_a_person_whom_they_may_not_see()
    {
        var course = await app.PublishAsync(new TestCourse());
        var (centre, elsewhere) = (await app.Site.AddCentreAsync(), await app.Site.AddCentreAsync());
        var learner = await app.Site.AddPersonAsync(centre: centre.Id);
        await app.Site.RunAsync(s => s.GetRequiredService<EnrolmentService>().EnrolAsync(course, learner.Id, centre.Id, CancellationToken.None));

        using var stranger = await ClientAsync(await app.Site.AddPersonAsync(Role.CentreManager, elsewhere.Id));
        using var refused = await stranger.PostAsJsonAsync(Enrolments, new EnrolmentRequest(course, learner.Id));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Empty((await stranger.GetFromJsonAsync<List<EnrolmentDto>>(Enrolments))!);

        // An instructor of the centre sees the learner, and still does not manage people.
        using var instructor = await ClientAsync(await app.Site.AddPersonAsync(Role.Instructor, centre.Id));
        using var forbidden = await instructor.PostAsJsonAsync(Enrolments, new EnrolmentRequest(course, learner.Id));
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    [Fact]
    public async Task A_course_that_does_not_exist_is_not_found()
    {
        using var ana = await ClientAsync(await app.Site.AddPersonAsync());
        using var reply = await ana.PostAsJsonAsync(Enrolments, new EnrolmentRequest("no-such-course", null));
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType!.MediaType);
    }

    private async Task<HttpClient> ClientAsync(Person person)
    {
        var (token, _) = await app.Site.RunAsync(s => s.GetRequiredService<ApiTokens>().CreateAsync(person.Id, "test", 30, CancellationToken.None));
        var client = new HttpClient { BaseAddress = app.Site.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
