using System.Net;
using System.Text;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Shared;

public sealed class RefusalTests(TestSite site) : IClassFixture<TestSite>
{
    [Theory]
    [InlineData("utf-7", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("\"x-none\"", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("UTF-8", HttpStatusCode.BadRequest)]
    public async Task A_form_in_an_odd_charset_is_refused_with_a_page(string charset, HttpStatusCode expected)
    {
        using var visitor = site.Visitor();
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes("a=b"));
        content.Headers.TryAddWithoutValidation("Content-Type", $"application/x-www-form-urlencoded; charset={charset}");

        using var reply = await visitor.Http.PostAsync(new Uri("/account/sign-in", UriKind.Relative), content);

        Assert.Equal(expected, reply.StatusCode);
        Assert.Contains("<main", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_with_a_problem_says_so_and_its_neighbours_do_not()
    {
        using var ana = await site.SignedInAsync();
        using var reply = await ana.SubmitAsync("/account", new() { ["Input.Name"] = "" });
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync());

        Assert.Equal("true", page.QuerySelector("input[name='Input.Name']")!.GetAttribute("aria-invalid"));
        Assert.Null(page.QuerySelector("select[name='Input.Language']")!.GetAttribute("aria-invalid"));
    }
}
