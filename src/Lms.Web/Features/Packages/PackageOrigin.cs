using System.Buffers.Binary;
using System.Security.Cryptography;
using Lms.Web.Data;
using Lms.Web.Features.Xapi;
using Microsoft.AspNetCore.WebUtilities;

namespace Lms.Web.Features.Packages;

/// <summary>
/// Where packages live: each version has an origin of its own, so that content reaches neither the site nor another package. Addresses there
/// carry a token instead of a cookie; see <c>infra/adr/0014</c>.
/// </summary>
public sealed class PackageOrigin
{
    private const string DefaultHost = "packages.localhost";
    private const int MacBytes = 16, TokenBytes = 4 + 16 + MacBytes;
    // A token is the same all day, so that a browser finds again what it has kept, and holds for at least one more.
    private static readonly TimeSpan Holds = TimeSpan.FromDays(2);
    private readonly HostString _host;
    private readonly Uri _site;
    private readonly Lazy<byte[]> _key;
    private readonly TimeProvider _clock;

    public PackageOrigin(PackagesOptions options, XapiAddresses addresses, SiteKeys keys, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(addresses);
        ArgumentNullException.ThrowIfNull(keys);
        IsDefault = options.Host is null;
        _host = HostString.FromUriComponent(options.Host ?? DefaultHost);
        _site = new Uri(addresses.Root);
        // A key of its own for each installation; tokens live for two days. It is read when it is needed: there may be no database yet.
        _key = new(() => keys.GetOrAdd("packages"));
        _clock = clock;
    }

    /// <summary>Whether nobody named a host, so that only browsers on this machine reach packages.</summary>
    public bool IsDefault { get; }

    /// <summary>The version whose origin a request came to; null for a request to the site.</summary>
    public Guid? VersionOf(HostString host)
    {
        var name = host.Host;
        if (!name.EndsWith(_host.Host, StringComparison.OrdinalIgnoreCase) || name.Length <= _host.Host.Length) return null;
        var label = name[..^_host.Host.Length];
        // What is no version's origin is none of the site's either.
        return label.EndsWith('.') ? Guid.TryParseExact(label[..^1], "N", out var id) ? id : Guid.Empty : null;
    }

    /// <summary>The origin of a version as a browser that is on the site reaches it: <c>https://0198….packages.example.org</c>.</summary>
    public string Of(HttpRequest request, Guid versionId)
    {
        ArgumentNullException.ThrowIfNull(request);
        var port = IsDefault ? request.Host.Port : _host.Port;
        // Behind a proxy the request may say http where browsers say https.
        var scheme = IsDefault || _site.IsLoopback ? request.Scheme : _site.Scheme;
        return $"{scheme}://{versionId:n}.{_host.Host}{(port is null ? "" : $":{port}")}";
    }

    /// <summary>Where content may be shown in a frame: the site, as its address is known, or on the port that both share.</summary>
    public string Framers(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var site = _site.GetLeftPart(UriPartial.Authority);
        if (!IsDefault) return site;
        var port = request.Host.Port is { } p ? $":{p}" : "";
        return $"{site} {request.Scheme}://localhost{port} {request.Scheme}://127.0.0.1{port}";
    }

    /// <summary>The address of a file of the package, or of what the player serves there.</summary>
    public string Url(HttpRequest request, Guid versionId, Guid registrationId, string pathAndQuery) =>
        $"{Of(request, versionId)}/{Token(versionId, registrationId)}/{pathAndQuery}";

    /// <summary>Lets a browser read the files of a version for a registration; <see cref="Guid.Empty"/> for staff who look at files.</summary>
    public string Token(Guid versionId, Guid registrationId)
    {
        Span<byte> token = stackalloc byte[TokenBytes];
        var midnight = new DateTimeOffset(_clock.GetUtcNow().UtcDateTime.Date + Holds, TimeSpan.Zero);
        BinaryPrimitives.WriteUInt32BigEndian(token, (uint)(midnight.ToUnixTimeSeconds() / 3600));
        registrationId.TryWriteBytes(token[4..]);
        Sign(token[..^MacBytes], versionId).CopyTo(token[^MacBytes..]);
        return WebEncoders.Base64UrlEncode(token);
    }

    /// <summary>The registration for which a token was made; null when it is not one of this version, or too old.</summary>
    public Guid? Read(string token, Guid versionId)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length != TokenBytes * 4 / 3) return null;
        Span<byte> bytes = stackalloc byte[TokenBytes];
        if (!System.Buffers.Text.Base64Url.TryDecodeFromChars(token, bytes, out var written) || written != TokenBytes) return null;
        if (!CryptographicOperations.FixedTimeEquals(Sign(bytes[..^MacBytes], versionId), bytes[^MacBytes..])) return null;
        var until = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(bytes) * 3600L);
        return until > _clock.GetUtcNow() ? new Guid(bytes.Slice(4, 16)) : null;
    }

    private byte[] Sign(ReadOnlySpan<byte> claims, Guid versionId)
    {
        Span<byte> signed = stackalloc byte[TokenBytes];
        claims.CopyTo(signed);
        versionId.TryWriteBytes(signed[^16..]);
        return HMACSHA256.HashData(_key.Value, signed)[..MacBytes];
    }
}
