using System.Net;
using Lms.Manuscripts.Findings;
using Lms.Web.Features.Authoring;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Authoring;

/// <summary>Publishing from a content folder that the test may change: a site of its own.</summary>
public sealed class PublishTests : IAsyncLifetime
{
    private readonly string _content = Directory.CreateTempSubdirectory("seedlot-content-").FullName;
    private TestSite _site = null!;

    public async ValueTask InitializeAsync()
    {
        Copy(Path.Combine(AppContext.BaseDirectory, "Support", "content"), _content);
        _site = new TestSite(new Dictionary<string, string?> { ["LMS:Content"] = _content });
        await _site.InitializeAsync();
    }

    [Fact]
    public async Task Publishing_again_without_a_change_publishes_nothing()
    {
        var result = await PublishAsync();
        Assert.True(result.Ok);
        Assert.Empty(result.Published);
        Assert.Equal(["hygiene 1.0"], result.Unchanged);
    }

    [Fact]
    public async Task Changed_content_needs_a_new_number_and_is_refused_without()
    {
        Edit("01-hands/lesson.md", "Wash your hands as", "Always wash your hands as");
        var refused = await PublishAsync();
        Assert.False(refused.Ok);
        var finding = Assert.Single(refused.Findings, f => f.Severity == Severity.Error);
        Assert.Equal("version-not-raised", finding.Code);
        Assert.Contains("1.1", finding.Suggestion, StringComparison.Ordinal);

        Edit("course.yaml", "version: 1.0", "version: 1.1");
        var published = await PublishAsync();
        Assert.Equal(["hygiene 1.1"], published.Published);
        Assert.Equal(2, await _site.ReadAsync(db => db.CourseVersions.CountAsync()));
    }

    [Fact]
    public async Task A_broken_course_is_refused_whole_and_the_published_one_stays()
    {
        Edit("course.yaml", "version: 1.0", "version: 2.0");
        Edit("01-hands/lesson.md", "[( )] After work", "[(X)] After work");
        var refused = await PublishAsync();

        Assert.False(refused.Ok);
        Assert.Contains(refused.Findings, f => f.File.EndsWith("01-hands/lesson.md", StringComparison.Ordinal) && f.Line > 1);
        Assert.Equal(1, await _site.ReadAsync(db => db.CourseVersions.CountAsync()));
        using var visitor = _site.Visitor();
        await visitor.PageAsync("/courses/hygiene");
    }

    [Fact]
    public async Task A_start_reads_the_folder_only_when_it_changed_since_it_was_published()
    {
        Task StartAsync() => _site.RunAsync(async services =>
        {
            var hub = await services.GetRequiredService<FirstStart>().HubAsync(TestContext.Current.CancellationToken);
            await services.GetRequiredService<PublishContent>().AtStartAsync(hub, TestContext.Current.CancellationToken);
            return true;
        });
        Task<List<string>> PublishedAsync() => _site.ReadAsync(db => db.CourseVersions.OrderBy(v => v.Minor).Select(v => v.Major + "." + v.Minor).ToListAsync());
        Task<int> ProgrammesAsync() => _site.ReadAsync(db => db.Programmes.CountAsync());

        await _site.ReadAsync(db => db.Programmes.ExecuteDeleteAsync());
        await StartAsync();
        Assert.Equal(0, await ProgrammesAsync()); // nothing changed: not even looked at

        Edit("01-hands/lesson.md", "Wash your hands as", "Always wash your hands as");
        await StartAsync();
        Assert.Equal(["1.0"], await PublishedAsync()); // refused: the number is the same

        Edit("course.yaml", "version: 1.0", "version: 1.1");
        await StartAsync();
        Assert.Equal(["1.0", "1.1"], await PublishedAsync());
        Assert.NotEqual(0, await ProgrammesAsync());
    }

    [Fact]
    public async Task A_sound_course_beside_a_refused_one_is_not_published_with_the_next_save()
    {
        var other = Path.Combine(_content, "courses", "other");
        Copy(Path.Combine(_content, "courses", "hygiene"), other);
        var yaml = Path.Combine(other, "course.yaml");
        await File.WriteAllTextAsync(yaml, (await File.ReadAllTextAsync(yaml)).Replace("id: hygiene", "id: other", StringComparison.Ordinal));
        Edit("01-hands/lesson.md", "Wash your hands as", "Always wash your hands as");

        var result = await _site.RunAsync(async services =>
        {
            var hub = await services.GetRequiredService<FirstStart>().HubAsync(TestContext.Current.CancellationToken);
            var refused = await services.GetRequiredService<PublishContent>().PublishAsync(_content, hub.Id, by: null, TestContext.Current.CancellationToken);
            await services.GetRequiredService<Lms.Web.Data.LmsDbContext>().SaveChangesAsync();
            return refused;
        });

        Assert.False(result.Ok);
        Assert.Equal(["hygiene"], await _site.ReadAsync(db => db.Courses.Select(c => c.Slug).ToListAsync()));
    }

    [Fact]
    public async Task An_instructor_checks_and_publishes_in_the_browser_and_a_learner_may_not()
    {
        Edit("course.yaml", "version: 1.0", "version: 1.1");
        using var instructor = await _site.SignedInAsync(Role.Instructor);
        using var reply = await instructor.SubmitAsync("/teach/content");
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.Equal(1, await _site.ReadAsync(db => db.CourseVersions.CountAsync(v => v.Minor == 1 && v.PublishedBy == instructor.PersonId)));

        using var learner = await _site.SignedInAsync(Role.Learner);
        using var denied = await learner.GetAsync("/teach/content");
        Assert.NotEqual(HttpStatusCode.OK, denied.StatusCode);
    }

    [Fact]
    public async Task The_preview_shows_the_folder_before_it_is_published()
    {
        Edit("01-hands/lesson.md", "Wash your hands as", "Scrub your hands as");
        using var instructor = await _site.SignedInAsync(Role.Instructor);
        var page = await instructor.PageAsync("/teach/hygiene/preview/hands");
        Assert.Contains("Scrub your hands", page.QuerySelector("article")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Clean hands come first.", page.QuerySelector("article")!.TextContent, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        Directory.Delete(_content, recursive: true);
    }

    private Task<PublishResult> PublishAsync() => _site.RunAsync(async services =>
    {
        var hub = await services.GetRequiredService<FirstStart>().HubAsync(TestContext.Current.CancellationToken);
        return await services.GetRequiredService<PublishContent>().PublishAsync(_content, hub.Id, by: null, TestContext.Current.CancellationToken);
    });

    private void Edit(string file, string from, string to)
    {
        var path = Path.Combine(_content, "courses", "hygiene", file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    internal static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
