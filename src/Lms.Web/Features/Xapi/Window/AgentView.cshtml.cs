using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Features.Xapi.Store;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Window;

/// <summary>What is known of an agent, for whoever sees a statement in which it stands.</summary>
[Authorize(Policies.Staff)]
public sealed class AgentViewModel(StatementWindow window, StatementTexts texts, LmsDbContext db, TimeProvider time) : PageModel
{
    private const int Recent = 20;

    [BindProperty(SupportsGet = true)] public long Id { get; set; }

    public string Key { get; private set; } = "";
    public string Name { get; private set; } = "";
    public LinePage Statements { get; private set; } = LinePage.Empty;
    public DateTime Now { get; private set; }
    public bool MayErase => Policies.Roles[Policies.Manager].Any(User.Has);
    /// <summary>The kind of identifier, and the identifier itself.</summary>
    public (string Kind, string Value) Identifier => (Key.Split('|')[0], Key[(Key.IndexOf('|', StringComparison.Ordinal) + 1)..].Replace("|", " · ", StringComparison.Ordinal));

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await db.XapiAgents.AsNoTracking().SingleOrDefaultAsync(a => a.Id == Id, ct) is not { } agent) return NotFound();
        Statements = await window.PageAsync(new StatementQuery { Agent = agent.Name, RelatedAgents = true }, null, null, Recent, ct);
        if (Statements.Lines.Count == 0) return NotFound();
        (Key, Now) = (agent.Name, time.GetUtcNow().UtcDateTime);
        Name = (await texts.OpenAsync([], [], [Key], ct)).Agent(Key, agent.DisplayName);
        return Page();
    }
}
