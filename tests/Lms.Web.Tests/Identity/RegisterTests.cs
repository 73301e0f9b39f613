using System.Net;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Identity;

public sealed class RegisterTests(TestSite site) : IClassFixture<TestSite>
{
    [Theory]
    [InlineData("Amina Diallo")]
    [InlineData("አበበ ቢቂላ")]
    [InlineData("김민수")]
    [InlineData("فاطمة الزهراء")]
    public async Task A_visitor_registers_with_a_name_in_any_script_and_is_signed_in(string name)
    {
        using var visitor = site.Visitor();
        var email = NewEmail();
        using var reply = await visitor.SubmitAsync("/account/register?return=/account", Account(name, email));

        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.Equal("/account", reply.Headers.Location!.OriginalString);
        var person = await site.ReadAsync(db => db.Users.SingleAsync(p => p.Email == email));
        Assert.Equal(name, person.Name);
        Assert.False(await site.ReadAsync(db => db.RoleAssignments.AnyAsync(r => r.PersonId == person.Id)));
    }

    [Fact]
    public async Task An_address_with_an_account_is_refused_without_a_second_account()
    {
        var person = await site.AddPersonAsync();
        var email = person.Email!;
        using var visitor = site.Visitor();
        using var reply = await visitor.SubmitAsync("/account/register", Account("Ana Lima", email.ToUpperInvariant()));

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Contains("No account can be made for this e-mail address", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await site.ReadAsync(db => db.Users.CountAsync(p => p.NormalizedEmail == person.NormalizedEmail)));
    }

    [Fact]
    public async Task Two_registrations_of_one_address_at_once_make_one_account()
    {
        var email = NewEmail();
        using var one = site.Visitor();
        using var two = site.Visitor();
        var replies = await Task.WhenAll(one.SubmitAsync("/account/register", Account("Ana", email)), two.SubmitAsync("/account/register", Account("Ana", email)));

        Assert.Single(replies, r => r.StatusCode == HttpStatusCode.Redirect);
        Assert.Single(replies, r => r.StatusCode == HttpStatusCode.OK);
        Assert.Equal(1, await site.ReadAsync(db => db.Users.CountAsync(p => p.Email == email)));
    }

    [Theory]
    [InlineData("Input.Name", " ", "Write your full name")]
    [InlineData("Input.Name", "1234", "Write the name in letters")]
    [InlineData("Input.Email", "nobody", "Write an e-mail address")]
    [InlineData("Input.Password", "short", "at least 10 characters")]
    [InlineData("Input.Password", "aaaaaaaaaaaa", "at least 4 different characters")]
    [InlineData("Input.Password", "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 012", "at most 200 characters")]
    [InlineData("Input.Language", "tlh", "Choose one of the languages offered")]
    [InlineData("Input.Centre", "0193f7a0-0000-7000-8000-000000000000", "Choose one of the centres offered")]
    public async Task A_form_with_a_mistake_is_shown_again_with_what_to_do(string field, string value, string sentence)
    {
        using var visitor = site.Visitor();
        var account = Account("Ana Lima", NewEmail());
        account[field] = value;
        using var reply = await visitor.SubmitAsync("/account/register", account);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        // Above the form, and beside the field that it is about, unless a site of one centre leaves no choice of it.
        var page = WebUtility.HtmlDecode(await reply.Content.ReadAsStringAsync());
        Assert.Equal(page.Contains($"data-valmsg-for=\"{field}\"", StringComparison.Ordinal) ? 3 : 2, page.Split(sentence).Length);
        Assert.Equal(0, await site.ReadAsync(db => db.Users.CountAsync(p => p.Email == account["Input.Email"])));
    }

    private static string NewEmail() => $"{Guid.NewGuid():N}@example.org";

    private static Dictionary<string, string> Account(string name, string email) => new()
    {
        ["Input.Name"] = name,
        ["Input.Email"] = email,
        ["Input.Password"] = TestSite.Password,
    };
}
