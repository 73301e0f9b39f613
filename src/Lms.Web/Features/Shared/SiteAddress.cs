using Lms.Web.Data;

namespace Lms.Web.Features.Shared;

/// <summary>The site's own address as people type it: <c>LMS__PublicUrl</c>.</summary>
public sealed class SiteAddress
{
    /// <param name="configured">What the setting says; null or empty when it is not set.</param>
    public SiteAddress(string? configured)
    {
        if (string.IsNullOrEmpty(configured)) return;
        // It would stand in every statement and certificate for ever.
        var isAddress = Uri.TryCreate(configured, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url.Query.Length + url.Fragment.Length == 0;
        Configured = isAddress ? configured.TrimEnd('/')
            : throw new RefusalException($"LMS__PublicUrl is “{configured}”, which is no address of a site. Write it as people type it, for example https://learn.example.org.");
    }

    /// <summary>Without a slash at the end; null when it is not set.</summary>
    public string? Configured { get; }

    /// <summary>A link to be used elsewhere. A request may name any host, so what it says counts only where nothing is set.</summary>
    public string Link(HttpRequest request, string path)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (Configured ?? $"{request.Scheme}://{request.Host}") + path;
    }
}
