using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lms.Manuscripts;
using Lms.Manuscripts.Courses;
using Lms.Manuscripts.Findings;
using Lms.Web.Data;
using Lms.Web.Files;
using Lms.Web.Images;
using Microsoft.EntityFrameworkCore;
using Manuscript = Lms.Manuscripts.Courses.Course;

namespace Lms.Web.Features.Catalog;

/// <summary>
/// The pictures of courses. A course names each by the hash of what its author wrote, whatever this program makes of it, so that the same course is the same
/// version everywhere; which sizes there are is looked up when the course is shown.
/// </summary>
public sealed partial class Pictures(LmsDbContext db, IFileStore files, IImageProcessor images)
{
    // A figure is at most 32rem wide (site.css).
    private const string Sizes = "(min-width: 34rem) 32rem, 100vw";

    /// <summary>Puts figures, by their hashes, into the store, and into the caller's unit of work what their sizes are; says which can't be shown.</summary>
    public async Task<IReadOnlyList<Finding>> KeepAsync(IEnumerable<KeyValuePair<string, Asset>> figures, CancellationToken ct)
    {
        var findings = new List<Finding>();
        var asked = figures.ToList();
        var known = await KnownAsync(asked.Select(f => f.Key), ct);
        foreach (var (hash, asset) in asked.Where(f => !known.ContainsKey(f.Key)))
            switch (await images.OutcomeAsync(asset, ct))
            {
                case ImageOutcome.Kept: await files.PutAsync(asset.Bytes, ct); break;
                case ImageOutcome.Resized made: await AddAsync(hash, asset, made.Variants, ct); break;
                case ImageOutcome.Refused refused: findings.Add(FindingOf(asset, refused)); break;
            }
        return findings;
    }

    /// <summary>What publishing would refuse; nothing is kept.</summary>
    public static async Task<IReadOnlyList<Finding>> CheckAsync(IImageProcessor images, IEnumerable<Manuscript> courses, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(images);
        var findings = new List<Finding>();
        foreach (var asset in courses.SelectMany(c => c.Assets.Values))
            if (await images.OutcomeAsync(asset, ct) is ImageOutcome.Refused refused) findings.Add(FindingOf(asset, refused));
        return findings;
    }

    /// <summary>Reads a course from its JSON, its pictures in the sizes there are.</summary>
    public async Task<Manuscript> ReadAsync(byte[] json, CancellationToken ct)
    {
        var text = Encoding.UTF8.GetString(json);
        var pictures = await KnownAsync(Tag().Matches(text).Select(tag => tag.Groups["hash"].Value), ct);
        if (pictures.Count == 0) return Canonical.Read<Manuscript>(json);
        var course = Canonical.Read<Manuscript>(Encoding.UTF8.GetBytes(Tag().Replace(text, tag => pictures.TryGetValue(tag.Groups["hash"].Value, out var picture) ? Sized(picture, tag.Groups["alt"].Value) : tag.Value)));
        return course with { Modules = [.. course.Modules.Select(m => m with { Lessons = [.. m.Lessons.Select(l => Weighed(l, pictures))] })] };
    }

    /// <summary>The file in which a figure's picture is that a page names: one of its sizes, or it itself.</summary>
    public async Task<string> FileAsync(string name, CancellationToken ct) =>
        FileName.IsValid(name) && await db.Set<Picture>().AsNoTracking().FirstOrDefaultAsync(p => p.Hash == name, ct) is { } picture ? picture.Usual.File : name;

    private async Task AddAsync(string hash, Asset asset, IReadOnlyList<ImageVariant> variants, CancellationToken ct)
    {
        var sizes = new List<PictureSize>();
        foreach (var variant in variants) sizes.Add(new PictureSize(variant.Width, variant.Height, variant.Bytes.Length, await files.PutAsync(variant.Bytes, ct)));
        db.Add(new Picture { Hash = hash, Bytes = asset.Bytes.Length, Sizes = sizes });
    }

    private async Task<Dictionary<string, Picture>> KnownAsync(IEnumerable<string> hashes, CancellationToken ct)
    {
        var asked = hashes.Distinct().ToList();
        if (asked.Count == 0) return [];
        // Those that this unit of work is about to save count too: two courses may show the same picture.
        var known = db.Set<Picture>().Local.Where(p => asked.Contains(p.Hash)).ToDictionary(p => p.Hash, StringComparer.Ordinal);
        foreach (var picture in await db.Set<Picture>().AsNoTracking().Where(p => asked.Contains(p.Hash)).ToListAsync(ct)) known.TryAdd(picture.Hash, picture);
        return known;
    }

    private static Finding FindingOf(Asset asset, ImageOutcome.Refused refused) => new(asset.File, 1, 1, Severity.Error, refused.Code, refused.Message, refused.Suggestion);

    // Within the JSON of a course, where quotation marks are escaped.
    private static string Sized(Picture picture, string alt)
    {
        var (usual, widest) = (picture.Usual, picture.Sizes[^1]);
        var others = picture.Sizes.Count == 1 ? "" :
            $"srcset=\\\"{string.Join(", ", picture.Sizes.Select(s => string.Create(CultureInfo.InvariantCulture, $"/files/{s.File} {s.Width}w")))}\\\" sizes=\\\"{Sizes}\\\" ";
        return string.Create(CultureInfo.InvariantCulture, $"<img src=\\\"/files/{usual.File}\\\" {others}alt=\\\"{alt}\\\" width=\\\"{widest.Width}\\\" height=\\\"{widest.Height}\\\" loading=\\\"lazy\\\">");
    }

    /// <summary>What a lesson weighs with its pictures as they are downloaded.</summary>
    private static Lesson Weighed(Lesson lesson, Dictionary<string, Picture> pictures) => lesson with
    {
        Texts = lesson.Texts.ToDictionary(t => t.Key, t => t.Value with
        {
            AssetBytes = t.Value.AssetBytes + t.Value.Assets.Sum(hash => pictures.TryGetValue(hash, out var picture) ? picture.Usual.Bytes - picture.Bytes : 0),
        }),
    };

    [GeneratedRegex("""<img src=\\"/files/(?<hash>[0-9a-f]{64})\\" alt=\\"(?<alt>[^"]*)\\" width=\\"[0-9]+\\" height=\\"[0-9]+\\" loading=\\"lazy\\">""")]
    private static partial Regex Tag();
}

internal static class AssetImages
{
    /// <summary>Drawings are what their sanitiser wrote, and stay.</summary>
    public static async Task<ImageOutcome> OutcomeAsync(this IImageProcessor images, Asset asset, CancellationToken ct) =>
        asset.MediaType == "image/svg+xml" ? new ImageOutcome.Kept() : await images.ProcessAsync(asset.Bytes, ct);
}
