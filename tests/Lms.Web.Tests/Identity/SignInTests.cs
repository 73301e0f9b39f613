using System.Net;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Identity;

public sealed class SignInTests(TestSite site) : IClassFixture<TestSite>
{
    private const int Tries = 6;

    [Theory]
    [InlineData("/account/tokens", "/account/tokens")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public async Task Signing_in_returns_only_to_addresses_of_this_site(string asked, string given)
    {
        var person = await site.AddPersonAsync();
        using var browser = site.Visitor();
        using var reply = await browser.SubmitAsync($"/account/sign-in?return={Uri.EscapeDataString(asked)}", Credentials(person.Email!, TestSite.Password));

        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.Equal(given, reply.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Accounts_and_strangers_are_locked_alike_after_too_many_wrong_passwords()
    {
        var person = await site.AddPersonAsync();
        var answers = await Task.WhenAll(AnswersAsync(person.Email!), AnswersAsync($"{Guid.NewGuid():N}@example.org"));

        Assert.Equal(answers[0], answers[1]);
        Assert.All(answers[0][..(Tries - 1)], a => Assert.Contains("is not right", a, StringComparison.Ordinal));
        Assert.All(answers[0][(Tries - 1)..], a => Assert.Contains("Too many wrong tries", a, StringComparison.Ordinal));

        using var browser = site.Visitor();
        using var right = await browser.SubmitAsync("/account/sign-in", Credentials(person.Email!, TestSite.Password));
        Assert.Contains("Too many wrong tries", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_must_sign_in_is_sent_to_this_site_whatever_host_the_request_names()
    {
        using var visitor = site.Visitor();
        visitor.Http.DefaultRequestHeaders.Host = "elsewhere.example";
        using var reply = await visitor.GetAsync("/account");
        Assert.Equal("/account/sign-in?return=%2Faccount", reply.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var person = await site.AddPersonAsync();
        using var browser = site.Visitor();
        using var reply = await browser.PostAsync("/account/sign-in", Credentials(person.Email!, TestSite.Password));

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.False(reply.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(c => c.StartsWith("seedlot=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Signing_out_takes_a_form_and_ends_the_session()
    {
        using var ana = await site.SignedInAsync();
        using var link = await ana.GetAsync("/account/sign-out");
        Assert.Equal(HttpStatusCode.OK, link.StatusCode);
        await ana.PageAsync("/account");

        using var form = await ana.SubmitAsync("/account/sign-out");
        Assert.Equal(HttpStatusCode.Redirect, form.StatusCode);
        using var after = await ana.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
        Assert.Contains("/account/sign-in?return=%2Faccount", after.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_session_cookie_is_for_this_site_and_not_for_scripts()
    {
        var person = await site.AddPersonAsync();
        using var browser = site.Visitor();
        using var reply = await browser.SubmitAsync("/account/sign-in", Credentials(person.Email!, TestSite.Password));

        var cookie = reply.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("seedlot=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<List<string>> AnswersAsync(string email)
    {
        using var browser = site.Visitor();
        List<string> answers = [];
        for (var i = 0; i < Tries + 1; i++)
        {
            using var reply = await browser.SubmitAsync("/account/sign-in", Credentials(email, "wrong password"));
            var page = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(await reply.Content.ReadAsStringAsync(), default(CancellationToken));
            answers.Add($"{reply.StatusCode} {page.QuerySelector(".validation-summary-errors")?.TextContent.Trim()}");
        }
        return answers;
    }

    private static Dictionary<string, string> Credentials(string email, string password) => new() { ["Input.Email"] = email, ["Input.Password"] = password };
}
