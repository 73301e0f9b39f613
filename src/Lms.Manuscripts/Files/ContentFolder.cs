using System.Text;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Files;

/// <summary>Reads files below one folder and never follows a link out of it.</summary>
internal sealed class ContentFolder(string root)
{
    /// <summary>Bytes of the largest text file that is read.</summary>
    public const int MostTextBytes = 1_000_000;

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

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
            if (!text.Contains('\0', StringComparison.Ordinal)) return new SourceFile(at.File, text);
            report.Error(at, "not-text", "The file holds a zero byte, so it is not text.", "Save it as plain text in UTF-8.");
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + bytes.AsSpan(0, Math.Clamp(e.Index, 0, bytes.Length)).Count((byte)'\n');
            report.Error(at with { Line = line }, "not-utf8", "The file is not in UTF-8.", "Save it again with the encoding UTF-8.");
        }
        return null;
    }

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
