using System.Diagnostics.Metrics;
using Lms.Web.Operations;

namespace Lms.Web.Features.Xapi;

/// <summary>What the record store counts.</summary>
public sealed class StatementMetrics
{
    public const string MeterName = "Seedlot.Statements";

    private readonly Counter<long> _stored, _delivered, _refused, _failed;
    private readonly Histogram<int> _group;
    private readonly SiteMetrics _site;

    public StatementMetrics(IMeterFactory meters, SiteMetrics site)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _site = site;
        var meter = meters.Create(MeterName);
        _stored = meter.CreateCounter<long>("seedlot.statements.stored", description: "Statements stored.");
        _group = meter.CreateHistogram<int>("seedlot.statements.commit.size", description: "Statements that came from outside and were committed together.");
        _delivered = meter.CreateCounter<long>("seedlot.deliveries", description: "Statements delivered to a consumer.");
        _refused = meter.CreateCounter<long>("seedlot.deliveries.refused", description: "Statements that a consumer refused.");
        _failed = meter.CreateCounter<long>("seedlot.deliveries.failed", description: "Requests to a consumer that failed.");
    }

    public void Committed(int statements)
    {
        if (statements == 0) return;
        _stored.Add(statements);
        _group.Record(statements);
    }

    /// <summary>The one writer wrote what it had gathered since that timestamp.</summary>
    public void Wrote(long since) => _site.Committed("statements", since);

    /// <summary>One of this system's own, in somebody's unit of work.</summary>
    public void Appended() => _stored.Add(1);

    public void Delivered(int consumer, int statements) => _delivered.Add(statements, Of(consumer));

    public void Refused(int consumer) => _refused.Add(1, Of(consumer));

    public void Failed(int consumer) => _failed.Add(1, Of(consumer));

    // A number, since whoever reads metrics need not know who the consumers are.
    internal static KeyValuePair<string, object?> Of(int consumer) => new("consumer", consumer);
}
