using System.Diagnostics;
using System.Security.Cryptography;
using Lms.Web.Data;
using Lms.Web.Features.Authoring;
using Lms.Web.Features.Network;
using Lms.Web.Files;
using Lms.Web.Images;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Images;

/// <summary>What every build refuses of pictures, before anything of them is unpacked or kept.</summary>
public sealed class ImageRulesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Refused => new()
    {
        { "60,000 pixels square in a few bytes", "picture-pixels" },
        { "a screen of a GIF of 60,000 pixels", "picture-pixels" },
        { "the first half of a PNG", "picture-broken" },
        { "a drawing by the name of a picture", "picture-format" },
        { "nothing at all", "picture-format" },
        { "the first bytes of a PNG alone", "picture-format" },
        { "more bytes than a picture may have", "picture-bytes" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_picture_that_means_harm_is_refused_at_once_with_what_to_do(string what, string code)
    {
        await using var services = new ServiceCollection().AddImages().BuildServiceProvider();
        var images = services.GetRequiredService<IImageProcessor>();
        var bytes = what switch
        {
            "60,000 pixels square in a few bytes" => Drawn.PngThatClaims(60_000, 60_000),
            "a screen of a GIF of 60,000 pixels" => Drawn.Gif(60_000, 60_000, 2),
            "the first half of a PNG" => Drawn.Png(200, 200)[..500],
            "a drawing by the name of a picture" => Drawn.Svg,
            "nothing at all" => [],
            "the first bytes of a PNG alone" => Drawn.Png(200, 200)[..8],
            _ => RandomNumberGenerator.GetBytes(images.Limits.MostBytes + 1),
        };

        var watch = Stopwatch.StartNew();
        var refused = Assert.IsType<ImageOutcome.Refused>(await images.ProcessAsync(bytes, Ct));

        Assert.Equal(code, refused.Code);
        Assert.NotEmpty(refused.Suggestion);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_course_with_a_picture_that_can_not_be_shown_is_not_published_and_nothing_of_it_is_kept()
    {
        var folder = Directory.CreateTempSubdirectory("seedlot-pictures-").FullName;
        try
        {
            await using var site = new TestSite(new() { ["LMS:Content"] = CourseWith(folder, "photo.png", Drawn.Png(200, 200)[..500]) });
            await site.InitializeAsync();
            var result = await site.RunAsync(async s => await s.GetRequiredService<PublishContent>().PublishAsync(folder, (await s.GetRequiredService<LmsDbContext>().Centres.FirstAsync(c => c.Kind == CentreKind.Hub, Ct)).Id, null, Ct));

            var finding = Assert.Single(result.Findings, f => f.Severity == Manuscripts.Findings.Severity.Error);
            Assert.Equal(("picture-broken", "courses/hygiene/01-hands/photo.png"), (finding.Code, finding.File));
            Assert.Empty(await site.ReadAsync(db => db.Courses.ToListAsync(Ct)));
            Assert.Empty(await site.Services.GetRequiredService<IFileStore>().NamesAsync(Ct).ToListAsync(Ct));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The tests' own course with a picture in its first lesson.</summary>
    internal static string CourseWith(string folder, string name, byte[] picture)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Support", "content");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        var lesson = Path.Combine(folder, "courses/hygiene/01-hands/lesson.md");
        File.WriteAllText(lesson, File.ReadAllText(lesson).Replace("| Step | Seconds |", $"![Clean hands]({name} \"Clean\")\n\n| Step | Seconds |", StringComparison.Ordinal));
        File.WriteAllBytes(Path.Combine(folder, "courses/hygiene/01-hands", name), picture);
        return folder;
    }
}
