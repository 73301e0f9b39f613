using System.Text.RegularExpressions;

namespace Lms.BrowserTests.Support;

/// <summary>Somebody at a browser. Whatever the browser complains about (scripts, security policy, failed requests) is kept.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    /// <summary>Milliseconds to wait for what should be there: long, because a busy machine is no fault of the site.</summary>
    public const float Patience = 30_000;

    private readonly List<string> _complaints = [];

    static Visitor() => SetDefaultExpectTimeout(Patience);

    public Visitor(IBrowserContext context, IPage page)
    {
        (Context, Page) = (context, page);
        Watch(page);
    }

    public IBrowserContext Context { get; }
    public IPage Page { get; }
    public IReadOnlyList<string> Complaints => _complaints;

    public async Task<IPage> NewTabAsync()
    {
        var page = await Context.NewPageAsync();
        Watch(page);
        return page;
    }

    public async Task SignInAsync(string email)
    {
        await Page.GotoAsync("/account/sign-in");
        await Page.FillAsync("#Input_Email", email);
        await Page.FillAsync("#Input_Password", TestSite.Password);
        await Page.ClickAsync("main form button.btn");
        await Expect(Page).Not.ToHaveURLAsync(new Regex("/account/sign-in"));
    }

    /// <summary>Chooses the language of the interface, whatever the account says.</summary>
    public Task SpeakAsync(string language) => Page.GotoAsync($"/language/{language}?return=/verify");

    /// <summary>What the browser complained about since the last call.</summary>
    public IReadOnlyList<string> TakeComplaints()
    {
        string[] taken = [.. _complaints];
        _complaints.Clear();
        return taken;
    }

    public async ValueTask DisposeAsync() => await Context.DisposeAsync();

    private void Watch(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _complaints.Add($"{Path(page.Url)}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Add($"{Path(page.Url)}: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400) _complaints.Add($"{Path(page.Url)}: {response.Status} for {Path(response.Url)}");
        };
    }

    private static string Path(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.PathAndQuery : url;
}
