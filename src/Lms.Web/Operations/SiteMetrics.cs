using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Lms.Web.Operations;

/// <summary>
/// What the site counts of its own work, with .NET's own instruments: how many and how long, never who. Labels take only values that are known beforehand.
/// </summary>
public sealed class SiteMetrics
{
    public const string MeterName = "Seedlot.Site";

    private readonly Counter<long> _signIns, _certificates, _imports, _limited, _jobRuns;
    private readonly Histogram<double> _jobs, _commits;

    public SiteMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _signIns = meter.CreateCounter<long>("seedlot.signins", description: "Tries to sign in, by outcome.");
        _certificates = meter.CreateCounter<long>("seedlot.certificates.issued", description: "Certificates issued.");
        _imports = meter.CreateCounter<long>("seedlot.imports", description: "Packages imported, by outcome.");
        _limited = meter.CreateCounter<long>("seedlot.requests.limited", description: "Requests refused with 429, by limit.");
        _jobRuns = meter.CreateCounter<long>("seedlot.jobs.runs", description: "Runs of jobs, by outcome.");
        _jobs = meter.CreateHistogram<double>("seedlot.jobs.duration", "s", "How long a job ran.");
        _commits = meter.CreateHistogram<double>("seedlot.database.commit.duration", "s", "How long it took to write a unit of work, with the wait for other writers and for the disk.");
    }

    public void SignedIn(string outcome) => _signIns.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void CertificateIssued() => _certificates.Add(1);

    public void Imported(string outcome) => _imports.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Limited(string limit) => _limited.Add(1, new KeyValuePair<string, object?>("limit", limit));

    /// <param name="since">As <see cref="Stopwatch.GetTimestamp"/>.</param>
    public void JobRan(string job, string outcome, long since)
    {
        _jobRuns.Add(1, new("name", job), new("outcome", outcome));
        _jobs.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, new KeyValuePair<string, object?>("name", job));
    }

    /// <param name="kind"><c>work</c> for a person's or a job's, <c>statements</c> for what the one writer commits together.</param>
    /// <param name="since">As <see cref="Stopwatch.GetTimestamp"/>.</param>
    public void Committed(string kind, long since) => _commits.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, new KeyValuePair<string, object?>("kind", kind));
}
