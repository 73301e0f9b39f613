namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>How statements are forwarded: <c>LMS:Consumers</c>.</summary>
public sealed class ForwardingOptions
{
    /// <summary>Statements of one request.</summary>
    public const int MostStatements = 50;
    /// <summary>Octets of statements of one request; one statement alone may be larger.</summary>
    public const int MostOctets = 1 << 20;
    /// <summary>After so many failures in a row, one statement is sent to see whether the consumer is back.</summary>
    public const int OpensAfter = 5;
    /// <summary>After so many failures in a row of one statement, which the waits spread over some nine minutes, others are tried to see which is at fault.</summary>
    public const int DoubtsAfter = 10;
    /// <summary>So many others are tried.</summary>
    public const int MostOthers = 5;
    /// <summary>So many statements refused one after the other, and it is the consumer who is at fault.</summary>
    public const int MostRefusedInARow = 20;

    /// <summary>Whether consumers may be on this machine or in a private network, and there without TLS.</summary>
    public bool PrivateAddresses { get; set; }
    /// <summary>How long a request may take.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(30);
    /// <summary>The wait after the first failure; it doubles with each.</summary>
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(1);
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(10);
    /// <summary>The wait after credentials were not accepted, which time alone rarely mends.</summary>
    public TimeSpan DeniedWait { get; set; } = TimeSpan.FromMinutes(15);
    /// <summary>What arrives within this time goes in one request.</summary>
    public TimeSpan Gather { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The wait after so many failures in a row, with jitter so that consumers that fell together don't come back together.</summary>
    public TimeSpan WaitAfter(int failures) =>
        TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, FirstWait.TotalSeconds * Math.Pow(2, Math.Min(failures, 30) - 1)) * (0.75 + Random.Shared.NextDouble() / 2));
}
