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
        // More than two minutes' worth at once: however slow the machine, some of them meet the limit of 60 a minute.
        var answers = await Task.WhenAll(Enumerable.Range(0, 130).Select(async _ =>
        {
            using var reply = await browser.PostAsync("/account/sign-in", form);
            return reply.StatusCode;
        }));
        Assert.InRange(answers.Count(a => a == HttpStatusCode.OK), 60, 120);
        Assert.All(answers, a => Assert.True(a is HttpStatusCode.OK or HttpStatusCode.TooManyRequests));
        await browser.PageAsync("/account/sign-in");
    }
}
