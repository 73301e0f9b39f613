[assembly: AssemblyFixture(typeof(Lms.Browser.Tests.Support.Chromium))]
[assembly: AssemblyFixture(typeof(Lms.Web.Tests.Support.TestSite))]

namespace Lms.Browser.Tests.Support;

/// <summary>The one Chromium of the machine, shared by all tests; each test opens contexts of its own, which share nothing.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program)) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A new person at a device of their own. Skips the test where there is no Chromium.</summary>
    internal async Task<Visitor> OpenAsync(TestSite site, Device? device = null)
    {
        if (_browser is null) Assert.Skip($"There is no {Program}.");
        device ??= new Device();
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = site.Address.ToString(),
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
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>What somebody holds in their hands; by default a cheap phone.</summary>
internal sealed record Device(int Width = 360, int Height = 740, string Language = "en-GB", bool Scripts = true, bool Dark = false);
