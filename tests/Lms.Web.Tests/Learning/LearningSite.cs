using System.Text.Json;
using Lms.Web.Features.Xapi.Store;
using System.Globalization;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Lms.Manuscripts.Questions;
using Lms.Standards.Xapi;
using Lms.Web.Features.Assessment;
using Lms.Web.Features.Authoring;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Learning;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Learning;

/// <summary>A site, and courses that a test writes and publishes on it.</summary>
public sealed class LearningSite : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seedlot-courses-").FullName;
    private static readonly HtmlParser Parser = new();

    public TestSite Site { get; } = new();

    public ValueTask InitializeAsync() => Site.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Writes and publishes a course; its id is unique to the test.</summary>
    public async Task<string> PublishAsync(TestCourse course)
    {
        var folder = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        course.Write(folder);
        var result = await Site.RunAsync(async services =>
        {
            var hub = await services.GetRequiredService<Features.Network.FirstStart>().HubAsync(CancellationToken.None);
            return await services.GetRequiredService<PublishContent>().PublishAsync(folder, hub.Id, by: null, CancellationToken.None);
        });
        Assert.True(result.Ok, string.Join('\n', result.Findings));
        Assert.Contains($"{course.Id} {course.Version}", result.Published);
        return course.Id;
    }

    /// <summary>Enrols through the form that course pages show, and returns the enrolment.</summary>
    public static async Task<Guid> EnrolAsync(Browser learner, string course)
    {
        using var reply = await learner.SubmitAsync($"/courses/{course}", action: $"/learn/enrol/{course}");
        Assert.Equal(System.Net.HttpStatusCode.Redirect, reply.StatusCode);
        return Guid.Parse(reply.Headers.Location!.ToString().Split('/')[2]);
    }

    public Task<Enrolment> EnrolmentAsync(Guid id) => Site.ReadAsync(db => db.Enrolments.SingleAsync(e => e.Id == id));

    public Task<Attempt> AttemptAsync(Guid id) => Site.ReadAsync(db => db.Attempts.SingleAsync(a => a.Id == id));

    public Task<PublishedCourse> CourseAsync(Guid versionId) =>
        Site.RunAsync(async services => await services.GetRequiredService<CourseLibrary>().GetAsync(versionId, CancellationToken.None));

    /// <summary>The verbs said of an enrolment, in the order of storage; each statement must be valid.</summary>
    public async Task<List<string>> VerbsAsync(Guid enrolment)
    {
        var statements = await Site.ReadAsync(db => db.StatementsOf(enrolment).Select(s => s.Json).ToListAsync());
        Assert.All(statements, json =>
        {
            var violations = StatementValidator.Validate(json, XapiVersion.V1);
            Assert.True(violations.Count == 0, $"{Encoding.UTF8.GetString(json)}\n{string.Join('\n', violations)}");
        });
        return statements.ConvertAll(json =>
        {
            using var statement = JsonDocument.Parse(json);
            return statement.RootElement.GetProperty("verb").GetProperty("id").GetString()!.Split('/')[^1];
        });
    }

    public static async Task<Guid> StartAsync(Browser learner, Guid enrolment, string? language = null)
    {
        using var reply = await learner.SubmitAsync($"/learn/{enrolment}/assessment", language is null ? null : new() { ["language"] = language }, action: "");
        Assert.Equal(System.Net.HttpStatusCode.Redirect, reply.StatusCode);
        var parts = reply.Headers.Location!.ToString().Split('/');
        Assert.True(parts.Length == 6, reply.Headers.Location.ToString());
        return Guid.Parse(parts[4]);
    }

    /// <summary>The fields of the form that answer an item as the response says.</summary>
    public static List<KeyValuePair<string, string>> Fields(Item item, IReadOnlyList<int> order, IReadOnlyList<string> response) => item switch
    {
        ChoiceItem => [.. response.Select(r => new KeyValuePair<string, string>("a", Text(order.ToList().IndexOf(Number(r)))))],
        MatchingItem => [.. order.Select((row, place) => new KeyValuePair<string, string>($"a.{place}", response[row]))],
        OrderingItem => [.. order.Select((step, place) => new KeyValuePair<string, string>($"a.{place}", Text(response.ToList().IndexOf(Text(step)) + 1)))],
        ClozeItem => [.. response.Select((r, gap) => new KeyValuePair<string, string>($"a.{gap}", r))],
        _ => [new("a", response[0])],
    };

    public static IReadOnlyList<string> Right(Item item) => item switch
    {
        ChoiceItem choice => [.. choice.Options.Index().Where(o => o.Item.Right).Select(o => Text(o.Index))],
        TextItem text => [text.Answers[0]],
        NumberItem number => [number.Value.ToString(CultureInfo.InvariantCulture)],
        ClozeItem cloze => [.. cloze.Gaps.Select(g => g.Value?.ToString(CultureInfo.InvariantCulture) ?? g.Answers[0])],
        MatchingItem matching => [.. matching.Rows.Select(r => Text(r.Column))],
        OrderingItem ordering => [.. ordering.Steps.Select((_, i) => Text(i))],
        _ => throw new InvalidOperationException(),
    };

    public static IReadOnlyList<string> Wrong(Item item) => item switch
    {
        ChoiceItem choice => [Text(choice.Options.Index().First(o => !o.Item.Right).Index)],
        ClozeItem cloze => [.. cloze.Gaps.Select(_ => "nonsense")],
        MatchingItem matching => [.. matching.Rows.Select(r => Text((r.Column + 1) % matching.Columns.Count))],
        OrderingItem ordering => [.. ordering.Steps.Select((_, i) => Text(i)).Reverse()],
        _ => ["-77"],
    };

    /// <summary>Answers one question of a sitting by its page's form.</summary>
    public async Task<HttpResponseMessage> AnswerAsync(Browser learner, Guid enrolment, Guid attemptId, int position, Func<Item, IReadOnlyList<string>> response)
    {
        var attempt = await AttemptAsync(attemptId);
        var answer = attempt.Answers.Single(a => a.Position == position);
        var item = (await CourseAsync(attempt.CourseVersionId)).Content.Bank[attempt.Language].Single(i => i.Id == answer.Item);
        var path = $"/learn/{enrolment}/assessment/{attemptId}/{position}";
        return await learner.PostAsync(path, [.. Fields(item, answer.Order, response(item)), await TokenAsync(learner, path), new("go", "review")]);
    }

    public static async Task<HttpResponseMessage> SubmitAsync(Browser learner, Guid enrolment, Guid attempt) =>
        await learner.SubmitAsync($"/learn/{enrolment}/assessment/{attempt}/review");

    public static async Task<KeyValuePair<string, string>> TokenAsync(Browser learner, string path)
    {
        var page = await learner.PageAsync(path);
        return new("__RequestVerificationToken", page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!);
    }

    public static IHtmlDocument Parse(string html) => Parser.ParseDocument(html);

    /// <summary>Marks a lesson done by the form at its foot.</summary>
    public static Task<HttpResponseMessage> CompleteAsync(Browser learner, Guid enrolment, string slug) =>
        learner.SubmitAsync($"/learn/{enrolment}/{slug}", action: "handler=Complete");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
