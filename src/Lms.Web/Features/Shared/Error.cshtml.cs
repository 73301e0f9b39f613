using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Shared;

/// <summary>Shown when a request failed by a fault of ours; it may come from a form, so it takes any method.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken, ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ErrorModel : PageModel
{
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => Unavailable.AskToWait(HttpContext);

    public string Number => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;
}
