using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Identity;

/// <summary>Refuses a password that the fields of our pages would cut off: nobody could sign in with it.</summary>
internal sealed class LongestPasswordValidator(IStringLocalizer<IdentityText> text) : IPasswordValidator<Person>
{
    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) =>
        Task.FromResult(password?.Length > Accounts.LongestPassword
            ? IdentityResult.Failed(new IdentityError { Code = "PasswordTooLong", Description = text["Choose a password of at most {0} characters.", Accounts.LongestPassword] })
            : IdentityResult.Success);
}
