using Lms.BrowserTests.Support;
using Lms.Web.Features.Certificates;

namespace Lms.BrowserTests.Pages;

/// <summary>The addresses of every page, by who sees something there.</summary>
internal static class PageList
{
    /// <summary>Pages that aren't there: a serial that was never issued, one that is misspelt, and nothing at all.</summary>
    public static readonly string[] Missing = [$"/verify/{Serial.New()}", "/verify/SL-7K3Q-M9XV-2TRB-5HD4C", "/nowhere"];

    public static string[] Visitor(Cast cast) =>
    [
        "/", "/?q=nothing+like+it", "/courses/hygiene", $"/courses/{Cast.Course}", "/account/sign-in", "/account/register", "/account/forgot-password", "/verify",
        $"/verify/{cast.Valid.Serial}", $"/verify/{cast.Revoked.Serial}", $"/verify/{cast.Replaced.Serial}",
    ];

    public static string[] Graduate(Cast cast)
    {
        var learn = $"/learn/{cast.Graduate.Enrolment}";
        return
        [
            "/", $"/courses/{Cast.Course}", "/learn", $"{learn}/marks", $"{learn}/after", $"{learn}/assessment", $"{learn}/assessment/{cast.Failed}/result",
            $"{learn}/assessment/{cast.Passed}/result", $"{learn}/done", "/transcript", "/certificates", $"/certificates/{cast.Valid.Id}", "/account",
            "/account/security", "/account/tokens", "/account/sign-out",
        ];
    }

    public static string[] Candidate(Cast cast)
    {
        var learn = $"/learn/{cast.Candidate.Enrolment}";
        var questions = Enumerable.Range(1, 8).Select(position => $"{learn}/assessment/{cast.Underway}/{position}");
        return ["/learn", $"{learn}/marks", $"{learn}/after", $"{learn}/assessment", .. questions, $"{learn}/assessment/{cast.Underway}/review", "/transcript"];
    }

    public static readonly string[] Newcomer = ["/learn", "/transcript", "/certificates", "/courses/hygiene"];

    public static string[] Staff(Cast cast) =>
    [
        "/teach", $"/teach/{Cast.Course}", $"/teach/{Cast.Course}/items", $"/teach/{Cast.Course}/items/ev-single", $"/teach/{Cast.Course}/items/ev-order",
        $"/teach/{Cast.Course}/preview", $"/teach/{Cast.Course}/preview/marks", $"/teach/{Cast.Course}/export", "/teach/content", "/admin/people", $"/admin/people/{cast.Graduate.PersonId}",
        "/admin/people/import", "/admin/people/invitations", "/admin/centres", "/admin/centres/new", "/admin/centres/hub", "/admin/certificates",
        $"/admin/certificates/{cast.Valid.Id}", $"/admin/certificates/{cast.Revoked.Id}", $"/admin/certificates/{cast.Replaced.Id}", "/admin/jobs",
        $"/transcript/{cast.Graduate.PersonId}",
        "/statements", "/statements?verb=nothing", $"/statements/{cast.Statement.Id}", $"/statements/agents/{cast.Statement.Agent}", $"/statements/activities/{cast.Statement.Activity}",
        "/statements/charts", "/statements/privacy", $"/statements/erase/{cast.Statement.Agent}", "/admin/credentials", "/admin/credentials/new", "/admin/consumers", "/admin/consumers/new",
    ];
}
