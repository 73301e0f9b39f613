using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Xapi.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>What somebody wants a consumer to be.</summary>
/// <param name="Secret">Password, token or signing key; empty keeps the one that there is, or has one made for a new webhook.</param>
public sealed record ConsumerDetails(
    string? Name, ConsumerKind Kind, string? Address, ConsumerAuthentication Authentication, string? UserName, string? Secret, string? Version, ConsumerFilter Filter)
{
    public ConsumerDetails Tidy() => this with
    {
        Name = NewAccount.Tidy(Name),
        Address = Address?.Trim(),
        UserName = Authentication == ConsumerAuthentication.Basic ? Tidy(UserName) : null,
        Secret = string.IsNullOrWhiteSpace(Secret) ? null : Secret.Trim(),
        Version = Version ?? XapiVersions.Latest1,
        Authentication = Kind == ConsumerKind.Webhook ? ConsumerAuthentication.None : Authentication,
        Filter = new ConsumerFilter(
            [.. Filter.Verbs.Select(v => v.Trim()).Where(v => v.Length > 0).Distinct(StringComparer.Ordinal)], Tidy(Filter.ActivityPrefix), Tidy(Filter.Course), Filter.CentreId),
    };

    public bool NeedsSecret => Kind == ConsumerKind.Webhook || Authentication != ConsumerAuthentication.None;

    private static string? Tidy(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>The one set of rules for consumers, whether a page or the API makes them.</summary>
internal sealed class ConsumerRules(LmsDbContext db, IOptions<ForwardingOptions> options, IStringLocalizer<XapiText> text)
{
    private const int MostVerbs = 100;
    private const int LongestText = 2_000;

    /// <param name="details">What was asked for, tidied.</param>
    /// <param name="present">The consumer as it is; null for a new one.</param>
    /// <param name="onlyCentre">The centre whose statements it gets at most; null for the hub's consumers.</param>
    public async Task<IReadOnlyList<AccountProblem>> ProblemsAsync(ConsumerDetails details, StatementConsumer? present, Guid? onlyCentre, CancellationToken ct)
    {
        var problems = new List<AccountProblem>();
        if (details.Name is not { Length: > 0 and <= 200 }) problems.Add(new("Name", text["Write a name of at most {0} characters.", 200]));
        if (details.Address is not { Length: <= LongestText } || !OutboundAddresses.IsAddress(details.Address, options.Value.PrivateAddresses))
            problems.Add(new("Address", options.Value.PrivateAddresses
                ? text["Write an address that begins with https:// or http://. Without TLS it must be in your own network."]
                : text["Write an address on the public internet that begins with https://."]));
        if (details.Version is not (XapiVersions.Latest1 or XapiVersions.Latest2)) problems.Add(new("Version", text["Choose version {0} or {1}.", XapiVersions.Latest1, XapiVersions.Latest2]));
        AddSecretProblems(problems, details, present);
        await AddFilterProblemsAsync(problems, details.Filter, onlyCentre, ct);
        return problems;
    }

    private void AddSecretProblems(List<AccountProblem> problems, ConsumerDetails details, StatementConsumer? present)
    {
        if (details.Authentication == ConsumerAuthentication.Basic && (details.UserName is not { Length: <= 200 } name || !IsPlain(name) || name.Contains(':', StringComparison.Ordinal)))
            problems.Add(new("UserName", text["Write the user name; it has no colon."]));
        if (details.Secret is { } given)
        {
            if (given.Length > 1_000 || !IsPlain(given)) problems.Add(new("Secret", text["The secret can have at most {0} characters, none of them a control character.", 1_000]));
            else if (details.Kind == ConsumerKind.Webhook && given.Length < 16) problems.Add(new("Secret", text["A signing key has at least {0} characters.", 16]));
            else if (details.Authentication == ConsumerAuthentication.Bearer && given.Any(c => c is <= ' ' or > '~')) problems.Add(new("Secret", text["A token has only letters, digits and signs of ASCII, and no spaces."]));
            return;
        }
        if (!details.NeedsSecret || (present is null && details.Kind == ConsumerKind.Webhook)) return;
        if (present?.Secret is null || present.Authentication != details.Authentication) problems.Add(new("Secret", text["Type the password or token."]));
        // Whoever may edit a consumer must not be able to send its secret to a server of their own.
        else if (!SameServer(present.Address, details.Address)) problems.Add(new("Secret", text["The address leads to another server. Type the secret again."]));
    }

    private async Task AddFilterProblemsAsync(List<AccountProblem> problems, ConsumerFilter filter, Guid? onlyCentre, CancellationToken ct)
    {
        if (filter.Verbs.Count > MostVerbs || filter.Verbs.Any(v => v.Length > LongestText || !XapiFormats.IsIri(v)))
            problems.Add(new("Verbs", text["Write each verb as its IRI on a line of its own, {0} at most, for example {1}.", MostVerbs, Verbs.Completed.Id]));
        if (filter.ActivityPrefix is { Length: > LongestText }) problems.Add(new("ActivityPrefix", text["This can have at most {0} characters.", LongestText]));
        if (filter.Course is { } course && !await db.Courses.AnyAsync(c => c.Slug == course, ct)) problems.Add(new("Course", text["There is no course of this short name."]));
        if (filter.CentreId is { } centre && (onlyCentre is null ? !await db.Centres.AnyAsync(c => c.Id == centre, ct) : centre != onlyCentre))
            problems.Add(new("OnlyCentre", text["A consumer of this centre gets only its own statements."]));
    }

    private static bool SameServer(string known, string? asked) =>
        Uri.TryCreate(known, UriKind.Absolute, out var before) && Uri.TryCreate(asked, UriKind.Absolute, out var after)
        && before.GetLeftPart(UriPartial.Authority).Equals(after.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);

    private static bool IsPlain(string value) => !value.Any(char.IsControl);
}
