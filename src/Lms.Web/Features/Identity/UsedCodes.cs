using System.Globalization;
using Lms.Web.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Identity;

/// <summary>
/// Codes of authenticator apps that signed somebody in. Each does so once (RFC 6238 5.2): the key of its row is what two who send it
/// at the same moment meet at, in whichever process.
/// </summary>
public sealed class UsedCodes(LmsDbContext db, TimeProvider clock)
{
    private const string Kind = "used code";
    // Identity takes codes of two steps of half a minute before and after the present one.
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>Uses a right code up; false when it was used before.</summary>
    public Task<bool> UseAsync(Guid personId, string code) => db.RetryAsync(async () =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        // The number and not the text: Identity takes "+012345" for 12345, too.
        var number = int.Parse(code, CultureInfo.CurrentCulture).ToString(CultureInfo.InvariantCulture);
        var mine = await db.UserTokens.Where(t => t.UserId == personId && t.LoginProvider == Kind).ToListAsync();
        var spent = mine.Where(t => long.Parse(t.Value!, CultureInfo.InvariantCulture) < (now - Life).Ticks).ToList();
        if (mine.Except(spent).Any(t => t.Name == number)) return false;
        db.RemoveRange(spent);
        if (spent.Find(t => t.Name == number) is { } again) (db.Entry(again).State, again.Value) = (EntityState.Modified, Ticks(now));
        else db.Add(new IdentityUserToken<Guid> { UserId = personId, LoginProvider = Kind, Name = number, Value = Ticks(now) });
        await db.SaveChangesAsync();
        return true;
    });

    private static string Ticks(DateTime at) => at.Ticks.ToString(CultureInfo.InvariantCulture);
}
