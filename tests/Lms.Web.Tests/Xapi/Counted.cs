using Lms.Web.Features.Xapi.Counting;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Xapi;

internal static class Counted
{
    /// <summary>Waits until every statement is counted.</summary>
    public static async Task CountAsync(this TestSite site)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            var (last, cursor) = await site.ReadAsync(async db => (
                await db.Statements.MaxAsync(s => (long?)s.Sequence) ?? 0,
                await db.StatementCursors.Where(c => c.Name == StatementCursor.Counts).Select(c => c.Sequence).SingleOrDefaultAsync()));
            if (cursor >= last) return;
            await Task.Delay(50);
        }
        Assert.Fail("The statements are still not counted after twenty seconds.");
    }

    /// <summary>What is counted of an activity, in the whole network or at a centre.</summary>
    public static Task<long> OfAsync(TestSite site, string activity, Guid? centre = null) => site.ReadAsync(async db =>
    {
        var of = centre ?? StatementCount.Network;
        var id = await db.XapiActivities.Where(a => a.Name == activity).Select(a => a.Id).SingleAsync();
        return await db.StatementCounts.Where(c => c.ActivityId == id && c.CentreId == of).SumAsync(c => c.Statements);
    });

    public static Task<long> AgentAsync(TestSite site, string key) => site.ReadAsync(db => db.XapiAgents.Where(a => a.Name == key).Select(a => a.Id).SingleAsync());
}
