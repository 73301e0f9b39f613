using System.Text;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Identity;

/// <summary>What somebody asks for who wants an account.</summary>
public sealed record NewAccount(string? Name, string? Email, string? Language, Guid CentreId)
{
    public NewAccount Tidy() => this with { Name = Tidy(Name), Email = Email?.Trim(), Language = Language ?? "en" };

    /// <summary>One form for one name: composed characters, single spaces.</summary>
    public static string? Tidy(string? name) =>
        name is null ? null : string.Join(' ', name.Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>A reason why an account can't be as asked for, and the field that it is about.</summary>
public sealed record AccountProblem(string Field, string Message);

/// <summary>Makes accounts: the one set of rules for pages, invitations, the API and the import.</summary>
public sealed class Accounts(LmsDbContext db, UserManager<Person> people, IStringLocalizer<IdentityText> text, TimeProvider clock)
{
    public const string Name = nameof(NewAccount.Name), Email = nameof(NewAccount.Email), Password = nameof(Password);
    public const string Language = nameof(NewAccount.Language), Centre = "Centre";
    public const int LongestPassword = 200;

    /// <summary>Centres that take new people, the hub first.</summary>
    public async Task<List<Centre>> OpenCentresAsync(CancellationToken ct) =>
        await db.Centres.AsNoTracking().Where(c => !c.Closed).OrderByDescending(c => c.Kind == CentreKind.Hub).ThenBy(c => c.Name).ToListAsync(ct);

    /// <summary>
    /// Creates the account together with whatever else the unit of work holds. Without a password the person signs in once somebody
    /// gives them a link to choose one. Returns who was created, or why nobody was.
    /// </summary>
    public async Task<(Person? Created, IReadOnlyList<AccountProblem> Problems)> CreateAsync(
        NewAccount asked, string? password, Action<Person>? alongside, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var account = asked.Tidy();
        var problems = await ProblemsAsync(account, ct);
        if (problems.Count > 0) return (null, problems);

        var person = new Person
        {
            Name = account.Name!, UserName = account.Email, Email = account.Email, Language = account.Language!,
            CentreId = account.CentreId, CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        alongside?.Invoke(person);
        try
        {
            var created = password is null ? await people.CreateAsync(person) : await people.CreateAsync(person, password);
            if (created.Succeeded) return (person, []);
            // A taken address takes as long to answer as a free one.
            if (password is not null && created.Errors.Any(e => e.Code is nameof(IdentityErrorDescriber.DuplicateEmail)))
                people.PasswordHasher.HashPassword(person, password);
            return (null, Problems(created));
        }
        catch (DbUpdateException lost) when (db.IsUniqueViolation(lost))
        {
            return (null, [new(Email, people.ErrorDescriber.DuplicateEmail(account.Email!).Description)]);
        }
    }

    /// <summary>What Identity refused, by field and without saying the same twice.</summary>
    public static IReadOnlyList<AccountProblem> Problems(IdentityResult refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        return [.. refused.Errors.Select(e => new AccountProblem(FieldOf(e.Code), e.Description)).Distinct()];
    }

    /// <summary>Why a name can't be printed on a certificate; null when it can.</summary>
    public string? NameProblem(string? name) => name switch
    {
        null or "" => text["Write your full name, as it should stand on a certificate."].Value,
        { Length: > Person.LongestName } => text["The name is longer than {0} characters.", Person.LongestName].Value,
        _ when !name.Any(char.IsLetter) || name.Any(char.IsControl) => text["Write the name in letters, of any script."].Value,
        _ => null,
    };

    /// <summary>What is wrong with the account by itself: all but its centre, its password and whether its address is taken.</summary>
    public List<AccountProblem> OwnProblems(NewAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        var problems = new List<AccountProblem>();
        if (NameProblem(account.Name) is { } badName) problems.Add(new(Name, badName));
        if (account.Email is not { Length: > 0 and <= 256 } || !LooksLikeEmail(account.Email)) problems.Add(new(Email, people.ErrorDescriber.InvalidEmail(account.Email).Description));
        if (!SharedFeature.Languages.Contains(account.Language)) problems.Add(new(Language, text["Choose one of the languages offered."]));
        return problems;
    }

    private async Task<List<AccountProblem>> ProblemsAsync(NewAccount account, CancellationToken ct)
    {
        var problems = OwnProblems(account);
        if (!await db.Centres.AnyAsync(c => c.Id == account.CentreId && !c.Closed, ct)) problems.Add(new(Centre, text["Choose one of the centres offered."]));
        return problems;
    }

    internal static bool LooksLikeEmail(string email) =>
        email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == email.LastIndexOf('@') && at < email.Length - 1
        && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    private static string FieldOf(string code) =>
        code.StartsWith("Password", StringComparison.Ordinal) ? Password
        : code.Contains("Email", StringComparison.Ordinal) || code.Contains("UserName", StringComparison.Ordinal) ? Email : "";
}
