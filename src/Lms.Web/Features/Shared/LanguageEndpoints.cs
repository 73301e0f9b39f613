using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;

namespace Lms.Web.Features.Shared;

internal static class LanguageEndpoints
{
    public const string Cookie = "seedlot-language";

    public static void MapLanguage(this IEndpointRouteBuilder app) =>
        app.MapGet("/language/{tag}", (string tag, string? @return, HttpContext context) =>
        {
            if (!SharedFeature.Languages.Contains(tag)) return Results.NotFound();
            context.Response.Cookies.Append(Cookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(tag)), new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                IsEssential = true,
            });
            // Only an address of this site: anything else would make the link a springboard for phishing.
            return Results.LocalRedirect(RedirectHttpResult.IsLocalUrl(@return) ? @return! : "/");
        }).AllowAnonymous().ExcludeFromDescription();
}
