using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Identity;

/// <summary>What Identity refuses, in the reader's language and with what to do about it.</summary>
internal sealed class IdentityErrors(IStringLocalizer<IdentityText> text) : IdentityErrorDescriber
{
    public override IdentityError DefaultError() => Say(nameof(DefaultError), "Something went wrong. Try again.");

    public override IdentityError ConcurrencyFailure() => Say(nameof(ConcurrencyFailure), "Somebody else changed this account just now. Look at it again.");

    public override IdentityError PasswordMismatch() => Say(nameof(PasswordMismatch), "The current password is not right.");

    public override IdentityError InvalidToken() => Say(nameof(InvalidToken), "This link has been used or is too old. Ask for a new one.");

    public override IdentityError InvalidEmail(string? email) => Say(nameof(InvalidEmail), "Write an e-mail address, such as name@example.org.");

    public override IdentityError InvalidUserName(string? userName) => Say(nameof(InvalidUserName), "Write an e-mail address, such as name@example.org.");

    // With self-registration the answer to "is there an account" is unavoidable without mail; it is slowed down, not spelt out.
    public override IdentityError DuplicateEmail(string email) => Say(nameof(DuplicateEmail), "No account can be made for this e-mail address. If you have one already, sign in.");

    public override IdentityError DuplicateUserName(string userName) => Say(nameof(DuplicateUserName), "No account can be made for this e-mail address. If you have one already, sign in.");

    public override IdentityError PasswordTooShort(int length) => Say(nameof(PasswordTooShort), "Choose a password of at least {0} characters; a short sentence is good.", length);

    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) => Say(nameof(PasswordRequiresUniqueChars), "Choose a password with at least {0} different characters.", uniqueChars);

    private IdentityError Say(string code, string sentence, params object[] values) => new() { Code = code, Description = text[sentence, values] };
}
