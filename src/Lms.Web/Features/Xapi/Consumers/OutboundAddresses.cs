using System.Net;
using System.Net.Sockets;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>
/// Where this program may be told to send something. Whoever may name an address could otherwise reach what only this machine can reach: the
/// cloud's metadata service first of all.
/// </summary>
internal static class OutboundAddresses
{
    private static readonly IPNetwork[] Never =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("::/128"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fec0::/10"), IPNetwork.Parse("ff00::/8"), IPNetwork.Parse("fd00:ec2::/32"),
        IPNetwork.Parse("2001::/32"), IPNetwork.Parse("2002::/16"),
    ];

    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether the text is an address that a consumer may have, as far as can be told before its name is resolved.</summary>
    public static bool IsAddress(string? text, bool privateAllowed) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { UserInfo: "", Fragment: "" } && uri.Host.Length > 0
        && (uri.Scheme == Uri.UriSchemeHttps || (privateAllowed && uri.Scheme == Uri.UriSchemeHttp))
        && (!IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) || MayReach(ip, uri.Scheme, privateAllowed));

    /// <summary>Whether a connection to the address may be made. Without TLS, only within a network of one's own.</summary>
    public static bool MayReach(IPAddress address, string scheme, bool privateAllowed)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (Nat64.Contains(address)) address = new IPAddress(address.GetAddressBytes()[^4..]);
        if (Never.Any(n => n.Contains(address))) return false;
        return Private.Any(n => n.Contains(address)) ? privateAllowed : scheme == Uri.UriSchemeHttps;
    }

    /// <summary>Resolves the name and connects to an address that was looked at: what is checked is what is used.</summary>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, bool privateAllowed, CancellationToken ct)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        var scheme = context.InitialRequestMessage.RequestUri!.Scheme;
        var allowed = Array.FindAll(found, a => MayReach(a, scheme, privateAllowed));
        if (allowed.Length == 0) throw new ForbiddenAddressException($"{context.DnsEndPoint.Host}: {string.Join(", ", found.Select(a => a.ToString()))}");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The name leads only to addresses where nothing is sent.</summary>
internal sealed class ForbiddenAddressException(string message) : Exception(message);
