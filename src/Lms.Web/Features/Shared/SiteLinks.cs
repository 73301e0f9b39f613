using System.Security.Claims;
using Lms.Web.Features.Identity;

namespace Lms.Web.Features.Shared;

/// <summary>The addresses that the frame of every page leads to.</summary>
internal static class SiteLinks
{
    public const string Courses = "/";
    public const string Learning = "/learn";
    public const string Transcript = "/transcript";
    public const string Teaching = "/teach";
    public const string Packages = "/packages";
    public const string Statements = "/statements";
    public const string Administration = "/admin/people";
    public const string Account = "/account";
    public const string SignIn = "/account/sign-in";
    public const string SignOut = "/account/sign-out";
    public const string Verify = "/verify";

    /// <summary>What this person sees in the top bar: address, and English name as the key of its translation.</summary>
    public static IEnumerable<(string Href, string Name)> For(ClaimsPrincipal user)
    {
        yield return (Courses, "Courses");
        if (user.Identity?.IsAuthenticated != true) yield break;
        yield return (Learning, "My learning");
        yield return (Transcript, "Transcript");
        if (Policies.Roles[Policies.Staff].Any(user.Has))
        {
            yield return (Teaching, "Teaching");
            yield return (Packages, "Packages");
            yield return (Statements, "Statements");
        }
        if (Policies.Roles[Policies.Manager].Any(user.Has)) yield return (Administration, "Administration");
    }

    public static bool IsCurrent(string href, PathString path) =>
        href switch
        {
            Courses => path == "/" || path.StartsWithSegments("/courses"),
            Administration => path.StartsWithSegments("/admin"),
            _ => path.StartsWithSegments(href),
        };
}
