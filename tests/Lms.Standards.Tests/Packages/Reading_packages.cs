using System.Text;
using Lms.Standards.Cmi5;
using Lms.Standards.Packages;
using Lms.Standards.Scorm.Manifest;

namespace Lms.Standards.Tests.Packages;

/// <summary>What authoring tools really produce is read.</summary>
public sealed class Reading_packages
{
    [Fact]
    public void Scorm_1_2_is_known_by_its_manifest()
    {
        var content = Read(Sample.Of12()).Content!;
        Assert.Equal((PackageStandard.Scorm12, "1.2", "Hand hygiene"), (content.Standard, content.Edition, content.Title));
        Assert.Equal([(0, "wash", true, ActivityTracking.Reported), (1, "read", true, ActivityTracking.Opened)], content.Activities.Select(a => (a.Index, a.Id, a.Launchable, a.Tracking)));
        Assert.Equal(0.8m, content.Activities[0].PassesFrom);
        Assert.Equal("Hand hygiene", ManifestJson.Read(content.Structure).Title);
    }

    [Fact]
    public void Scorm_2004_tells_clusters_from_content()
    {
        var content = Read(new ZipBuilder().Add("imsmanifest.xml", Sample.Scorm2004).Add("one.html", Sample.Page)).Content!;
        Assert.Equal((PackageStandard.Scorm2004, "4th Edition"), (content.Standard, content.Edition));
        Assert.Equal([(0, "module", false, 0), (1, "one", true, 1)], content.Activities.Select(a => (a.Index, a.Id, a.Launchable, a.Depth)));
    }

    [Fact]
    public void A_bare_course_structure_is_a_package()
    {
        var reading = PackageReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Sample.Cmi5)), new ZipLimits());
        Assert.Equal((PackageStandard.Cmi5, "Buffers"), (reading.Content!.Standard, reading.Content.Title));
        Assert.Equal((ActivityTracking.Passed, 0.8m), (reading.Content.Activities[0].Tracking, reading.Content.Activities[0].PassesFrom));
        Assert.Empty(reading.Files);
        Assert.Equal("https://example.org/courses/buffers", System.Text.Json.JsonSerializer.Deserialize<CourseStructure>(reading.Content.Structure)!.Id);
    }

    [Fact]
    public void A_plain_xapi_package_is_read() =>
        Assert.Equal((PackageStandard.TinCan, "Plant tour"), Both(Read(new ZipBuilder().Add("tincan.xml", Sample.TinCan).Add("index.html", Sample.Page)).Content!));

    public static TheoryData<string, byte[]> Forgiven() => new()
    {
        { "in a folder", Sample.Of12("My course/").Build() },
        { "two folders deep", Sample.Of12("export/v2/").Build() },
        { "manifest in capitals", new ZipBuilder().Add("IMSMANIFEST.XML", Sample.Scorm12).Add("wash/index.html", "x").Add("read.html", "x").Build() },
        { "references in another case", new ZipBuilder().Add("imsmanifest.xml", Sample.Scorm12).Add("Wash/INDEX.html", "x").Add("Read.HTML", "x").Build() },
        { "what a Mac leaves", Sample.Of12().Add("__MACOSX/._imsmanifest.xml", "junk").Add(".DS_Store", "junk").Add("wash/._index.html", "junk").Build() },
        { "a Mac's junk beside a folder", Sample.Of12("course/").Add("__MACOSX/course/._imsmanifest.xml", "junk").Build() },
        { "a Mac's folder icon", Sample.Of12().Add("wash/Icon\r", "").Build() },
        { "a prefix that is not declared", With(Encoding.UTF8.GetBytes(Sample.Scorm12.Replace("<manifest ", "<manifest xsi:schemaLocation=\"a b\" ", StringComparison.Ordinal))) },
        { "byte order mark", With(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Sample.Scorm12))) },
        { "UTF-16", With(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Sample.Scorm12.Replace("UTF-8", "UTF-16", StringComparison.Ordinal)))) },
        { "UTF-16 the other way, no mark", With(Encoding.BigEndianUnicode.GetBytes(Sample.Scorm12.Replace("UTF-8", "UTF-16", StringComparison.Ordinal))) },
        { "says UTF-16 and is UTF-8", With(Encoding.UTF8.GetBytes(Sample.Scorm12.Replace("UTF-8", "UTF-16", StringComparison.Ordinal))) },
        { "white space ahead", With(Encoding.UTF8.GetBytes("\r\n  " + Sample.Scorm12)) },
        { "Latin-1", With(Encoding.Latin1.GetBytes(Sample.Scorm12.Replace("UTF-8", "ISO-8859-1", StringComparison.Ordinal).Replace("Wash your hands", "Hygiène", StringComparison.Ordinal))) },
        { "backslashes", new ZipBuilder().Add("imsmanifest.xml", Sample.Scorm12).Add("wash\\index.html", "x").Add("read.html", "x").Build() },
        { "dot ahead", new ZipBuilder().Add("./imsmanifest.xml", Sample.Scorm12).Add("./wash/index.html", "x").Add("./read.html", "x").Build() },
        { "zip64", Zip64().Build() },
        { "a program ahead", Prefixed().Build() },
        { "folders as entries", Sample.Of12().Add("wash/", "", e => e.Method = 0).Build() },
        { "made on Unix", Sample.Of12().Add("more.css", "x", e => (e.MadeOn, e.Attributes) = (3, 0x81A40000)).Build() },
        { "stored, not packed", Sample.Of12().Add("more.css", "x", e => e.Method = 0).Build() },
        { "no schema files, wrong namespace", With(Encoding.UTF8.GetBytes(Sample.Scorm12.Replace("http://www.imsproject.org/xsd/imscp_rootv1p1p2", "urn:wrong", StringComparison.Ordinal))) },
        { "parameters and a fragment", new ZipBuilder().Add("imsmanifest.xml", Sample.Scorm12.Replace("href=\"read.html\"><", "href=\"read.html?a=1#top\"><", StringComparison.Ordinal)).Add("wash/index.html", "x").Add("read.html", "x").Build() },
    };

    [Theory]
    [MemberData(nameof(Forgiven), DisableDiscoveryEnumeration = true)]
    public void Is_read_all_the_same(string what, byte[] upload)
    {
        var reading = PackageReader.Read(new MemoryStream(upload), new ZipLimits());
        Assert.True(reading.Content is not null, $"{what}: {string.Join('\n', reading.Findings)}");
        Assert.Contains(reading.Files, f => f.Path.Equals("wash/index.html", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(reading.Files, f => f.Path.Contains("DS_Store", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Überblick.html")]
    [InlineData("درس ١.html")]
    [InlineData("第一课 (1).html")]
    [InlineData("a b & c's.html")]
    public void Names_hold_any_script(string name) =>
        Assert.Contains(Read(Sample.Of12().Add(name, "x")).Files, f => f.Path == name);

    [Fact]
    public void Names_without_a_mark_are_utf_8_or_of_the_first_pcs()
    {
        var reading = Read(Sample.Of12()
            .Add("x", "x", e => (e.Name, e.Flags) = (Encoding.UTF8.GetBytes("é.html"), 0))
            .Add("x", "x", e => (e.Name, e.Flags) = ([0x81, (byte)'.', (byte)'j', (byte)'s'], 0)));
        Assert.Contains(reading.Files, f => f.Path == "é.html");
        Assert.Contains(reading.Files, f => f.Path == "ü.js");
    }

    [Fact]
    public void The_manifest_nearest_to_the_root_counts()
    {
        var reading = Read(Sample.Of12().Add("parts/a/imsmanifest.xml", Sample.Scorm2004));
        Assert.Equal(PackageStandard.Scorm12, reading.Content!.Standard);
    }

    [Fact]
    public void Of_two_standards_in_one_folder_cmi5_is_played_and_the_author_told()
    {
        var reading = Read(Sample.Of12().Add("cmi5.xml", Sample.Cmi5));
        Assert.Equal(PackageStandard.Cmi5, reading.Content!.Standard);
        Assert.Contains(reading.Findings, f => f.Code == "manifest-other");
    }

    [Fact]
    public void Entries_give_the_bytes_that_went_in()
    {
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        using var archive = new MemoryStream(Sample.Of12().Add("big.bin", bytes).Build());
        var file = PackageReader.Read(archive, new ZipLimits()).Files.Single(f => f.Path == "big.bin");
        using var content = ZipEntryStream.Open(archive, file.Entry);
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        Assert.Equal(bytes, copy.ToArray());
    }

    private static PackageReading Read(ZipBuilder zip)
    {
        var reading = PackageReader.Read(new MemoryStream(zip.Build()), new ZipLimits());
        Assert.True(reading.Content is not null, string.Join('\n', reading.Findings));
        return reading;
    }

    private static byte[] With(IEnumerable<byte> manifest) => new ZipBuilder().Add("imsmanifest.xml", [.. manifest]).Add("wash/index.html", "x").Add("read.html", "x").Build();

    private static ZipBuilder Zip64() =>
        new ZipBuilder { Zip64 = true }.Add("imsmanifest.xml", Sample.Scorm12, e => e.Zip64 = true).Add("wash/index.html", "x", e => e.Zip64 = true).Add("read.html", "x");

    private static ZipBuilder Prefixed() =>
        new ZipBuilder { Prefix = Encoding.ASCII.GetBytes("MZ a program that unpacks itself") }.Add("imsmanifest.xml", Sample.Scorm12).Add("wash/index.html", "x").Add("read.html", "x");

    private static (PackageStandard, string) Both(PackageContent content) => (content.Standard, content.Title);
}
