using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Lms.Web.Operations;
using Microsoft.AspNetCore.RateLimiting;

namespace Lms.Web.Features.Shared;

/// <summary>
/// How often one person, system or address may ask for what is dear or worth guessing at. Each number is a minute's, can be saved up for a minute, and is
/// set by <c>LMS__Limits__{Name}</c>. Whoever asks more often is told with 429 when to come again.
/// </summary>
public static class Limits
{
    /// <summary>Tries with passwords, codes, invitations and links, from one address; lockout limits them for each account. A class behind one address can still sign in together.</summary>
    public const string SignIn = nameof(SignIn);
    /// <summary>Questions about serials of certificates, from one address. They can't be guessed; this keeps trying from being free.</summary>
    public const string Verify = nameof(Verify);
    /// <summary>Certificates as files: each may cost a process.</summary>
    public const string Files = nameof(Files);
    /// <summary>Downloads that walk the store or pack a course.</summary>
    public const string Exports = nameof(Exports);
    /// <summary>Packages that are brought.</summary>
    public const string Uploads = nameof(Uploads);
    private const string Statements = nameof(Statements), Api = nameof(Api), Pages = nameof(Pages), Strangers = nameof(Strangers);

    private static readonly Dictionary<string, int> PerMinute = new()
    {
        [SignIn] = 60,
        [Verify] = 60,
        [Files] = 30,
        [Exports] = 12,
        [Uploads] = 12,
        // A store that is moved here comes in batches; one statement a request, this is 500 a second.
        [Statements] = 30_000,
        [Api] = 1_200,
        [Pages] = 1_200,
        // Wrong or missing credentials of systems, from one address.
        [Strangers] = 120,
    };

    public static IServiceCollection AddLimits(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var off = configuration.GetValue("LMS:Limits:Off", defaultValue: false);
        var numbers = PerMinute.ToDictionary(l => l.Key, l => Number(configuration, l.Key, l.Value));
        return services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = RefuseAsync;
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (string, string)>(http => off ? Free() : Bucket(General(http), numbers));
            limits.AddPolicy(SignIn, http => off || !HttpMethods.IsPost(http.Request.Method) ? Free() : Bucket((SignIn, Address(http)), numbers));
            limits.AddPolicy(Verify, http => off ? Free() : Bucket((Verify, Address(http)), numbers));
            foreach (var name in new[] { Files, Exports, Uploads })
                limits.AddPolicy(name, http => off ? Free() : Bucket((name, Caller(http) ?? Address(http)), numbers));
        });
    }

    /// <summary>What holds for every request, by whom it is from and what it is for.</summary>
    private static (string Limit, string Who) General(HttpContext http)
    {
        var caller = Caller(http);
        if (!Shared.Api.Wants(http)) return caller is null ? default : (http.Request.Query["handler"] == "Export" ? Exports : Pages, caller);
        return caller is null ? (Strangers, Address(http)) : (http.Request.Path.StartsWithSegments("/xapi") ? Statements : Api, caller);
    }

    private static RateLimitPartition<(string, string)> Bucket((string Limit, string Who) of, Dictionary<string, int> numbers) =>
        of.Limit is null ? Free() : RateLimitPartition.GetTokenBucketLimiter<(string Limit, string Who)>(of, key => Of(numbers[key.Limit]));

    private static RateLimitPartition<(string, string)> Free() => RateLimitPartition.GetNoLimiter(("", ""));

    private static TokenBucketRateLimiterOptions Of(int perMinute) => new()
    {
        TokenLimit = perMinute,
        TokensPerPeriod = Math.Max(1, perMinute / 60),
        ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60.0 / perMinute)),
    };

    private static ValueTask RefuseAsync(OnRejectedContext refused, CancellationToken ct)
    {
        var http = refused.HttpContext;
        var wait = refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var limit = http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName ?? General(http).Limit;
        http.RequestServices.GetRequiredService<SiteMetrics>().Limited(limit);
        return ValueTask.CompletedTask;
    }

    private static string? Caller(HttpContext http) => http.User.FindFirstValue(ClaimTypes.NameIdentifier);

    // One household or attacker holds a whole IPv6 /64.
    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } six => Convert.ToHexString(six.GetAddressBytes(), 0, 8),
        var four => four.ToString(),
    };

    private static int Number(IConfiguration configuration, string name, int usual)
    {
        if (configuration[$"LMS:Limits:{name}"] is not { Length: > 0 } text) return usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new RefusalException($"LMS__Limits__{name} is “{text}”. Set it to how many requests a minute are allowed, such as {usual}, or leave it out.");
    }
}
