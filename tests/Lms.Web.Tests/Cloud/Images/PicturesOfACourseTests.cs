using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;
using Lms.Web.Features.Authoring.Export;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Identity;
using Lms.Web.Files;
using Lms.Web.Tests.Images;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Cloud.Images;

/// <summary>A photo as it left a camera, beside a lesson.</summary>
public sealed class PicturesOfACourseTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seedlot-pictures-").FullName;
    private readonly byte[] _photo = SharpImagesTests.Photo(2400, 1600);
    private TestSite _site = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private string Source => Convert.ToHexStringLower(SHA256.HashData(_photo));

    public async ValueTask InitializeAsync()
    {
        _site = new TestSite(new() { ["LMS:Content"] = ImageRulesTests.CourseWith(_folder, "photo.jpg", _photo) });
        await _site.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_lesson_shows_it_in_the_size_that_a_screen_wants_and_the_photo_itself_is_nowhere()
    {
        using var instructor = await _site.SignedInAsync(Role.Instructor);
        foreach (var image in new[] { (await instructor.PageAsync("/teach/hygiene/preview/hands")).QuerySelector("figure img")!, await PublishedAsync() })
        {
            var sizes = image.GetAttribute("srcset")!.Split(", ").Select(s => s.Split(' ')).ToList();
            Assert.Equal(["480w", "960w", "1600w"], sizes.Select(s => s[1]));
            Assert.Equal(("1600", "1067", "lazy", "Clean hands", sizes[1][0]), (image.GetAttribute("width"), image.GetAttribute("height"), image.GetAttribute("loading"), image.GetAttribute("alt"), image.GetAttribute("src")));
            Assert.NotEmpty(image.GetAttribute("sizes")!);
            foreach (var size in sizes)
            {
                using var reply = await instructor.GetAsync(size[0]);
                Assert.Equal((HttpStatusCode.OK, "image/webp", true), (reply.StatusCode, reply.Content.Headers.ContentType?.MediaType, reply.Headers.CacheControl?.MaxAge > TimeSpan.FromDays(300)));
            }
        }
        Assert.Null(await _site.Services.GetRequiredService<IFileStore>().OpenAsync(Source, Ct));
    }

    [Fact]
    public async Task A_page_that_a_browser_kept_from_before_finds_the_picture_too()
    {
        using var visitor = _site.Visitor();
        using var reply = await visitor.GetAsync($"/files/{Source}");
        Assert.Equal((HttpStatusCode.OK, "image/webp"), (reply.StatusCode, reply.Content.Headers.ContentType?.MediaType));
        Assert.NotEqual($"\"{Source}\"", reply.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task What_is_to_be_downloaded_is_counted_as_it_is_downloaded()
    {
        var course = await CourseAsync();
        var picture = await _site.ReadAsync(db => db.Set<Picture>().SingleAsync(p => p.Hash == Source, Ct));
        Assert.Equal(picture.Usual.Bytes, course.LessonAt("hands")!.Texts["en"].AssetBytes);
        Assert.InRange((await _site.ReadAsync(db => db.Courses.SingleAsync(c => c.Slug == "hygiene", Ct))).Card.Bytes["en"], 1, _photo.Length);
    }

    [Fact]
    public async Task A_package_that_is_made_of_the_course_has_it_in_one_size()
    {
        var zip = await _site.RunAsync(async s => Assert.IsType<ExportOutcome.Exported>(await s.GetRequiredService<CourseExporter>().ExportAsync("hygiene", PackageFormat.Scorm2004, "en", Ct)).Zip);
        using var archive = new ZipArchive(new MemoryStream(zip));
        var figure = Assert.Single(archive.Entries, e => e.FullName.StartsWith("figures/", StringComparison.Ordinal));
        Assert.EndsWith(".webp", figure.FullName, StringComparison.Ordinal);
        var pages = archive.Entries.Where(e => e.FullName.EndsWith(".html", StringComparison.Ordinal)).Select(e => { using var reader = new StreamReader(e.Open(), Encoding.UTF8); return reader.ReadToEnd(); }).ToList();
        Assert.Contains(pages, p => p.Contains(figure.FullName, StringComparison.Ordinal));
        Assert.DoesNotContain(pages, p => p.Contains("srcset", StringComparison.Ordinal) || p.Contains("/files/", StringComparison.Ordinal));
    }

    private async Task<IElement> PublishedAsync()
    {
        var html = string.Concat((await CourseAsync()).LessonAt("hands")!.Texts["en"].Blocks.Select(b => b.Html));
        return new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html).QuerySelector("figure img")!;
    }

    private async Task<PublishedCourse> CourseAsync()
    {
        var version = await _site.ReadAsync(db => db.Courses.Where(c => c.Slug == "hygiene").Select(c => c.CurrentVersionId).SingleAsync(Ct));
        return await _site.Services.GetRequiredService<CourseLibrary>().GetAsync(version!.Value, Ct);
    }
}
