using Lms.Standards.Xapi;

namespace Lms.Web.Features.Xapi;

public static class XapiFeature
{
    public static IServiceCollection AddXapi(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton(new XapiAddresses(PublicUrl(configuration["LMS:PublicUrl"])));
        services.AddSingleton<KnownNames>();
        services.AddScoped<StatementStore>();
        return services;
    }

    private static string PublicUrl(string? configured)
    {
        if (string.IsNullOrEmpty(configured)) return "http://localhost:5080";
        // It would stand in every statement and certificate for ever.
        return Uri.TryCreate(configured, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url.Query.Length + url.Fragment.Length == 0
            ? configured
            : throw new RefusalException($"LMS__PublicUrl is “{configured}”, which is no address of a site. Write it as people type it, for example https://learn.example.org.");
    }
}

/// <summary>
/// The names that this installation gives to people and activities. They are identifiers for ever: <c>LMS__PublicUrl</c> must be
/// set to the site's own address before it is used in earnest.
/// </summary>
public sealed class XapiAddresses(string publicUrl)
{
    /// <summary>The site's address without a slash at the end.</summary>
    public string Root { get; } = publicUrl.TrimEnd('/');

    /// <summary>The authority of statements that this system makes.</summary>
    public Agent System => Agent.Account(Root, "seedlot");

    /// <summary>A person by opaque id, never by e-mail.</summary>
    public Agent Person(Guid id) => Agent.Account(Root, id.ToString());

    public string Course(string slug) => $"{Root}/courses/{slug}";
    public string Lesson(string slug, string lesson) => $"{Course(slug)}/lessons/{lesson}";
    public string Assessment(string slug) => $"{Course(slug)}/assessment";
    public string Item(string slug, string item) => $"{Course(slug)}/items/{item}";
    public string Certificate(string serial) => $"{Root}/verify/{serial}";
}
