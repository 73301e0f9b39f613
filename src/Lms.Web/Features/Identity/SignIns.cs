using Lms.Web.Operations;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Caching.Memory;

namespace Lms.Web.Features.Identity;

public enum SignInOutcome
{
    SignedIn,
    /// <summary>The password is right; a code of the authenticator app or a recovery code is still to come.</summary>
    NeedsCode,
    Wrong,
    /// <summary>Too many wrong tries; said alike of accounts that exist and those that don't.</summary>
    Locked,
    /// <summary>Said only to somebody who knows the password.</summary>
    Closed,
}

/// <summary>Signs people in without telling a stranger which accounts exist, by words or by time.</summary>
public sealed class SignIns(UserManager<Person> people, PersonSignIn signIn, UsedCodes used, Strangers strangers, SiteMetrics metrics, TimeProvider clock)
{
    // Longer than a password check takes, so that every failure takes the same.
    private static readonly TimeSpan Failure = TimeSpan.FromMilliseconds(400);
    private static readonly string NobodysHash = new PasswordHasher<Person>().HashPassword(null!, "nobody's password");

    public async Task<SignInOutcome> WithPasswordAsync(string email, string password, bool remember, CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        var outcome = await TryPasswordAsync(email, password, remember);
        if (outcome is not (SignInOutcome.SignedIn or SignInOutcome.NeedsCode)) await PadAsync(started, ct);
        return Counted(outcome);
    }

    private async Task<SignInOutcome> TryPasswordAsync(string email, string password, bool remember)
    {
        var person = await people.FindByEmailAsync(email);
        if (person is { DeactivatedAt: null }) return Outcome(await signIn.PasswordSignInAsync(person, password, remember, lockoutOnFailure: true));

        var key = people.NormalizeEmail(email)!;
        if (strangers.AreLocked(key)) return SignInOutcome.Locked;
        var right = people.PasswordHasher.VerifyHashedPassword(person!, person?.PasswordHash ?? NobodysHash, password) != PasswordVerificationResult.Failed;
        if (person is not null && right) return SignInOutcome.Closed;
        return strangers.Fail(key) ? SignInOutcome.Locked : SignInOutcome.Wrong;
    }

    /// <summary>The second step, with a code of the app or one of the recovery codes.</summary>
    public async Task<SignInOutcome> WithCodeAsync(Person person, string code, bool recovery, bool remember)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(code);
        return Counted(await TryCodeAsync(person, code, recovery, remember));
    }

    private async Task<SignInOutcome> TryCodeAsync(Person person, string code, bool recovery, bool remember)
    {
        var typed = code.Replace(" ", "", StringComparison.Ordinal);
        if (!recovery && !await IsReplayAsync(person, typed)) return Outcome(await signIn.TwoFactorAuthenticatorSignInAsync(typed, remember, rememberClient: false));

        if (await people.IsLockedOutAsync(person)) return SignInOutcome.Locked;
        var outcome = recovery ? Outcome(await signIn.TwoFactorRecoveryCodeSignInAsync(typed)) : SignInOutcome.Wrong;
        // Identity counts wrong codes of the app, but neither codes used before nor wrong recovery codes.
        if (outcome != SignInOutcome.Wrong) return outcome;
        await people.AccessFailedAsync(person);
        return await people.IsLockedOutAsync(person) ? SignInOutcome.Locked : SignInOutcome.Wrong;
    }

    private async Task<bool> IsReplayAsync(Person person, string code) =>
        !await people.IsLockedOutAsync(person)
        && await people.VerifyTwoFactorTokenAsync(person, people.Options.Tokens.AuthenticatorTokenProvider, code)
        && !await used.UseAsync(person.Id, code);

    public async Task<SignInOutcome> WithPasskeyAsync(string credential) => Counted(Outcome(await signIn.PasskeySignInAsync(credential)));

    private SignInOutcome Counted(SignInOutcome outcome)
    {
        metrics.SignedIn(outcome switch
        {
            SignInOutcome.SignedIn => "signed-in",
            SignInOutcome.NeedsCode => "needs-code",
            SignInOutcome.Locked => "locked",
            SignInOutcome.Closed => "closed",
            _ => "wrong",
        });
        return outcome;
    }

    private static SignInOutcome Outcome(SignInResult result) =>
        result.Succeeded ? SignInOutcome.SignedIn
        : result.RequiresTwoFactor ? SignInOutcome.NeedsCode
        : result.IsLockedOut ? SignInOutcome.Locked
        : result.IsNotAllowed ? SignInOutcome.Closed
        : SignInOutcome.Wrong;

    private Task PadAsync(long started, CancellationToken ct)
    {
        var left = Failure - clock.GetElapsedTime(started);
        return left > TimeSpan.Zero ? Task.Delay(left, clock, ct) : Task.CompletedTask;
    }
}

/// <summary>Counts failures for addresses without an open account as lockout counts them for accounts, so that both look the same.</summary>
public sealed class Strangers(Microsoft.Extensions.Options.IOptions<IdentityOptions> options) : IDisposable
{
    private readonly MemoryCache _failures = new(new MemoryCacheOptions { SizeLimit = 50_000 });
    private readonly LockoutOptions _lockout = options.Value.Lockout;

    public bool AreLocked(string key) => _failures.TryGetValue(key, out int failures) && failures >= _lockout.MaxFailedAccessAttempts;

    /// <summary>Counts one more failure; true when it locks.</summary>
    public bool Fail(string key)
    {
        var failures = (_failures.TryGetValue(key, out int before) ? before : 0) + 1;
        _failures.Set(key, failures, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = _lockout.DefaultLockoutTimeSpan });
        return failures >= _lockout.MaxFailedAccessAttempts;
    }

    public void Dispose() => _failures.Dispose();
}
