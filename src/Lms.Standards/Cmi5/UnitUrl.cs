using System.Buffers;
using System.Xml.Linq;

namespace Lms.Standards.Cmi5;

/// <summary>The address of a unit: where it may lead, and which file it means. (8.1, 13.1.4, 14.1, 14.2)</summary>
internal static class UnitUrl
{
    // RFC 1738, 2.2: unsafe characters; what is not ASCII may stand in an anyURI and is encoded on launch.
    internal static readonly SearchValues<char> Unsafe = SearchValues.Create([.. Enumerable.Range(0, 0x21).Append(0x7F).Select(c => (char)c), .. "<>\"{}|\\^[]`"]);

    // They would run in the page that launches, or read the learner's own machine, or are opened by no browser.
    private static readonly string[] s_dangerous = ["javascript", "vbscript", "data", "blob", "file", "about", "filesystem", "view-source", "ftp"];

    /// <summary>Reports what is wrong with the address; answers the package's file that it names.</summary>
    public static string? Check(XElement at, string url, StructureNotes notes, Func<string, string?>? findFile)
    {
        if (url.Length == 0)
        {
            notes.Error("13.2.0.0-1", at, "The unit has no address.", "Write where it starts.");
            return null;
        }
        var parts = AddressParts.Of(url);
        foreach (var name in LaunchUrl.Conflicts(parts.Query))
            notes.Error("8.1.0.0-6", at, $"The query of the address has a parameter {name}, which the launch itself sends.", "Rename the parameter.");
        if (Scheme(url) is { } scheme)
        {
            CheckAbsolute(at, url, scheme, notes);
            return null;
        }
        if (findFile is not null) return FileOf(at, url, parts, notes, findFile);
        notes.Error("14.2.0.0-1", at, $"The address “{url}” is relative, and there is no package that it could be relative to.", "Write the full address, or import the structure in a zip with its files.");
        return null;
    }

    private static void CheckAbsolute(XElement at, string url, string scheme, StructureNotes notes)
    {
        var rest = url.AsSpan(scheme.Length + 1);
        var broken = url.AsSpan().ContainsAny(Unsafe) || !PercentsAreHex(url) || !rest.StartsWith("//") || rest.Length == 2;
        if (!broken && scheme is "http" or "https") broken = !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0;
        if (broken)
            notes.Error("13.1.4.0-2", at, $"“{url}” is no URL.", "Write scheme, host and path, and encode blanks and other unsafe characters with a percent sign.");
        else if (s_dangerous.Contains(scheme))
            notes.Error("13.1.4.0-2", at, $"An address of the scheme {scheme} is not launched.", "Put the unit on a web server, or in the package.");
    }

    private static string? FileOf(XElement at, string url, AddressParts parts, StructureNotes notes, Func<string, string?> findFile)
    {
        if (url.StartsWith("//", StringComparison.Ordinal) || parts.Path.Length == 0)
        {
            notes.Error("14.1.0.0-4", at, $"The address “{url}” names no file of the package.", "Write the path of a file of the package, or a full URL.");
            return null;
        }
        if (PathOf(parts.Path) is not { } path)
        {
            notes.Error("14.1.0.0-4", at, $"The address “{url}” leads out of the package.", "Write the path of a file of the package.");
            return null;
        }
        if ((findFile(path) ?? findFile(parts.Path.TrimStart('/'))) is not { } file)
        {
            notes.Error("14.1.0.0-4", at, $"The package has no file {path}.", "Add the file, or write a full URL for what is not in the package.");
            return null;
        }
        if (url.AsSpan().ContainsAny(Unsafe) || !PercentsAreHex(url))
            notes.Warning("13.1.4.0-2", at, $"The address “{url}” has characters that a URL may not have; it is encoded when the unit is launched.", "Encode blanks and other unsafe characters with a percent sign.");
        return file;
    }

    private static string? PathOf(string path)
    {
        var steps = new List<string>();
        foreach (var step in Uri.UnescapeDataString(path).Replace('\\', '/').Split('/'))
        {
            if (step is "" or ".") continue;
            if (step != "..") { steps.Add(step); continue; }
            if (steps.Count == 0) return null;
            steps.RemoveAt(steps.Count - 1);
        }
        return string.Join('/', steps);
    }

    private static string? Scheme(string url)
    {
        var colon = url.IndexOf(':');
        if (colon < 1 || !char.IsAsciiLetter(url[0])) return null;
        var scheme = url[..colon];
        return scheme.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.') ? scheme.ToLowerInvariant() : null;
    }

    private static bool PercentsAreHex(string text)
    {
        for (var at = text.IndexOf('%'); at >= 0; at = text.IndexOf('%', at + 1))
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2])) return false;
        return true;
    }
}
