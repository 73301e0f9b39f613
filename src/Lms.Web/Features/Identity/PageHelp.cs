using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Lms.Web.Features.Identity;

internal static class PageHelp
{
    /// <summary>To the address asked for when it is one of this site, else to the front page: never a springboard to elsewhere.</summary>
    public static IActionResult Home(this PageModel page, string? asked) =>
        page.LocalRedirect(page.Url.IsLocalUrl(asked) ? asked! : "/");

    /// <summary>From here on the language of the person's own profile counts, not one picked before on this browser.</summary>
    public static void ForgetLanguageChoice(this PageModel page) => page.Response.Cookies.Delete(LanguageEndpoints.Cookie);
}
