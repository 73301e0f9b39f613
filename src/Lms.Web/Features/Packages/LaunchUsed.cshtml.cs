using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Packages;

/// <summary>What a link says that opened before.</summary>
[AllowAnonymous]
public sealed class LaunchUsedModel : PageModel;
