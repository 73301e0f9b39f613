using System.Text.Encodings.Web;
using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Features.Xapi.Store;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Xapi.Window;

/// <summary>A statement, readably and as it is stored, with what it hangs together with. Who manages its centre may void it.</summary>
[Authorize(Policies.Staff)]
public sealed class StatementModel(StatementWindow window, StatementTexts texts, StatementVoiding voiding, TimeProvider time, IStringLocalizer<XapiText> text) : PageModel
{
    private const int Neighbours = 10;
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = StatementValidator.MaxDepth + 1 };

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public string? Reason { get; set; }
    [BindProperty] public bool Sure { get; set; }

    public StoredStatement Row { get; private set; } = null!;
    public JsonElement Json { get; private set; }
    public NameBook Names { get; private set; } = null!;
    public StatementLine Line { get; private set; } = null!;
    public StatementLinks Links { get; private set; } = null!;
    public IReadOnlyList<StatementLine> RefersTo { get; private set; } = [];
    public IReadOnlyList<StatementLine> ReferredBy { get; private set; } = [];
    public VoidedBy? VoidedBy { get; private set; }
    public IReadOnlyList<StatementLine> OfRegistration { get; private set; } = [];
    public DateTime Now { get; private set; }

    public bool IsVoiding => Links.Voids is not null;
    public bool MayVoid => !Row.Voided && !IsVoiding && User.Has(Policies.Manager, Row.CentreId);
    public string PrettyJson => ShownText.Json(JsonSerializer.Serialize(Json, Pretty));

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostVoidAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct) || !User.Has(Policies.Manager, Row.CentreId)) return NotFound();
        Reason = Reason?.Trim();
        if (!Sure) ModelState.AddModelError("", text["Tick the box to confirm."]);
        if (Reason is not { Length: > 0 and <= StatementVoiding.LongestReason }) ModelState.AddModelError("", text["Say the reason, in at most {0} characters.", StatementVoiding.LongestReason]);
        if (!ModelState.IsValid) return Page();
        switch (await voiding.VoidAsync(Id, Reason!, User, ct))
        {
            case VoidResult.Done: TempData.Notify(text["The statement has been voided."]); break;
            case VoidResult.Already: TempData.Notify(text["The statement was voided before."], NoticeKind.Info); break;
            case VoidResult.IsVoiding: TempData.Notify(text["A voiding statement can’t be voided."], NoticeKind.Bad); break;
            default: return NotFound();
        }
        return Redirect($"/statements/{Id}");
    }

    /// <summary>The activities around it, by the place where they stand.</summary>
    public IEnumerable<ShownName> Around(ActivityUsage usage) =>
        Links.Activities.Where(a => a.Usage == usage && !a.InSubStatement).Select(a => Names.Activity(a.Id, a.Json));

    public IEnumerable<AttachmentLine> Attachments => StatementWindow.AttachmentsOf(Json).Select(a => new AttachmentLine(
        ShownText.Of(Names.TextIn(a, "display")), ShownText.Of(a.GetProperty("contentType"u8).GetString()), a.GetProperty("length"u8).TryGetInt64(out var length) ? length : 0,
        a.GetProperty("sha2"u8).GetString()!.ToLowerInvariant(), a.GetProperty("usageType"u8).ValueEquals(AttachmentUsages.Signature)));

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await window.FindAsync(Id, ct) is not { } row) return false;
        (Row, Json, Now) = (row, NameBook.Parse(row.Json), time.GetUtcNow().UtcDateTime);
        Links = StatementLinks.Of(Json);
        Names = await texts.OpenAsync([Json], ct);
        Line = texts.Line(StatementWindow.RecordOf(row), Json, Names);
        RefersTo = await LinesAsync(await window.FindAsync([.. Links.Statements.Select(s => s.Id).Distinct()], ct), ct);
        var referrers = await window.ReferrersAsync(Id, ct);
        ReferredBy = await LinesAsync(referrers, ct);
        if (row.Voided) VoidedBy = VoidedBy.Among(referrers, ReferredBy, voiding.ReasonExtension);
        if (Links.Registration is { } registration)
        {
            var page = await window.PageAsync(new StatementQuery { Registration = registration }, null, null, Neighbours, ct);
            OfRegistration = [.. page.Lines.Where(l => l.Id != Id)];
        }
        return true;
    }

    private Task<IReadOnlyList<StatementLine>> LinesAsync(IReadOnlyList<StoredStatement> rows, CancellationToken ct) =>
        texts.LinesAsync([.. rows.Select(StatementWindow.RecordOf)], ct);
}

/// <summary>An attachment as the page lists it.</summary>
public sealed record AttachmentLine(string Name, string Type, long Length, string Sha2, bool IsSignature);

/// <summary>The statement that voided another one.</summary>
public sealed record VoidedBy(StatementLine Line, string? Reason)
{
    internal static VoidedBy? Among(IReadOnlyList<StoredStatement> referrers, IReadOnlyList<StatementLine> lines, string reasonExtension)
    {
        foreach (var (row, line) in referrers.Zip(lines))
        {
            var json = NameBook.Parse(row.Json);
            if (StatementLinks.Of(json).Voids is null) continue;
            var said = json.TryGetProperty("context"u8, out var context) && context.TryGetProperty("extensions"u8, out var extensions) && extensions.TryGetProperty(reasonExtension, out var reason)
                ? reason : json.TryGetProperty("result"u8, out var result) && result.TryGetProperty("response"u8, out var response) ? response : (JsonElement?)null;
            return new VoidedBy(line, said is { ValueKind: JsonValueKind.String } words ? ShownText.Of(words.GetString(), StatementVoiding.LongestReason) : null);
        }
        return null;
    }
}
