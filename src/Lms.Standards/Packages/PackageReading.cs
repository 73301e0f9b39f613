using System.Text.Json;
using Lms.Standards.Cmi5;
using Lms.Standards.Cmi5.TinCan;
using Lms.Standards.Scorm.Manifest;

namespace Lms.Standards.Packages;

/// <summary>A package as it was understood.</summary>
/// <param name="Standard">By its manifest.</param>
/// <param name="Edition">Of its standard, as people say it; null where there is one.</param>
/// <param name="Title">Never empty.</param>
/// <param name="Languages">BCP 47 tags of the titles; empty where none is said.</param>
/// <param name="Structure">JSON of the standard's own model: <see cref="ScormManifest"/> by <see cref="ManifestJson"/>, <see cref="CourseStructure"/> or <see cref="TinCanPackage"/>.</param>
/// <param name="Activities">What it consists of, by index.</param>
public sealed record PackageContent(
    PackageStandard Standard, string? Edition, string Title, IReadOnlyList<string> Languages, string Structure, IReadOnlyList<PackageActivity> Activities);

/// <summary>What reading an upload came to.</summary>
/// <param name="Content">Null when it was refused.</param>
/// <param name="Files">What is to be kept of the archive; empty for a bare structure.</param>
/// <param name="Findings">All that its author should know.</param>
public sealed record PackageReading(PackageContent? Content, IReadOnlyList<LaidOutFile> Files, IReadOnlyList<PackageFinding> Findings);

/// <summary>Reads an upload: a zip archive, or a bare <c>cmi5.xml</c>. Nothing is unpacked but the manifest. No input makes it throw.</summary>
public static class PackageReader
{
    /// <summary>Reads what lies in a seekable stream.</summary>
    public static PackageReading Read(Stream upload, ZipLimits limits)
    {
        ArgumentNullException.ThrowIfNull(upload);
        ArgumentNullException.ThrowIfNull(limits);
        if (upload.Length == 0) return Refused("upload-empty", "upload", "The file is empty.", "Choose the package that your authoring tool wrote.");
        if (LooksLikeXml(upload)) return ReadBare(upload);

        var (entries, refused) = ZipDirectory.Read(upload, limits);
        if (refused is not null) return new PackageReading(null, [], [refused]);
        var layout = PackageLayout.Of(entries, limits);
        if (!layout.Ok || layout.Manifest is not { } manifest) return new PackageReading(null, [], layout.Findings);
        var reading = ReadManifest(upload, manifest, layout);
        return reading with { Findings = [.. layout.Findings, .. reading.Findings] };
    }

    private static PackageReading ReadManifest(Stream archive, PackageManifest manifest, PackageLayout layout)
    {
        var files = new PackageFileNames(layout.Files.Select(f => f.Path));
        LoadedXml loaded;
        try
        {
            using var xml = ZipEntryStream.Open(archive, layout.Files.Single(f => f.Path == layout.ManifestPath).Entry);
            loaded = PackageXml.Load(xml, layout.ManifestPath);
        }
        catch (InvalidDataException broken)
        {
            return Refused("zip-broken", layout.ManifestPath, broken.Message, "Export the package again.");
        }
        if (loaded.Document is null) return new PackageReading(null, [], loaded.Findings);
        var (content, findings) = manifest switch
        {
            PackageManifest.Cmi5 => Cmi5(CourseStructureReader.Read(loaded.Document, files.Find)),
            PackageManifest.TinCan => TinCan(TinCanReader.Read(loaded.Document, files.Find)),
            _ => ScormContent.Of(ManifestReader.Read(loaded.Document), files),
        };
        return new PackageReading(content, content is null ? [] : layout.Files, [.. loaded.Findings, .. findings]);
    }

    private static PackageReading ReadBare(Stream upload)
    {
        upload.Position = 0;
        var loaded = PackageXml.Load(upload, CourseStructureReader.FileName);
        if (loaded.Document is null) return new PackageReading(null, [], loaded.Findings);
        if (loaded.Document.Root?.Name.LocalName is "manifest" or "tincan")
            return Refused("manifest-alone", loaded.Document.Root.Name.LocalName, "Only a cmi5.xml can come without the files that it launches.", "Upload the zip that holds this file.");
        var (content, findings) = Cmi5(CourseStructureReader.Read(loaded.Document, findFile: null));
        return new PackageReading(content, [], findings);
    }

    private static (PackageContent?, IReadOnlyList<PackageFinding>) Cmi5(CourseReading reading)
    {
        if (reading.Course is not { } course) return (null, reading.Findings);
        var depths = new int[course.Blocks.Count];
        foreach (var (index, block) in course.Blocks.Index()) depths[index] = block.Parent is { } parent ? depths[parent] + 1 : 1;
        var activities = course.Units.Select((unit, index) => new PackageActivity(
            index, unit.Id, First(unit.Title, unit.Id), Launchable: true, unit.Block is { } block ? depths[block] : 0, unit.MoveOn switch
            {
                MoveOn.Passed => ActivityTracking.Passed,
                MoveOn.Completed => ActivityTracking.Completed,
                MoveOn.CompletedAndPassed => ActivityTracking.CompletedAndPassed,
                MoveOn.CompletedOrPassed => ActivityTracking.CompletedOrPassed,
                _ => ActivityTracking.NotRequired,
            }, unit.MasteryScore));
        return (new PackageContent(PackageStandard.Cmi5, null, First(course.Title, course.Id), TagsOf(course.Title), JsonSerializer.Serialize(course), [.. activities]), reading.Findings);
    }

    private static (PackageContent?, IReadOnlyList<PackageFinding>) TinCan(TinCanReading reading)
    {
        if (reading.Package is not { } package) return (null, reading.Findings);
        var activities = package.Activities.Select((a, index) => new PackageActivity(index, a.Id, First(a.Name, a.Id), a.Launch is not null, Tracking: ActivityTracking.Stated));
        var name = package.Activities[0].Name;
        return (new PackageContent(PackageStandard.TinCan, null, First(name, package.Activities[0].Id), TagsOf(name), JsonSerializer.Serialize(package), [.. activities]), reading.Findings);
    }

    private static string First(IReadOnlyDictionary<string, string> text, string otherwise) => text.Values.Select(v => v.Trim()).FirstOrDefault(v => v.Length > 0) ?? otherwise;

    private static string[] TagsOf(IReadOnlyDictionary<string, string> text) => [.. text.Keys.Where(k => k != "und")];

    // A mark of the byte order, white space, then a bracket, in one byte or two.
    private static bool LooksLikeXml(Stream upload)
    {
        Span<byte> head = stackalloc byte[64];
        upload.Position = 0;
        var read = upload.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        foreach (var b in head[..read])
        {
            if (b is 0xEF or 0xBB or 0xBF or 0xFE or 0xFF or 0 or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') continue;
            return b == '<';
        }
        return false;
    }

    private static PackageReading Refused(string code, string place, string message, string cure) =>
        new(null, [], [PackageFinding.Error(code, place, message, cure)]);
}
