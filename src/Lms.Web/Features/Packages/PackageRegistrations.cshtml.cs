using System.Text.Json;
using Lms.Standards.Packages;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Packages;

/// <param name="Name">Of the person, or what another system calls them.</param>
public sealed record RegistrationRow(PackageRegistration Registration, string Name, int Version, PackageStandard Standard)
{
    /// <summary>The page of its attempts, which is its standard's.</summary>
    public string Href => $"/packages/registrations/{Registration.Id}{(Standard is PackageStandard.Cmi5 or PackageStandard.TinCan ? "/units" : "")}";
}

/// <summary>Who is on a package, and how they do.</summary>
[Authorize(Policies.Staff)]
public sealed class PackageRegistrationsModel(PackageLibrary library, LmsDbContext db) : PageModel
{
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true, Name = "page")] public int PageNumber { get; set; } = 1;

    public PackageRow Row { get; private set; } = null!;
    public IReadOnlyList<RegistrationRow> Rows { get; private set; } = [];
    public int Total { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        PageNumber = Pager.Number(PageNumber);
        if (await library.FindAsync(Id, ct) is not { } row) return NotFound();
        Row = row;
        var all = db.PackageRegistrations.AsNoTracking().Where(r => r.PackageId == Id);
        Total = await all.CountAsync(ct);
        var page = await all.OrderByDescending(r => r.StartedAt).ThenBy(r => r.Id).Skip((PageNumber - 1) * PageSize).Take(PageSize)
            .Join(db.PackageVersions, r => r.PackageVersionId, v => v.Id, (r, v) => new { Registration = r, Name = db.Users.Where(u => u.Id == r.LearnerId).Select(u => u.Name).SingleOrDefault(), v.Number, v.Standard })
            .ToListAsync(ct);
        Rows = [.. page.OrderByDescending(r => r.Registration.StartedAt).ThenBy(r => r.Registration.Id)
            .Select(r => new RegistrationRow(r.Registration, r.Name ?? NameOf(r.Registration.Actor), r.Number, r.Standard))];
        return Page();
    }

    private static string NameOf(string actor)
    {
        using var agent = JsonDocument.Parse(actor);
        return agent.RootElement.TryGetProperty("name"u8, out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : AgentKey.Of(agent.RootElement) ?? "–";
    }
}
