using System.Xml.Linq;

namespace Lms.Standards.Scorm.Manifest;

/// <summary>Makes of an address in the manifest one relative to the package's root. (CAM 3.4.2.2, RFC 3986 5)</summary>
internal sealed class AddressResolver(ManifestFindings findings)
{
    /// <summary>The base that an element's own <c>xml:base</c> makes of the one around it.</summary>
    public static string Base(string around, XElement? element)
    {
        var own = element?.Attributes().FirstOrDefault(a => a.Name.LocalName.Equals("base", StringComparison.OrdinalIgnoreCase))?.Value.Trim();
        if (string.IsNullOrEmpty(own)) return around;
        own = own.Replace('\\', '/');
        return IsAbsolute(own) || own[0] == '/' ? own : Folder(around) + own;
    }

    /// <summary>Resolves an address; null, with an error, for one that leaves the package or can't be opened.</summary>
    public PackageAddress? Resolve(string bases, XElement at, string href, string? parameters = null)
    {
        var (address, query, fragment) = Split(href.Trim());
        var whole = address.Replace('\\', '/');
        if (!IsAbsolute(whole) && !whole.StartsWith('/')) whole = Folder(bases) + whole;
        (query, fragment) = WithParameters(query, fragment, parameters);

        if (IsAbsolute(whole)) return Elsewhere(at, whole, query + fragment);
        if (Normalize(whole, at) is not { } path) return null;
        return new PackageAddress(Escape(path) + query + fragment, path);
    }

    private PackageAddress? Elsewhere(XElement at, string address, string rest)
    {
        if (address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            findings.Warning("address-elsewhere", at, "href", $"“{ManifestFindings.Cut(address)}” is not in the package.", "Put it into the package: what lies elsewhere can be shown, but not tracked.");
            return new PackageAddress(address + rest, null);
        }
        findings.Error("address-scheme", at, "href", $"“{ManifestFindings.Cut(address)}” is neither a file of the package nor a page of the web.", "Name a file of the package.");
        return null;
    }

    // What is percent-encoded is decoded first: ..%2f climbs as ../ does.
    private string? Normalize(string address, XElement at)
    {
        var steps = new List<string>();
        foreach (var step in Uri.UnescapeDataString(address).Replace('\\', '/').Split('/'))
        {
            if (step is "" or ".") continue;
            if (step != "..") steps.Add(step);
            else if (steps.Count > 0) steps.RemoveAt(steps.Count - 1);
            else
            {
                findings.Error("path-escape", at, "href", $"“{ManifestFindings.Cut(address)}” leaves the package.", "Name a file within the package, without a way up out of it.");
                return null;
            }
        }
        return string.Join('/', steps);
    }

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static (string Path, string Query, string Fragment) Split(string href)
    {
        var hash = href.IndexOf('#', StringComparison.Ordinal);
        var fragment = hash < 0 ? "" : href[hash..];
        var rest = hash < 0 ? href : href[..hash];
        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (rest, "", fragment) : (rest[..mark], rest[mark..], fragment);
    }

    /// <summary>Parameters join the query there is; a fragment gives way to none that is there. (CAM 3.4.1.11)</summary>
    private static (string Query, string Fragment) WithParameters(string query, string fragment, string? parameters)
    {
        var more = parameters?.Trim().TrimStart('?', '&') ?? "";
        var hash = more.IndexOf('#', StringComparison.Ordinal);
        if (hash >= 0)
        {
            if (fragment.Length == 0) fragment = more[hash..];
            more = more[..hash];
        }
        if (more.Length > 0) query = query.Length == 0 ? "?" + more : $"{query}&{more}";
        return (query.Replace(" ", "%20", StringComparison.Ordinal), fragment.Replace(" ", "%20", StringComparison.Ordinal));
    }

    private static string Folder(string address) => address.LastIndexOf('/') is var slash and >= 0 ? address[..(slash + 1)] : "";

    // "c:/x" is no scheme but a disk, and can't be opened either.
    private static bool IsAbsolute(string address)
    {
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        return address.StartsWith("//", StringComparison.Ordinal)
            || (colon > 0 && char.IsAsciiLetter(address[0]) && address.AsSpan(0, colon).IndexOfAnyExcept(s_schemeCharacters) < 0);
    }

    private static readonly System.Buffers.SearchValues<char> s_schemeCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
}
