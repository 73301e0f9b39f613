using System.Net;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Identity;

public sealed class CredentialLimitTests
{
    [Fact]
    public async Task One_address_may_not_try_without_end()
    {
        await using var site = new TestSite(new() { ["LMS:Limits:Off"] = "false" });
        await site.InitializeAsync();
        using var browser = site.Visitor();
        var form = await browser.FieldsAsync("/account/sign-in", ("Input.Email", ""), ("Input.Password", ""));
        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 61; i++)
        {
            using var reply = await browser.PostAsync("/account/sign-in", form);
            answers.Add(reply.StatusCode);
        }
        Assert.Equal(60, answers.Count(a => a == HttpStatusCode.OK));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        await browser.PageAsync("/account/sign-in");
    }
}
