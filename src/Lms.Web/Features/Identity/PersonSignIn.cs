using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lms.Web.Features.Identity;

/// <summary>Signs people in; a closed account is refused by every way in, passkeys and second factors too.</summary>
public sealed class PersonSignIn(
    UserManager<Person> people, IHttpContextAccessor context, IUserClaimsPrincipalFactory<Person> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<Person>> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<Person> confirmation)
    : SignInManager<Person>(people, context, claims, options, log, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(Person user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.DeactivatedAt is null && await base.CanSignInAsync(user);
    }

    public override async Task<PasskeyAttestationResult> PerformPasskeyAttestationAsync(string credentialJson)
    {
        try
        {
            return await base.PerformPasskeyAttestationAsync(credentialJson);
        }
        catch (InvalidOperationException over)
        {
            // A form that is sent twice, or too late, belongs to no ceremony any more: the framework throws, and it is no bug.
            return PasskeyAttestationResult.Fail(new PasskeyException(over.Message, over));
        }
    }

    public override async Task<PasskeyAssertionResult<Person>> PerformPasskeyAssertionAsync(string credentialJson)
    {
        try
        {
            return await base.PerformPasskeyAssertionAsync(credentialJson);
        }
        catch (InvalidOperationException over)
        {
            return PasskeyAssertionResult.Fail<Person>(new PasskeyException(over.Message, over));
        }
    }
}
