using System.Net;
using System.Security.Cryptography;
using Lms.BrowserTests.Support;

namespace Lms.BrowserTests.Identity;

public sealed class SignInTests(Stage stage)
{
    [Fact]
    public async Task Whoever_sets_up_an_authenticator_app_signs_in_with_its_digits()
    {
        var email = (await stage.Site.AddPersonAsync(name: "Ana Lima")).Email!;
        await using var ana = await stage.OpenAsync();
        await ana.SignInAsync(email);
        await ana.Page.GotoAsync("/account/security");
        await ButtonAsync(ana.Page, "Set up");
        var key = await ana.Page.Locator("#authenticator-key").InnerTextAsync();
        Assert.Empty(await ana.FindingsAsync("setting up the second step"));
        await ana.Page.FillAsync("#Code", OneTimeCode(key));
        await ButtonAsync(ana.Page, "Turn the second step on");
        await Expect(ana.Page.Locator("#recovery-codes li").First).ToBeVisibleAsync();
        Assert.Empty(await ana.FindingsAsync("recovery codes"));
        var recovery = await ana.Page.Locator("#recovery-codes li").First.InnerTextAsync();

        await using var again = await stage.OpenAsync();
        await PasswordAsync(again.Page, email);
        await Expect(again.Page.Locator("main h1")).ToHaveTextAsync("Second step");
        Assert.Empty(await again.FindingsAsync("second step"));
        // The next digits: those that were used to set it up don't count twice.
        await again.Page.FillAsync("#Code", OneTimeCode(key, later: 1));
        await ButtonAsync(again.Page, "Sign in");
        await Expect(again.Page.Locator("header")).ToContainTextAsync("Ana Lima");

        await using var withoutPhone = await stage.OpenAsync();
        await PasswordAsync(withoutPhone.Page, email);
        await withoutPhone.Page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code" }).ClickAsync();
        await withoutPhone.Page.FillAsync("#Code", recovery.Trim());
        await ButtonAsync(withoutPhone.Page, "Sign in");
        await Expect(withoutPhone.Page.Locator("header")).ToContainTextAsync("Ana Lima");
    }

    [Fact]
    public async Task A_passkey_signs_in_without_a_password()
    {
        var email = (await stage.Site.AddPersonAsync(name: "Ana Lima")).Email!;
        await using var ana = await stage.OpenAsync();
        await AddAuthenticatorAsync(ana);
        await ana.SignInAsync(email);
        await ana.Page.GotoAsync("/account/security");
        await ana.Page.FillAsync("#passkey-name", "Cheap phone");
        await ButtonAsync(ana.Page, "Add a passkey");
        await Expect(ana.Page.Locator(".panel-box input[name=Name]")).ToHaveValueAsync("Cheap phone");
        Assert.Empty(await ana.FindingsAsync("a passkey"));

        await ana.Page.Context.ClearCookiesAsync();
        await ana.Page.GotoAsync("/account/sign-in");
        await ButtonAsync(ana.Page, "Sign in with a passkey");

        await Expect(ana.Page.Locator("header")).ToContainTextAsync("Ana Lima");
        Assert.Empty(ana.Complaints);
    }

    /// <summary>A fingerprint reader that Chromium plays, and which always agrees.</summary>
    private static async Task AddAuthenticatorAsync(Visitor visitor)
    {
        var session = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }

    private static async Task PasswordAsync(IPage page, string email)
    {
        await page.GotoAsync("/account/sign-in");
        await page.FillAsync("#Input_Email", email);
        await page.FillAsync("#Input_Password", TestSite.Password);
        await ButtonAsync(page, "Sign in");
    }

    private static Task ButtonAsync(IPage page, string name) => page.Locator("main").GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    /// <summary>The six digits of RFC 6238 for the key as the page groups it.</summary>
    private static string OneTimeCode(string key, int later = 0)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(key.ToUpperInvariant().Where(Alphabet.Contains).Select(c => Convert.ToString(Alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var step = BitConverter.GetBytes(IPAddress.HostToNetworkOrder((DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30) + later));
#pragma warning disable CA5350 // RFC 6238 as authenticator apps have it: HMAC-SHA-1.
        var hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = (((hash[offset] & 0x7f) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3]) % 1_000_000;
        return number.ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }
}
