namespace Lms.Web.Features.Xapi.Credentials;

/// <summary>The names by which scopes are written.</summary>
public static class LrsScopeNames
{
    private static readonly (string Name, LrsScopes Scope)[] Names =
    [
        ("statements/write", LrsScopes.StatementsWrite),
        ("statements/read", LrsScopes.StatementsRead),
        ("statements/read/mine", LrsScopes.StatementsReadMine),
        ("state", LrsScopes.State),
        ("profile", LrsScopes.Profile),
        ("define", LrsScopes.Define),
        ("all", LrsScopes.All),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Names.Select(n => n.Name)];

    public static IReadOnlyList<string> Of(LrsScopes scopes) => [.. Names.Where(n => scopes.HasFlag(n.Scope)).Select(n => n.Name)];

    /// <summary>The scopes of these names; null when one is unknown or there is none.</summary>
    public static LrsScopes? Parse(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var scopes = LrsScopes.None;
        foreach (var name in names)
        {
            var known = Array.Find(Names, n => n.Name == name);
            if (known.Name is null) return null;
            scopes |= known.Scope;
        }
        return scopes == LrsScopes.None ? null : scopes;
    }
}
