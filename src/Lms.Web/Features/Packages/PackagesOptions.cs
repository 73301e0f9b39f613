using System.Globalization;
using Lms.Standards.Packages;

namespace Lms.Web.Features.Packages;

/// <summary>What an operator may set: <c>LMS__Packages__*</c>.</summary>
/// <param name="Host">Name, and port where it is not the usual one, beneath which each package version has an origin of its own; null for <c>packages.localhost</c>.</param>
/// <param name="MostUploadBytes">The largest upload.</param>
/// <param name="MostBytes">The most that a package may unpack to.</param>
public sealed record PackagesOptions(string? Host, long MostUploadBytes, long MostBytes)
{
    private const long DefaultUpload = 2L << 30, DefaultUnpacked = 4L << 30;

    /// <summary>A little more than an upload may be, so that it is this program that refuses, and says why.</summary>
    public long MostRequestBytes => MostUploadBytes + (1 << 20);

    public ZipLimits Limits => new() { Bytes = MostBytes };

    public static PackagesOptions From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection("LMS:Packages");
        var host = section["Host"] is { Length: > 0 } named ? named.Trim().TrimStart('.') : null;
        if (host is not null && Uri.CheckHostName(HostString.FromUriComponent(host).Host) != UriHostNameType.Dns)
            throw new RefusalException($"LMS__Packages__Host is “{host}”, which is no host. Write a name whose subdomains all lead here, for example packages.example.org.");
        return new PackagesOptions(host, Bytes("MostUploadBytes", DefaultUpload), Bytes("MostBytes", DefaultUnpacked));

        long Bytes(string name, long otherwise) =>
            section[name] is not { Length: > 0 } text ? otherwise
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0 ? bytes
            : throw new RefusalException($"LMS__Packages__{name} is “{text}”. Write a number of bytes, for example {otherwise}.");
    }
}
