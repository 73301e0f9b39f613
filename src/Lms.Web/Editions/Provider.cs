namespace Lms.Web.Editions;

/// <summary>One of several ways to do a thing, chosen by a setting's value.</summary>
/// <param name="Name">The value of the setting.</param>
/// <param name="Add">Puts its services in.</param>
internal sealed record Provider(string Name, Action<IServiceCollection, IConfiguration> Add)
{
    /// <summary>The name of the provider that <paramref name="setting"/> (<c>LMS:Files:Provider</c>) asks for; the first one where it says nothing.</summary>
    public static string Chosen(IConfiguration configuration, string setting, IReadOnlyList<string> known)
    {
        if (configuration[setting] is not { Length: > 0 } asked) return known[0];
        return known.FirstOrDefault(name => name.Equals(asked, StringComparison.OrdinalIgnoreCase))
            ?? throw new RefusalException($"{setting.Replace(":", "__", StringComparison.Ordinal)} is \"{asked}\", and this {Edition.Name} edition knows {string.Join(", ", known)}. Use one of these, or start the edition that has it: dotnet build -p:LmsEdition=Cloud.");
    }

    /// <summary>Puts the provider in that <paramref name="setting"/> asks for.</summary>
    public static void Use(IServiceCollection services, IConfiguration configuration, string setting, IReadOnlyList<Provider> known)
    {
        var name = Chosen(configuration, setting, [.. known.Select(p => p.Name)]);
        known.First(p => p.Name == name).Add(services, configuration);
    }
}
