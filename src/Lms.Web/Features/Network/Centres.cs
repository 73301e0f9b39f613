using System.Globalization;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Network;

/// <summary>What may be changed about a centre.</summary>
public sealed record CentreDetails(string? Name, string? Country, string? CertificateIssuer, string? CertificateSignatory, string? CertificateSignatoryTitle);

/// <summary>The training centres. Their managers edit them; administrators also create and close them.</summary>
public sealed partial class Centres(LmsDbContext db, IStringLocalizer<NetworkText> text)
{
    /// <summary>The open centres that the viewer manages, the hub first.</summary>
    public async Task<IReadOnlyList<Centre>> ManagedAsync(ClaimsPrincipal viewer, CancellationToken ct) =>
        await Visible(viewer).Where(c => !c.Closed).ToListAsync(ct);

    /// <summary>Those and the closed ones.</summary>
    public async Task<IReadOnlyList<Centre>> ListAsync(ClaimsPrincipal viewer, CancellationToken ct) => await Visible(viewer).ToListAsync(ct);

    public Task<Centre?> FindAsync(ClaimsPrincipal viewer, string slug, CancellationToken ct) =>
        Visible(viewer).SingleOrDefaultAsync(c => c.Slug == slug, ct);

    /// <summary>Problems by field; none when it is saved.</summary>
    public async Task<IReadOnlyList<AccountProblem>> CreateAsync(string? slug, CentreKind kind, CentreDetails details, CancellationToken ct)
    {
        var problems = Problems(details);
        if (slug is not { Length: <= 64 } || !SlugPattern().IsMatch(slug)) problems.Add(new("Slug", text["Use lower-case letters, digits and hyphens, for example dakar."]));
        if (kind == CentreKind.Hub) problems.Add(new("Kind", text["A network has one hub."]));
        if (problems.Count > 0) return problems;

        var centre = new Centre { Slug = slug!, Name = details.Name!, Kind = kind };
        Apply(centre, details);
        db.Add(centre);
        try
        {
            await db.SaveChangesAsync(ct);
            return [];
        }
        catch (DbUpdateException taken) when (db.IsUniqueViolation(taken))
        {
            return [new("Slug", text["Another centre has this short name."])];
        }
    }

    public async Task<IReadOnlyList<AccountProblem>> EditAsync(Guid id, CentreDetails details, CancellationToken ct)
    {
        var problems = Problems(details);
        if (problems.Count > 0) return problems;
        Apply(await db.Centres.SingleAsync(c => c.Id == id, ct), details);
        await db.SaveChangesAsync(ct);
        return [];
    }

    /// <summary>A closed centre takes no new people; its records stay. The hub stays open.</summary>
    public Task<int> SetClosedAsync(Guid id, bool closed, CancellationToken ct) =>
        db.Centres.Where(c => c.Id == id && c.Kind != CentreKind.Hub).ExecuteUpdateAsync(set => set.SetProperty(c => c.Closed, closed), ct);

    private IQueryable<Centre> Visible(ClaimsPrincipal viewer)
    {
        var all = db.Centres.AsNoTracking().OrderByDescending(c => c.Kind == CentreKind.Hub).ThenBy(c => c.Name);
        return viewer.CentresOf(Policies.Manager) is { } managed ? all.Where(c => managed.Contains(c.Id)) : all;
    }

    private List<AccountProblem> Problems(CentreDetails details)
    {
        var problems = new List<AccountProblem>();
        if (string.IsNullOrWhiteSpace(details.Name) || details.Name.Length > 200) problems.Add(new("Name", text["Write the centre's name, in at most 200 characters."]));
        if (!string.IsNullOrWhiteSpace(details.Country) && !IsCountry(details.Country.Trim())) problems.Add(new("Country", text["Write the two letters of the country, for example SN."]));
        string?[] printed = [details.CertificateIssuer, details.CertificateSignatory, details.CertificateSignatoryTitle];
        if (printed.Any(p => p?.Length > 200)) problems.Add(new("", text["What is printed on certificates may have 200 characters in each field."]));
        return problems;
    }

    private static void Apply(Centre centre, CentreDetails details)
    {
        centre.Name = details.Name!.Trim();
        centre.Country = Tidy(details.Country)?.ToUpperInvariant();
        centre.CertificateIssuer = Tidy(details.CertificateIssuer);
        centre.CertificateSignatory = Tidy(details.CertificateSignatory);
        centre.CertificateSignatoryTitle = Tidy(details.CertificateSignatoryTitle);
    }

    private static string? Tidy(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static bool IsCountry(string country)
    {
        if (country.Length != 2 || !country.All(char.IsAsciiLetter)) return false;
        try
        {
            return new RegionInfo(country.ToUpperInvariant()).TwoLetterISORegionName.Equals(country, StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex SlugPattern();
}
