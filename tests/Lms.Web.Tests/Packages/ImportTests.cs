using System.Net;
using System.Text;
using Lms.Standards.Tests.Packages;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Packages;
using Lms.Web.Files;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Packages;

public sealed class ImportTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task A_package_is_imported_as_a_course()
    {
        using var keeper = await Keeper.OfAsync(site);
        var (status, body) = await keeper.ImportAsync(Unique().Build());
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(("Hand hygiene", "scorm12", "1.2", 1), (body.GetProperty("title").GetString(), body.GetProperty("standard").GetString(), body.GetProperty("edition").GetString(), body.GetProperty("version").GetInt32()));
        Assert.Equal([(0, "wash", true), (1, "read", true)],
            body.GetProperty("activities").EnumerateArray().Select(a => (a.GetProperty("index").GetInt32(), a.GetProperty("id").GetString(), a.GetProperty("launchable").GetBoolean())));
        using var visitor = site.Visitor();
        Assert.Contains("Hand hygiene", (await visitor.PageAsync($"/courses/{body.GetProperty("course").GetString()}")).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_bytes_are_the_same_package_and_a_removed_one_can_come_again()
    {
        using var keeper = await Keeper.OfAsync(site);
        var upload = Unique().Build();
        var first = await keeper.ImportedAsync(upload);
        Assert.Equal(first, await keeper.ImportedAsync(upload));
        Assert.Equal(HttpStatusCode.NoContent, (await keeper.SendAsync(HttpMethod.Delete, $"/api/v1/packages/{first}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await keeper.SendAsync(HttpMethod.Get, $"/api/v1/packages/{first}")).Status);
        Assert.NotEqual(first, await keeper.ImportedAsync(upload));
    }

    [Fact]
    public async Task Two_imports_of_the_same_bytes_at_once_make_one_package()
    {
        using var keeper = await Keeper.OfAsync(site);
        var upload = Unique().Build();
        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => keeper.ImportedAsync(upload)));
        Assert.Single(ids.Distinct());
        Assert.Equal(1, await site.ReadAsync(db => db.PackageVersions.CountAsync(v => v.PackageId == ids[0])));
        Assert.Equal(4, await site.ReadAsync(db => db.PackageFiles.CountAsync(f => db.PackageVersions.Any(v => v.Id == f.PackageVersionId && v.PackageId == ids[0]))));
    }

    [Fact]
    public async Task What_is_refused_leaves_nothing_and_names_the_element_and_the_cure()
    {
        using var keeper = await Keeper.OfAsync(site);
        var marker = Guid.NewGuid().ToString();
        var (status, body) = await keeper.ImportAsync(Unique().Add("z-last.html", marker, e => e.SaysCrc = 1).Build());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        var finding = Assert.Single(body.GetProperty("findings").EnumerateArray());
        Assert.Equal(("error", "zip-broken", "z-last.html"), (finding.GetProperty("severity").GetString(), finding.GetProperty("code").GetString(), finding.GetProperty("place").GetString()));
        Assert.NotEmpty(finding.GetProperty("cure").GetString()!);
        Assert.False(await site.ReadAsync(db => db.PackageFiles.AnyAsync(f => f.Path == "z-last.html")));
        var names = await site.Services.GetRequiredService<IFileStore>().NamesAsync(default).ToHashSetAsync();
        Assert.DoesNotContain(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(marker))), names);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Path.Combine(site.DataFolder, "uploads")), e => !e.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dangling_reference_is_named_by_its_element()
    {
        using var keeper = await Keeper.OfAsync(site);
        var (status, body) = await keeper.ImportAsync(new ZipBuilder().Add("imsmanifest.xml", Sample.Scorm12).Add("read.html", "x").Build());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(body.GetProperty("findings").EnumerateArray(), f => f.GetProperty("code").GetString() == "file-missing" && f.GetProperty("place").GetString()!.Contains("resource[@identifier='r1']", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bare_course_structure_is_imported_without_files()
    {
        using var keeper = await Keeper.OfAsync(site);
        var (status, body) = await keeper.ImportAsync(Encoding.UTF8.GetBytes(Sample.Cmi5.Replace("courses/buffers", $"courses/{Guid.NewGuid():n}", StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode.Created, "cmi5"), (status, body.GetProperty("standard").GetString()));
    }

    [Fact]
    public async Task A_file_larger_than_the_operator_allows_is_refused()
    {
        await using var small = new TestSite(new() { ["LMS:Packages:MostUploadBytes"] = "2000000" });
        await small.InitializeAsync();
        using var keeper = await Keeper.OfAsync(small);
        Assert.Equal(HttpStatusCode.Created, (await keeper.ImportAsync(Unique().Add("x.bin", new byte[1_500_000], e => e.Method = 0).Build())).Status);
        var (status, body) = await keeper.ImportAsync(Unique().Add("x.bin", new byte[2_500_000], e => e.Method = 0).Build());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "upload-too-large"), (status, Assert.Single(body.GetProperty("findings").EnumerateArray()).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_new_version_is_played_by_newcomers_and_by_whom_its_policy_says()
    {
        using var keeper = await Keeper.OfAsync(site);
        var id = await keeper.ImportedAsync(Unique().Build(), "?updatePolicy=WhenNotComplete");
        var (status, body) = await keeper.SendAsync(HttpMethod.Post, $"/api/v1/packages/{id}/versions", new ByteArrayContent(Unique(Sample.Scorm12.Replace("\"read\"", "\"read-on\"", StringComparison.Ordinal)).Build()));
        Assert.Equal((HttpStatusCode.Created, id, 2), (status, body.GetProperty("id").GetGuid(), body.GetProperty("version").GetInt32()));
        var (from, to) = await site.ReadAsync(async db =>
        {
            var versions = await db.PackageVersions.AsNoTracking().Where(v => v.PackageId == id).OrderBy(v => v.Number).ToListAsync();
            return (versions[0], versions[1]);
        });
        var preview = await site.RunAsync(async s =>
        {
            var package = await s.GetRequiredService<PackageLibrary>().FindAsync(id, default);
            return await s.GetRequiredService<CarryOver>().PreviewAsync(package!.Package, from, to, default);
        });
        Assert.Equal(["wash"], preview.Kept.Select(a => a.Id));
        Assert.Equal(["read"], preview.Lost.Select(a => a.Id));
        Assert.Equal(["read-on"], preview.Added.Select(a => a.Id));
    }

    [Fact]
    public async Task Another_centre_sees_and_changes_nothing()
    {
        using var keeper = await Keeper.OfAsync(site, Role.CentreManager, (await site.AddCentreAsync()).Id);
        var id = await keeper.ImportedAsync(Unique().Build());
        var centre = await site.AddCentreAsync();
        using var other = await Keeper.OfAsync(site, Role.CentreManager, centre.Id);
        Assert.Equal(HttpStatusCode.NotFound, (await other.SendAsync(HttpMethod.Get, $"/api/v1/packages/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.SendAsync(HttpMethod.Delete, $"/api/v1/packages/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.SendAsync(HttpMethod.Post, $"/api/v1/packages/{id}/versions", new ByteArrayContent(Unique().Build()))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.SendAsync(HttpMethod.Post, $"/api/v1/packages/{id}/launch", new StringContent("{}", Encoding.UTF8, "application/json"))).Status);
        using var manager = await site.SignedInAsync(Role.CentreManager, centre.Id);
        foreach (var path in new[] { "", "/registrations", "/versions/1", "/versions/1/files" }) Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync($"/packages/{id}{path}")).StatusCode);
        Assert.DoesNotContain(id.ToString(), (await manager.PageAsync("/packages")).Body!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_see_what_will_be_tracked_and_every_file()
    {
        using var keeper = await Keeper.OfAsync(site);
        var id = await keeper.ImportedAsync(Unique().Build());
        using var auditor = await site.SignedInAsync(Role.Auditor);
        var report = await auditor.PageAsync($"/packages/{id}/versions/1");
        Assert.Contains("Whatever the content reports", report.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Reports nothing; opening it counts", report.Body.TextContent, StringComparison.Ordinal);
        Assert.Null(report.QuerySelector("form[method=post] .btn[data-confirm]"));
        Assert.Contains("wash/index.html", (await auditor.PageAsync($"/packages/{id}/versions/1/files")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Version 1", (await auditor.PageAsync($"/packages/{id}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_completing_a_package_earns_is_chosen_at_import_and_stays_with_new_versions()
    {
        using var keeper = await Keeper.OfAsync(site);
        var id = await keeper.ImportedAsync(Unique().Build(), "?certificate=completion&certificateMonths=24&language=fr");
        await keeper.SendAsync(HttpMethod.Post, $"/api/v1/packages/{id}/versions", new ByteArrayContent(Unique().Build()));
        var card = await site.ReadAsync(db => db.Courses.Where(c => db.Packages.Any(p => p.Id == id && p.CourseId == c.Id)).Select(c => c.Card).SingleAsync());
        Assert.True(card.Certificate);
        Assert.Equal(["fr"], card.Languages);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await keeper.ImportAsync(Unique().Build(), "?certificate=diploma")).Status);
    }

    [Fact]
    public async Task Files_lie_in_the_store_under_their_hash_with_their_path_as_data()
    {
        using var keeper = await Keeper.OfAsync(site);
        var text = Guid.NewGuid().ToString();
        var version = await keeper.VersionAsync(await keeper.ImportedAsync(Unique().Add("درس ١.txt", text).Build()));
        var file = await site.ReadAsync(db => db.PackageFiles.SingleAsync(f => f.PackageVersionId == version.Id && f.Path == "درس ١.txt"));
        using var stored = new StreamReader((await site.Services.GetRequiredService<IFileStore>().OpenAsync(file.Hash, default))!);
        Assert.Equal(text, await stored.ReadToEndAsync());
    }

    /// <summary>A package that no other test has imported.</summary>
    internal static ZipBuilder Unique(string manifest = Sample.Scorm12) => Sample.Of12(manifest: manifest).Add("unique.txt", Guid.NewGuid().ToString());
}
