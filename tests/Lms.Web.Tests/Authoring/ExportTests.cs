using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Xml.Linq;
using Lms.Standards.Packages;
using Lms.Web.Features.Authoring.Export;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Learning;
using Lms.Web.Tests.Packages;
using Lms.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Authoring;

public sealed class ExportTests(TestSite site) : IClassFixture<TestSite>
{
    private const int MostRuntimeBytes = 60_000;

    public static TheoryData<PackageFormat> Formats() => [.. Enum.GetValues<PackageFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task The_same_version_format_and_language_are_the_same_bytes_whoever_asks(PackageFormat format)
    {
        using var author = await Keeper.OfAsync(site);
        author.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ar");
        var bytes = await author.Http.GetByteArrayAsync(new Uri($"/api/v1/courses/hygiene/package?format={PackageFormats.NameOf(format)}&language=fr", UriKind.Relative));
        Assert.Equal(await ExportAsync(site, format, "fr"), bytes);
        Assert.NotEqual(await ExportAsync(site, format, "en"), bytes);
        using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal), zip.Entries.Select(e => e.FullName));
        Assert.All(zip.Entries, e => Assert.Equal(1980, e.LastWriteTime.Year));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task The_runtime_fits_its_budget(PackageFormat format)
    {
        using var zip = new ZipArchive(new MemoryStream(await ExportAsync(site, format, "en")));
        var bytes = zip.Entries.Where(e => e.Name is "course.js" or "course.css").Sum(e => e.CompressedLength);
        Assert.InRange(bytes, 1, MostRuntimeBytes);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task This_products_own_reader_finds_nothing_to_complain_of(PackageFormat format)
    {
        var reading = PackageReader.Read(new MemoryStream(await ExportAsync(site, format, "en")), new ZipLimits());
        Assert.DoesNotContain(reading.Findings, f => f.Severity != Severity.Information);
        Assert.Equal("Personal hygiene", reading.Content!.Title);
        Assert.Equal(["Washing hands", "Putting on a gown", "Final assessment"], reading.Content.Activities.Where(a => a.Launchable).Select(a => a.Title));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_package_speaks_the_language_that_was_asked_for(PackageFormat format)
    {
        using var zip = new ZipArchive(new MemoryStream(await ExportAsync(site, format, "fr")));
        var page = LearningSite.Parse(Text(zip, "lessons/hands.html"));
        Assert.Equal("fr", page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("Hygiène personnelle", page.Title, StringComparison.Ordinal);
        Assert.Contains("Hygiène personnelle", Text(zip, format == PackageFormat.Cmi5 ? "cmi5.xml" : "imsmanifest.xml"), StringComparison.Ordinal);
        Assert.Contains("Question {0} sur {1}", Text(zip, "course.js"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("ar")]
    public async Task Every_sentence_of_the_script_is_translated(string language)
    {
        var missing = await site.RunAsync(services =>
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            var words = services.GetRequiredService<ExportWords>();
            return Task.FromResult(ExportRuntime.Sentences().Where(s => !words.Has(s)).ToList());
        });
        Assert.Empty(missing);
    }

    [Fact]
    public async Task Hostile_titles_stay_text()
    {
        var content = Directory.CreateTempSubdirectory("seedlot-hostile-").FullName;
        try
        {
            PublishTests.Copy(Path.Combine(AppContext.BaseDirectory, "Support", "content"), content);
            const string Title = "]]></title><script>alert(1)</script> & \\\"'";
            Edit("course.yaml", "en: Personal hygiene", $"en: '{Title.Replace("'", "''", StringComparison.Ordinal)}'");
            Edit("course.yaml", "en: The person", "en: '<img src=x onerror=alert(2)>'");
            Edit("01-hands/lesson.md", "title: Washing hands", "title: '</script><script>alert(3)</script>'");
            Edit("questions.md", "[( )] Tape it", "[( )] \\</script>\\<script> & tape");
            await using var hostile = new TestSite(new() { ["LMS:Content"] = content });
            await hostile.InitializeAsync();
            foreach (var format in Enum.GetValues<PackageFormat>())
            {
                var bytes = await ExportAsync(hostile, format, "en");
                Assert.DoesNotContain(PackageReader.Read(new MemoryStream(bytes), new ZipLimits()).Findings, f => f.Severity == Severity.Error);
                using var zip = new ZipArchive(new MemoryStream(bytes));
                Assert.Contains(Title, XDocument.Parse(Text(zip, format == PackageFormat.Cmi5 ? "cmi5.xml" : "imsmanifest.xml")).Root!.Value, StringComparison.Ordinal);
                foreach (var path in zip.Entries.Select(e => e.FullName).Where(n => n.EndsWith(".html", StringComparison.Ordinal)))
                {
                    var page = LearningSite.Parse(Text(zip, path));
                    Assert.Equal(["", "application/json"], page.Scripts.Select(s => s.Type ?? ""));
                    Assert.Empty(page.QuerySelectorAll("[onerror], [style], style"));
                    using var unit = System.Text.Json.JsonDocument.Parse(page.Scripts[^1].Text);
                }
            }
        }
        finally
        {
            Directory.Delete(content, recursive: true);
        }

        void Edit(string file, string from, string to)
        {
            var path = Path.Combine(content, "courses", "hygiene", file);
            var text = File.ReadAllText(path);
            Assert.Contains(from, text, StringComparison.Ordinal);
            File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("/api/v1/courses/nothing/package?format=cmi5", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/courses/hygiene/package?format=aicc", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/courses/hygiene/package", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/courses/hygiene/package?format=cmi5&language=de", HttpStatusCode.UnprocessableEntity)]
    public async Task What_can_not_be_made_is_refused(string path, HttpStatusCode status)
    {
        using var author = await Keeper.OfAsync(site);
        Assert.Equal(status, (await author.SendAsync(HttpMethod.Get, path)).Status);
    }

    [Fact]
    public async Task An_author_downloads_a_package_from_the_courses_page()
    {
        using var author = await site.SignedInAsync(Role.Instructor);
        var page = await author.PageAsync("/teach/hygiene/export");
        Assert.Equal(["scorm12", "scorm2004", "cmi5"], page.QuerySelectorAll("input[name=format]").Select(i => i.GetAttribute("value")!));
        using var reply = await author.GetAsync("/teach/hygiene/export?handler=Package&format=scorm2004&language=fr");
        Assert.Equal("hygiene-1.0-fr-scorm2004.zip", reply.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(await ExportAsync(site, PackageFormat.Scorm2004, "fr"), await reply.Content.ReadAsByteArrayAsync());
    }

    internal static Task<byte[]> ExportAsync(TestSite site, PackageFormat format, string language, string course = "hygiene") => site.RunAsync(async services =>
        Assert.IsType<ExportOutcome.Exported>(await services.GetRequiredService<CourseExporter>().ExportAsync(course, format, language, CancellationToken.None)).Zip);

    private static string Text(ZipArchive zip, string path)
    {
        using var reader = new StreamReader(zip.GetEntry(path)!.Open());
        return reader.ReadToEnd();
    }
}
