using Lms.Web.Tests.Learning;

[assembly: AssemblyFixture(typeof(Lms.BrowserTests.Support.Stage))]

namespace Lms.BrowserTests.Support;

/// <summary>
/// The one Chromium of the machine and one site with the courses <c>hygiene</c> and <c>everything</c>, shared by all tests; those that import
/// packages share another, so that the first one's catalogue stays as it is. Each test opens devices of its own, which share nothing.
/// </summary>
public sealed class Stage : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";
    private readonly Lazy<Task<Cast>> _cast;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Stage() => _cast = new(() => Support.Cast.GatherAsync(App));

    public LearningSite App { get; } = new();
    public TestSite Site => App.Site;
    /// <summary>The site that packages are imported into.</summary>
    public TestSite PackageSite { get; } = new();

    /// <summary>People who have been at work on the site, so that every page has something to show.</summary>
    internal Task<Cast> CastAsync() => _cast.Value;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program)) return;
        await App.InitializeAsync();
        await PackageSite.InitializeAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Somebody at a device of their own. Skips the test where there is no Chromium.</summary>
    internal async Task<Visitor> OpenAsync(Device? device = null, Uri? address = null)
    {
        if (_browser is null) Assert.Skip($"There is no {Program}.");
        device ??= new Device();
        var context = await _browser.NewContextAsync(new()
        {
            // Passkeys work on “localhost” and never on an address of numbers.
            BaseURL = (address ?? Site.Address).ToString().Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
            ViewportSize = new() { Width = device.Width, Height = device.Height },
            JavaScriptEnabled = device.Scripts,
            Locale = device.Language,
            ColorScheme = device.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Visitor.Patience);
        return new Visitor(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is null) return;
        await _browser.DisposeAsync();
        _playwright!.Dispose();
        await PackageSite.DisposeAsync();
        await App.DisposeAsync();
    }
}

/// <summary>What somebody holds in their hands; by default a cheap phone.</summary>
internal sealed record Device(int Width = 360, int Height = 740, string Language = "en-GB", bool Scripts = true, bool Dark = false);
