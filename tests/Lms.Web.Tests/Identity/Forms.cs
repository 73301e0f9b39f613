using AngleSharp.Html.Dom;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Identity;

internal static class Forms
{
    private const string Token = "__RequestVerificationToken";

    /// <summary>The fields with the form token of a page that this browser may open: for posts that no page of theirs offers.</summary>
    public static async Task<List<KeyValuePair<string, string>>> FieldsAsync(this Browser browser, string page, params (string Name, object Value)[] fields)
    {
        var token = (await browser.PageAsync(page)).QuerySelector($"input[name={Token}]") as IHtmlInputElement;
        return [new(Token, token!.Value), .. fields.Select(f => new KeyValuePair<string, string>(f.Name, $"{f.Value}"))];
    }

    public static async Task<IHtmlDocument> DocumentAsync(this HttpResponseMessage reply) =>
        await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(await reply.Content.ReadAsStringAsync(), default(CancellationToken));
}
