using System.Security.Cryptography;
using Lms.Manuscripts.Courses;
using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Markdown.Figures;

/// <summary>A figure that may be shown: a drawing, or a picture of known size.</summary>
internal sealed record Figure(string Hash, Asset Asset, int Width, int Height, SvgDrawing? Drawing);

/// <summary>A course's figures, each read once.</summary>
internal sealed class FigureStore(ContentFolder content, Report report)
{
    private const int MostSvgBytes = 30 * 1024;
    private readonly Dictionary<string, Figure?> _figures = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Asset> Assets =>
        _figures.Values.OfType<Figure>().DistinctBy(f => f.Hash).ToDictionary(f => f.Hash, f => f.Asset, StringComparer.Ordinal);

    public bool WasShown(string path) => _figures.ContainsKey(path);

    public Figure? Read(string path)
    {
        if (_figures.TryGetValue(path, out var known)) return known;
        return _figures[path] = path.EndsWith(".svg", StringComparison.Ordinal) ? ReadSvg(path) : ReadRaster(path);
    }

    private Figure? ReadSvg(string path)
    {
        var name = content.Name(path);
        if (content.ReadBytes(path, MostSvgBytes, new Place(name, 1, 1), report) is not { } bytes) return null;
        if (SvgSanitizer.Read(bytes, name, report) is not { } drawing) return null;
        var clean = drawing.Standalone();
        return new Figure(Hash(clean), new Asset("image/svg+xml", clean, name), (int)Math.Ceiling(drawing.Width), (int)Math.Ceiling(drawing.Height), drawing);
    }

    private Figure? ReadRaster(string path)
    {
        var at = new Place(content.Name(path), 1, 1);
        if (content.ReadBytes(path, content.Pictures.MostBytes, at, report) is not { } bytes) return null;
        var wanted = Path.GetExtension(path) switch { ".png" => "image/png", ".webp" => "image/webp", _ => "image/jpeg" };
        if (RasterHeader.Read(bytes) is not { MediaType: not "image/gif" } header)
            report.Error(at, "figure-format", "The file is not a whole PNG, JPEG or WebP picture.", "Save it again in one of these formats.");
        else if (header.MediaType != wanted)
            report.Error(at, "figure-extension", $"The file is {header.MediaType}, which its name does not say.", $"Rename it to end in .{header.MediaType["image/".Length..]}.");
        else if (header.Exceeds(content.Pictures))
            report.Error(at, "figure-pixels", $"The picture is {header.Width} × {header.Height} pixels; {content.Pictures.MostWidth} × {content.Pictures.MostHeight} is the most.", "Make it smaller: a phone shows no more.");
        else return new Figure(Hash(bytes), new Asset(header.MediaType, bytes, at.File), header.Width, header.Height, null);
        return null;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <summary>The figures beside one text, and which of them it shows.</summary>
internal sealed class FigureFolder(string directory, FigureStore store)
{
    private static readonly string[] s_extensions = [".svg", ".png", ".jpg", ".jpeg", ".webp"];
    private readonly Dictionary<string, Figure> _shown = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Figure> Shown => _shown.Values;

    public Figure? Find(string name, Place at, Report report)
    {
        if (name.AsSpan().ContainsAny("/\\:%") || name.Contains("..", StringComparison.Ordinal))
            report.Error(at, "figure-path", $"“{Short(name)}” is not beside the text.", "Put the figure into the same folder and write its name alone.");
        else if (!s_extensions.Contains(Path.GetExtension(name)))
            report.Error(at, "figure-type", $"“{Short(name)}” is not a figure.", "Use .svg, .png, .jpg or .webp, in lower case.");
        else if (!name[..name.LastIndexOf('.')].Split('.').All(Names.IsValid))
            report.Error(at, "name-invalid", $"“{Short(name)}” is not a file name that works everywhere.", Names.Rule);
        else if (!File.Exists(Path.Combine(directory, name)))
            report.Error(at, "figure-missing", $"There is no file “{name}” beside the text.", Nearest.Suggest(name, Siblings()));
        else if (store.Read(Path.Combine(directory, name)) is { } figure)
            return _shown[figure.Hash] = figure;
        return null;
    }

    private IEnumerable<string> Siblings() => !Directory.Exists(directory) ? [] : Directory.EnumerateFiles(directory).Select(f => Path.GetFileName(f)).Where(f => s_extensions.Contains(Path.GetExtension(f)));

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
