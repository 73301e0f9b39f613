using Lms.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Network;

/// <summary>The network always has a hub: it is made on first start.</summary>
public sealed class FirstStart(LmsDbContext db)
{
    /// <summary>The hub. Of two programs that start together on a new folder, one makes it and the other finds it.</summary>
    public Task<Centre> HubAsync(CancellationToken ct) => db.RetryAsync(async () =>
    {
        var hub = await db.Centres.OrderBy(c => c.Id).FirstOrDefaultAsync(c => c.Kind == CentreKind.Hub, ct);
        if (hub is not null) return hub;

        hub = new Centre { Slug = "hub", Name = "Training hub", Kind = CentreKind.Hub };
        db.Add(hub);
        await db.SaveChangesAsync(ct);
        return hub;
    });
}
