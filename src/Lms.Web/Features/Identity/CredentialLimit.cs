using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Lms.Web.Features.Identity;

/// <summary>
/// Limits how often one address may try passwords, codes, invitations and links; lockout limits it for each account. A class
/// behind one address can still sign in together.
/// </summary>
internal static class CredentialLimit
{
    public const string Policy = "credentials";
    private const int PerMinute = 60;

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var off = configuration.GetValue("LMS:Limits:Off", defaultValue: false);
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "60";
                return ValueTask.CompletedTask;
            };
            limits.AddPolicy(Policy, context => !off && HttpMethods.IsPost(context.Request.Method)
                ? RateLimitPartition.GetTokenBucketLimiter(Network(context.Connection.RemoteIpAddress), _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = PerMinute,
                    TokensPerPeriod = PerMinute,
                    ReplenishmentPeriod = TimeSpan.FromMinutes(1),
                })
                : RateLimitPartition.GetNoLimiter(""));
        });
    }

    // One household or attacker holds a whole IPv6 /64.
    private static string Network(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return bytes.Length == 16 ? Convert.ToHexString(bytes, 0, 8) : address.ToString();
    }
}
