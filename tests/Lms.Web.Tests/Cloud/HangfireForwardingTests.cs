using Lms.Web.Tests.Xapi;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Cloud;

/// <summary>Hangfire serves the consumers of statements, a turn at a time.</summary>
[Collection(HangfireGroup.Name)]
public sealed class HangfireForwardingTests(HangfireSite app)
{
    [Fact]
    public async Task Each_consumer_gets_its_statements_in_order_by_a_job_of_hangfires()
    {
        var sender = await app.Consumers.SenderAsync();
        await using var first = await TestConsumer.StartedAsync();
        await using var second = await TestConsumer.StartedAsync();
        await sender.AddAsync(first);
        await sender.AddAsync(second);

        var ids = new List<Guid>();
        for (var i = 0; i < 60; i++) ids.AddRange(await sender.PostAsync(SendingSystem.Statement(), SendingSystem.Statement()));
        Assert.Equal(ids, await first.WaitAsync(ids.Count));
        Assert.Equal(ids, await second.WaitAsync(ids.Count));

        // And again after a pause, when both leases have been let go.
        await HangfireSite.UntilAsync(() => app.Site.ReadAsync(db => db.StatementConsumers.AllAsync(c => c.LeaseUntil == null)));
        ids.AddRange(await sender.PostAsync(SendingSystem.Statement()));
        Assert.Equal(ids, await first.WaitAsync(ids.Count));
        await HangfireSite.UntilAsync(() => Task.FromResult(app.Storage.GetMonitoringApi().SucceededJobs(0, 1000).Count(j => j.Value.Job.Method.Name == "ServeAsync") >= 3));
    }
}
