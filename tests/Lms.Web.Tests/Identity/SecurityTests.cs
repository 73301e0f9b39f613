using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Identity;

public sealed class SecurityTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task With_an_app_the_password_alone_does_not_sign_in_and_a_recovery_code_works_once()
    {
        using var ana = await site.SignedInAsync();
        var email = await EmailAsync(ana.PersonId);
        var (key, codes) = await EnrolAsync(ana);
        Assert.Equal(10, codes.Count);

        using var half = await HalfwayAsync(email);
        using var closed = await half.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Redirect, closed.StatusCode);
        using var wrong = await half.SubmitAsync("/account/sign-in/two-factor", new() { ["Code"] = "000000" });
        Assert.Contains("The code is not right", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var right = await half.SubmitAsync("/account/sign-in/two-factor", new() { ["Code"] = Totp(key) });
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        await half.PageAsync("/account");

        using var spare = await HalfwayAsync(email);
        using var used = await spare.SubmitAsync("/account/sign-in/two-factor?recovery=true", new() { ["Code"] = codes[0] });
        Assert.Equal(HttpStatusCode.Redirect, used.StatusCode);
        using var again = await HalfwayAsync(email);
        using var refused = await again.SubmitAsync("/account/sign-in/two-factor?recovery=true", new() { ["Code"] = codes[0] });
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
    }

    [Fact]
    public async Task A_code_of_the_app_signs_in_once()
    {
        using var ana = await site.SignedInAsync();
        var email = await EmailAsync(ana.PersonId);
        var (key, _) = await EnrolAsync(ana);
        var code = Totp(key);
        var tabs = await Task.WhenAll(HalfwayAsync(email), HalfwayAsync(email), HalfwayAsync(email));
        var replies = await Task.WhenAll(tabs.Select(tab => tab.SubmitAsync("/account/sign-in/two-factor", new() { ["Code"] = code })));
        Assert.Single(replies, r => r.StatusCode == HttpStatusCode.Redirect);

        using var onlooker = await HalfwayAsync(email);
        using var disguised = await onlooker.SubmitAsync("/account/sign-in/two-factor", new() { ["Code"] = $"+{code}" });
        Assert.Equal(HttpStatusCode.OK, disguised.StatusCode);
        foreach (var tab in tabs) tab.Dispose();
    }

    [Fact]
    public async Task Wrong_recovery_codes_lock_the_account_too()
    {
        using var ana = await site.SignedInAsync();
        await EnrolAsync(ana);
        using var half = await HalfwayAsync(await EmailAsync(ana.PersonId));
        var text = "";
        for (var i = 0; i < 6; i++)
        {
            using var reply = await half.SubmitAsync("/account/sign-in/two-factor?recovery=true", new() { ["Code"] = $"AAAAA-BBBB{i}" });
            text = await reply.Content.ReadAsStringAsync();
        }
        Assert.Contains("Too many wrong tries", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turning_the_second_step_off_takes_the_password_or_a_manager_with_a_reason()
    {
        using var ana = await site.SignedInAsync();
        await EnrolAsync(ana);
        using var wrong = await ana.SubmitAsync("/account/security", new() { ["Password"] = "not the password" }, "Disable");
        Assert.True(await HasSecondStepAsync(ana.PersonId));

        using var admin = await site.SignedInAsync(Role.Administrator);
        using var silent = await admin.SubmitAsync($"/admin/people/{ana.PersonId}", new() { ["reason"] = " " }, "TwoFactor");
        Assert.Equal(HttpStatusCode.OK, silent.StatusCode);
        Assert.True(await HasSecondStepAsync(ana.PersonId));
        using var said = await admin.SubmitAsync($"/admin/people/{ana.PersonId}", new() { ["reason"] = "Lost the phone" }, "TwoFactor");
        Assert.False(await HasSecondStepAsync(ana.PersonId));
    }

    [Fact]
    public async Task A_passkey_is_added_signs_in_by_itself_is_renamed_and_removed()
    {
        using var ana = await site.SignedInAsync();
        using var device = new SoftwarePasskey(site.Address);
        var made = await ana.FieldsAsync("/account/security", ("Name", "My phone"), ("Credential", device.Create(await OptionsAsync(ana, "/account/security"))));
        using var added = await ana.PostAsync("/account/security?handler=AddPasskey", made);
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        using var twice = await ana.PostAsync("/account/security?handler=AddPasskey", made);
        Assert.Equal(HttpStatusCode.OK, twice.StatusCode);
        Assert.Contains("My phone", (await ana.PageAsync("/account/security")).Body!.InnerHtml, StringComparison.Ordinal);

        using var visitor = site.Visitor();
        var used = await visitor.FieldsAsync("/account/sign-in", ("Credential", device.Get(await OptionsAsync(visitor, "/account/sign-in"))));
        using var signedIn = await visitor.PostAsync("/account/sign-in?handler=Passkey", used);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        await visitor.PageAsync("/account");
        using var replayer = site.Visitor();
        await replayer.PageAsync("/account/sign-in");
        var stolen = await replayer.FieldsAsync("/account/sign-in", ("Credential", used.Single(f => f.Key == "Credential").Value));
        using var replayed = await replayer.PostAsync("/account/sign-in?handler=Passkey", stolen);
        Assert.Equal(HttpStatusCode.OK, replayed.StatusCode);

        using var renamed = await ana.SubmitAsync("/account/security", new() { ["Name"] = "Old phone" }, "RenamePasskey");
        var page = await ana.PageAsync("/account/security");
        Assert.Contains("Old phone", page.Body!.InnerHtml, StringComparison.Ordinal);
        var remove = page.QuerySelector("button[formaction]")!.GetAttribute("formaction")!;
        using var removed = await ana.PostAsync(remove, await ana.FieldsAsync("/account/security"));
        using var stranger = site.Visitor();
        using var refused = await stranger.PostAsync("/account/sign-in?handler=Passkey", await stranger.FieldsAsync("/account/sign-in",
            ("Credential", device.Get(await OptionsAsync(stranger, "/account/sign-in")))));
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
    }

    [Fact]
    public async Task A_profile_saves_name_and_language_and_the_page_speaks_it_at_once()
    {
        using var ana = await site.SignedInAsync();
        using var saved = await ana.SubmitAsync("/account", new() { ["Input.Name"] = "  Ana   Lima-Sow ", ["Input.Language"] = "fr" });
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var page = await ana.PageAsync("/account");
        Assert.Equal("fr", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Ana Lima-Sow", page.QuerySelector("#Input_Name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_password_is_changed_only_by_somebody_who_knows_it()
    {
        using var ana = await site.SignedInAsync();
        using var wrong = await ana.SubmitAsync("/account", new() { ["Input.Current"] = "not it at all", ["Input.Password"] = "a new long password" }, "Password");
        Assert.Contains("The current password is not right", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var right = await ana.SubmitAsync("/account", new() { ["Input.Current"] = TestSite.Password, ["Input.Password"] = "a new long password" }, "Password");
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        await ana.PageAsync("/account");
    }

    private static async Task<(byte[] Key, List<string> Codes)> EnrolAsync(Browser browser)
    {
        using var begun = await browser.SubmitAsync("/account/security", action: "Begin");
        var setup = begun.Headers.Location!.OriginalString;
        var page = await browser.PageAsync(setup);
        Assert.NotNull(page.QuerySelector("figure.qr svg"));
        Assert.Empty(page.QuerySelectorAll("figure.qr [style]"));
        var key = Base32(page.QuerySelector("#authenticator-key")!.TextContent.Replace(" ", "", StringComparison.Ordinal));
        using var enabled = await browser.SubmitAsync(setup, new() { ["Code"] = Totp(key) }, "Enable");
        var codes = (await enabled.DocumentAsync()).QuerySelectorAll("#recovery-codes li").Select(li => li.TextContent.Trim()).ToList();
        return (key, codes);
    }

    /// <summary>A browser that has given the password and not yet the code.</summary>
    private async Task<Browser> HalfwayAsync(string email)
    {
        var browser = site.Visitor();
        using var reply = await browser.SubmitAsync("/account/sign-in", new() { ["Input.Email"] = email, ["Input.Password"] = TestSite.Password });
        Assert.StartsWith("/account/sign-in/two-factor", reply.Headers.Location!.OriginalString, StringComparison.Ordinal);
        return browser;
    }

    private static async Task<JsonElement> OptionsAsync(Browser browser, string page)
    {
        // Browsers say where a form comes from; the site compares it with what the authenticator signed.
        browser.Http.DefaultRequestHeaders.Remove("Origin");
        browser.Http.DefaultRequestHeaders.Add("Origin", browser.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var reply = await browser.PostAsync($"{page}?handler=PasskeyOptions", await browser.FieldsAsync(page));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement;
    }

    private Task<string> EmailAsync(Guid id) => site.ReadAsync(db => db.Users.Where(p => p.Id == id).Select(p => p.Email!).SingleAsync());

    private Task<bool> HasSecondStepAsync(Guid id) => site.ReadAsync(db => db.Users.Where(p => p.Id == id).Select(p => p.TwoFactorEnabled).SingleAsync());

    // RFC 6238 with SHA-1, thirty seconds and six digits, as authenticator apps count.
    private static string Totp(byte[] key)
    {
        var counter = BitConverter.GetBytes(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);
        Array.Reverse(counter);
#pragma warning disable CA5350 // The algorithm of the standard.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xF;
        var number = ((hash[offset] & 0x7F) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3];
        return $"{number % 1_000_000:D6}";
    }

    private static byte[] Base32(string text)
    {
        List<byte> bytes = [];
        var (buffer, bits) = (0, 0);
        foreach (var c in text)
        {
            buffer = ((buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal)) & 0xFFF;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
        }
        return [.. bytes];
    }
}
