using System.Net;
using System.Threading.RateLimiting;

namespace Lms.Web.Features.Certificates;

/// <summary>Limits how often one address may ask about serials. They can't be guessed; this keeps trying from being free.</summary>
internal static class VerifyLimit
{
    public const string Policy = "verify";
    private const int PerMinute = 60;

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var off = configuration.GetValue("LMS:Limits:Off", defaultValue: false);
        services.AddRateLimiter(limits => limits.AddPolicy(Policy, context => off
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetTokenBucketLimiter(Network(context.Connection.RemoteIpAddress), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = PerMinute,
                TokensPerPeriod = PerMinute,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            })));
    }

    // One household or attacker holds a whole IPv6 /64.
    private static string Network(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes(), 0, 8),
        _ => address.ToString(),
    };
}
