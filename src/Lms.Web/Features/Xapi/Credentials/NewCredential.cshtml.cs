using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Xapi.Credentials;

[Authorize(Policies.Manager)]
public sealed class NewCredentialModel(CredentialAdministration credentials, XapiAddresses addresses) : PageModel
{
    [BindProperty] public Form Input { get; set; } = new();
    public IReadOnlyList<Centre> Centres { get; private set; } = [];
    /// <summary>The credential just made; with its secret it is shown in this answer and never again.</summary>
    public LrsCredential? Created { get; private set; }
    public string Secret { get; private set; } = "";
    public string Endpoint => $"{addresses.Root}{XapiFeature.Root}/";

    public async Task OnGetAsync(CancellationToken ct) => Centres = await credentials.CentresAsync(User, ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        (Created, Secret, var problems) = await credentials.CreateAsync(User, Input.Name, Input.Centre, Input.Scopes, ct);
        ModelState.Add(problems);
        Response.Headers.CacheControl = "no-store";
        Centres = await credentials.CentresAsync(User, ct);
        return Page();
    }

    public sealed class Form
    {
        public string? Name { get; set; }
        public Guid Centre { get; set; }
        public List<string> Scopes { get; set; } = [];
    }
}
