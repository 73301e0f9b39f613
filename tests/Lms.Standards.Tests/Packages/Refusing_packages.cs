using System.Text;
using Lms.Standards.Packages;

namespace Lms.Standards.Tests.Packages;

/// <summary>What no package may be or hold is refused, with its place and its cure.</summary>
public sealed class Refusing_packages
{
    public static TheoryData<string, byte[]> Refused() => new()
    {
        { "upload-empty", [] },
        { "not-a-zip", Encoding.UTF8.GetBytes("Rar! is something else, and long enough to hold a directory") },
        { "zip-truncated", Sample.Of12().Build()[..400] },
        { "zip-empty", new ZipBuilder().Build() },
        { "zip-broken", Broken() },
        { "manifest-missing", new ZipBuilder().Add("index.html", "x").Build() },
        { "manifest-missing", new ZipBuilder().Add("__MACOSX/imsmanifest.xml", "x").Build() },
        { "manifest-several", Sample.Of12("a/").Add("b/imsmanifest.xml", Sample.Scorm12).Build() },
        { "manifest-alone", Encoding.UTF8.GetBytes(Sample.Scorm12) },
        { "aicc", new ZipBuilder().Add("course.crs", "x").Add("course.au", "x").Add("course.des", "x").Add("course.cst", "x").Build() },
        { "path-escape", Sample.Of12().Add("../evil.html", "x").Build() },
        { "path-escape", Sample.Of12().Add("a/../../evil.html", "x").Build() },
        { "path-escape", Sample.Of12().Add("..\\evil.html", "x").Build() },
        { "path-escape", Sample.Of12().Add("/etc/passwd", "x").Build() },
        { "path-escape", Sample.Of12().Add("C:\\windows\\evil.dll", "x").Build() },
        { "path-escape", Sample.Of12().Add("\\\\server\\share\\x", "x").Build() },
        { "path-escape", Sample.Of12().Add("a\0b.html", "x").Build() },
        { "path-too-long", Sample.Of12().Add(string.Concat(Enumerable.Repeat("folder/", 200)), "x").Build() },
        { "link", Sample.Of12().Add("link", "/etc/passwd", e => (e.MadeOn, e.Attributes) = (3, 0xA1FF0000)).Build() },
        { "link", Sample.Of12().Add("device", "", e => (e.MadeOn, e.Attributes) = (3, 0x61B00000)).Build() },
        { "encrypted", Sample.Of12().Add("secret.html", "x", e => e.Flags |= 1).Build() },
        { "encrypted", Sample.Of12().Add("secret.html", "x", e => e.Method = 99).Build() },
        { "zip-method", Sample.Of12().Add("odd.html", "x", e => e.Method = 12).Build() },
        { "zip-bomb", Sample.Of12().Add("zeros.bin", new byte[16 << 20]).Build() },
        { "zip-bomb", Sample.Of12().Add("big.bin", "x", e => (e.Zip64, e.SaysBytes, e.Method) = (true, 5L << 30, 0)).Build() },
        { "zip-bomb", Sample.Of12().Add("a.js", "same").Add("b.js", "same", e => e.Overlaps = true).Build() },
        { "xml-doctype", With("<?xml version=\"1.0\"?><!DOCTYPE manifest [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><manifest>&x;</manifest>") },
        { "xml-doctype", With("<!DOCTYPE lolz [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><manifest>&b;</manifest>") },
        { "xml-broken", With("<manifest><organizations>") },
        { "xml-broken", With("<manifest>&undefined;</manifest>") },
        { "xml-empty", With("   ") },
        { "xml-too-deep", With(string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(Enumerable.Repeat("</a>", 5000))) },
        { "zip-broken", Sample.Of12(manifest: "x").Add("imsmanifest.xml", Sample.Scorm12, e => e.SaysCrc = 1).Build() },
        { "manifest-root", With("<html/>") },
        { "file-missing", new ZipBuilder().Add("imsmanifest.xml", Sample.Scorm12).Add("read.html", "x").Build() },
        { "organization-missing", With("<manifest identifier=\"m\"><organizations/><resources/></manifest>") },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void Is_refused_with_its_reason(string code, byte[] upload)
    {
        var reading = PackageReader.Read(new MemoryStream(upload), new ZipLimits());
        Assert.Null(reading.Content);
        Assert.Empty(reading.Files);
        var finding = Assert.Single(reading.Findings.Where(f => f.Severity == Severity.Error).DistinctBy(f => f.Code));
        Assert.Equal(code, finding.Code);
        Assert.All([finding.Place, finding.Message, finding.Cure], text => Assert.NotEmpty(text));
    }

    [Fact]
    public void Too_many_entries_are_refused_before_they_are_read()
    {
        var zip = Sample.Of12();
        for (var i = 0; i < 20; i++) zip.Add($"{i}.txt", "x");
        var reading = PackageReader.Read(new MemoryStream(zip.Build()), new ZipLimits { Entries = 10 });
        Assert.Equal("zip-too-many", Assert.Single(reading.Findings).Code);
    }

    [Fact]
    public void The_sum_of_small_files_can_be_a_bomb()
    {
        var reading = PackageReader.Read(new MemoryStream(Sample.Of12().Build()), new ZipLimits { Bytes = 20 });
        Assert.Equal("zip-bomb", Assert.Single(reading.Findings).Code);
    }

    [Fact]
    public void All_that_refuses_an_archive_is_said_at_once()
    {
        var reading = PackageReader.Read(new MemoryStream(Sample.Of12().Add("../a", "x").Add("b", "x", e => e.Flags |= 1).Build()), new ZipLimits());
        Assert.Equal(["encrypted", "path-escape"], reading.Findings.Select(f => f.Code).Order());
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1)]
    public void An_entry_whose_length_or_checksum_lies_is_never_read_to_its_end(int says)
    {
        using var archive = new MemoryStream(Sample.Of12().Add("lie.bin", "four", e => e.SaysBytes = says).Build());
        var entry = PackageReader.Read(archive, new ZipLimits()).Files.Single(f => f.Path == "lie.bin").Entry;
        using var content = ZipEntryStream.Open(archive, entry);
        Assert.Throws<InvalidDataException>(() => content.CopyTo(Stream.Null));
    }

    [Fact]
    public void Damaged_bytes_never_make_the_reader_throw()
    {
        var whole = Sample.Of12().Add("cmi5.xml", Sample.Cmi5).Build();
        var random = new Random(20261125);
        for (var run = 0; run < 3000; run++)
        {
            var copy = whole.ToArray();
            for (var hit = 0; hit < 1 + run % 6; hit++) copy[random.Next(copy.Length)] = (byte)random.Next(256);
            var upload = run % 5 == 0 ? copy[..random.Next(copy.Length)] : copy;
            var reading = PackageReader.Read(new MemoryStream(upload), new ZipLimits());
            Assert.True(reading.Content is not null || reading.Findings.Any(f => f.Severity == Severity.Error), $"Run {run} says nothing.");
        }
    }

    private static byte[] With(string manifest) => new ZipBuilder().Add("imsmanifest.xml", manifest).Add("wash/index.html", "x").Build();

    private static byte[] Broken()
    {
        var bytes = Sample.Of12().Build();
        bytes[bytes.Length - 22 - 60] ^= 0xFF;
        var end = bytes.AsSpan(bytes.Length - 22);
        BitConverter.TryWriteBytes(end[16..], 3);
        BitConverter.TryWriteBytes(end[12..], (uint)(bytes.Length - 22 - 3));
        return bytes;
    }
}
