using System.Text.Json;
using Lms.Standards.Scorm.Sequencing;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Packages;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Scorm;

/// <param name="Time">What the content says that it took; null when it said nothing.</param>
public sealed record PartRow(ActivityStatus Status, int Depth, bool Launchable, string? Time);

/// <param name="Calls">Time in milliseconds, the call as written, its answer, the error code.</param>
public sealed record CommitRow(ScormCommit Commit, string? Title, IReadOnlyList<(string At, string Call, string Answer, string Error)> Calls, IReadOnlyDictionary<string, int> Refused);

/// <summary>A learner's way through a SCORM package, for staff: why it is not complete, how each part stands, and every call that its content made.</summary>
[Authorize(Policies.Staff)]
public sealed class AttemptModel(LmsDbContext db, ScormTrees trees, ScormReasons reasons) : PageModel
{
    public const int PageSize = 25;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true, Name = "page")] public int PageNumber { get; set; } = 1;

    public string Title { get; private set; } = "";
    public string Learner { get; private set; } = "";
    public PackageRegistration Registration { get; private set; } = null!;
    public IReadOnlyList<PartRow> Parts { get; private set; } = [];
    public IReadOnlyList<ScormReason> Reasons { get; private set; } = [];
    public IReadOnlyList<CommitRow> Commits { get; private set; } = [];
    public int Total { get; private set; }
    public bool HasLate { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        PageNumber = Pager.Number(PageNumber);
        if (await db.PackageRegistrations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == Id, ct) is not { } registration) return NotFound();
        if (!await db.PackageVersions.AnyAsync(v => v.Id == registration.PackageVersionId && (v.Standard == Lms.Standards.Packages.PackageStandard.Scorm12 || v.Standard == Lms.Standards.Packages.PackageStandard.Scorm2004), ct)) return NotFound();
        Registration = registration;
        var learner = RegisteredLearner.Of(registration);
        Learner = learner.Agent.Name ?? await db.Users.Where(u => u.Id == registration.LearnerId).Select(u => u.Name).FirstOrDefaultAsync(ct) ?? learner.Id;
        var tree = await trees.GetAsync(db, registration.PackageVersionId, ct);
        Title = tree.Activities.Root.Definition.Title is { Length: > 0 } title ? title : tree.Manifest.Title;

        var state = await db.ScormSequencings.AsNoTracking().Where(s => s.AttemptId == Id && !s.IsTrial).Select(s => s.State).SingleOrDefaultAsync(ct);
        var engine = string.IsNullOrEmpty(state) ? SequencingSession.Start(tree.Activities) : SequencingSession.Restore(tree.Activities, state);
        var rows = await db.ScormActivities.AsNoTracking().Where(a => a.AttemptId == Id).ToDictionaryAsync(a => a.Key, ct);
        Parts = [.. tree.Listed.Select(a => new PartRow(engine.Status(a.Id)!, Math.Max(0, a.Depth - 1), a.IsLeaf, TimeOf(rows.GetValueOrDefault(ScormActivity.KeyOf(a.Id)))))];
        Reasons = registration.SatisfiedAt is null ? reasons.Of(tree, engine, rows) : [];
        await ReadCommitsAsync(tree, ct);
        return Page();
    }

    private async Task ReadCommitsAsync(ScormTree tree, CancellationToken ct)
    {
        var all = db.ScormCommits.AsNoTracking().Where(c => c.AttemptId == Id);
        Total = await all.CountAsync(ct);
        HasLate = await all.AnyAsync(c => c.Outcome == ScormCommitOutcome.Late, ct);
        var page = await all.OrderByDescending(c => c.Session).ThenByDescending(c => c.Sequence).Skip((PageNumber - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        Commits = [.. page.Select(c => new CommitRow(
            c, c.ActivityId is null ? null : tree.Activities.Find(c.ActivityId)?.Definition.Title ?? c.ActivityId, CallsOf(c.Calls),
            c.Refused is null ? new Dictionary<string, int>() : JsonSerializer.Deserialize<Dictionary<string, int>>(c.Refused)!))];
    }

    private static string? TimeOf(ScormActivity? row) => row?.Values.GetValueOrDefault("cmi.total_time") ?? row?.Values.GetValueOrDefault("cmi.core.total_time");

    /// <summary>[milliseconds, name, arguments…, answer, error code], as the browser wrote them: it may have written anything.</summary>
    private static List<(string, string, string, string)> CallsOf(string json)
    {
        using var calls = JsonDocument.Parse(json);
        var rows = new List<(string, string, string, string)>();
        foreach (var call in calls.RootElement.EnumerateArray())
        {
            if (call.ValueKind != JsonValueKind.Array || call.GetArrayLength() < 4) continue;
            var parts = call.EnumerateArray().Select(p => p.ValueKind == JsonValueKind.String ? p.GetString()! : p.GetRawText()).ToList();
            rows.Add((parts[0], $"{parts[1]}({string.Join(", ", parts[2..^2].Select(a => $"\"{a}\""))})", parts[^2], parts[^1]));
        }
        return rows;
    }
}
