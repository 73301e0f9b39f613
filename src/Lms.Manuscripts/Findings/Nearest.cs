namespace Lms.Manuscripts.Findings;

/// <summary>Finds what an author may have meant.</summary>
internal static class Nearest
{
    /// <summary>A sentence that names the likeliest of <paramref name="known"/>, or lists what there is.</summary>
    public static string Suggest(string written, IEnumerable<string> known)
    {
        var names = known.Distinct(StringComparer.Ordinal).Take(500).ToList();
        return To(written, names) is { } meant ? $"Did you mean “{meant}”?"
            : names.Count == 0 ? "There is none yet: remove it."
            : $"Use one of: {string.Join(", ", names.Order(StringComparer.Ordinal).Take(12))}{(names.Count > 12 ? ", …" : "")}.";
    }

    /// <summary>The nearest name within a third of its length in typing mistakes, or null.</summary>
    public static string? To(string written, IEnumerable<string> known)
    {
        if (written.Length > 64) return null;
        var best = known.Where(k => k.Length <= 64)
            .Select(k => (Name: k, Distance: Distance(written.ToUpperInvariant(), k.ToUpperInvariant())))
            .OrderBy(k => k.Distance).ThenBy(k => k.Name, StringComparer.Ordinal).FirstOrDefault();
        return best.Name is not null && best.Distance <= Math.Max(1, best.Name.Length / 3) ? best.Name : null;
    }

    // Optimal string alignment: a swap of neighbours is one mistake, as it is on a keyboard.
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        return d[a.Length, b.Length];
    }
}
