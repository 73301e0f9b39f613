using System.Text;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Files;

/// <summary>Reads files below one folder and never follows a link out of it.</summary>
internal sealed class ContentFolder(string root, PictureLimits? pictures = null)
{
    /// <summary>Bytes of the largest text file that is read.</summary>
    public const int MostTextBytes = 1_000_000;

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    public PictureLimits Pictures { get; } = pictures ?? PictureLimits.AsShown;

    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>The name that findings give a file: relative to the folder, with forward slashes.</summary>
    public string Name(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    public SourceFile? ReadText(string path, Report report)
    {
        var at = new Place(Name(path), 1, 1);
        if (ReadBytes(path, MostTextBytes, at, report) is not { } bytes) return null;
        try
        {
            var text = s_strict.GetString(bytes);
            if (bytes.AsSpan().IndexOf((byte)0) is >= 0 and var zero) report.Error(Locate(at, bytes.AsSpan(0, zero)), "not-text", "The file holds a zero byte, so it is not text.", "Save it as plain text in UTF-8.");
            else return new SourceFile(at.File, text);
        }
        catch (DecoderFallbackException e)
        {
            report.Error(Locate(at, bytes.AsSpan(0, Math.Clamp(e.Index, 0, bytes.Length))), "not-utf8", "The file is not in UTF-8.", "Save it again with the encoding UTF-8.");
        }
        return null;
    }

    // Where a file goes wrong of which this much is right.
    private static Place Locate(Place at, ReadOnlySpan<byte> before) =>
        at with { Line = 1 + before.Count((byte)'\n'), Column = 1 + Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) };

    public byte[]? ReadBytes(string path, int most, Place at, Report report)
    {
        try
        {
            if (IsLinked(path))
            {
                report.Error(at, "file-link", "The file is a symbolic link, or lies behind one.", "Put the file itself there.");
                return null;
            }
            var length = new FileInfo(path).Length;
            if (length <= most) return File.ReadAllBytes(path);
            report.Error(at, "file-too-large", $"The file has {length / 1000} KB; at most {most / 1000} KB are read.", "Divide it, or make it smaller.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report.Error(at, "file-unreadable", "The file can't be read.", "Check that it is there and that you may read it.");
        }
        return null;
    }

    /// <summary>True when the path, or a folder between it and the root, is a symbolic link.</summary>
    public bool IsLinked(string path)
    {
        for (var p = Path.GetFullPath(path); p.Length > Root.Length && p.StartsWith(Root, StringComparison.Ordinal); p = Path.GetDirectoryName(p)!)
            if (new FileInfo(p).LinkTarget is not null) return true;
        return false;
    }
}
