using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Lms.BrowserTests.Support;

namespace Lms.BrowserTests.Pages;

/// <summary>What an English page and its translation have in common is no word of the interface.</summary>
public sealed partial class TranslationTests(Stage stage)
{
    private static readonly string[] Attributes = ["aria-label", "title", "placeholder", "alt", "data-confirm", "data-confirm-yes", "data-failed", "data-up", "data-down", "data-left", "data-cancel", "data-unsaved"];

    [GeneratedRegex(@"\p{L}{3,}")]
    private static partial Regex Word();

    [Theory]
    [InlineData("fr")]
    [InlineData("ar")]
    public async Task No_English_is_left_on_any_page(string language)
    {
        await using var skips = await stage.OpenAsync();
        var cast = await stage.CastAsync();
        List<string> left = [];
        left.AddRange(await LeftAsync(language, null, [.. PageList.Visitor(cast), .. PageList.Missing]));
        left.AddRange(await LeftAsync(language, cast.Graduate.Email, PageList.Graduate(cast)));
        left.AddRange(await LeftAsync(language, cast.Candidate.Email, PageList.Candidate(cast)));
        left.AddRange(await LeftAsync(language, cast.Newcomer, [.. PageList.Newcomer, "/teach"]));
        left.AddRange(await LeftAsync(language, Cast.Administrator, PageList.Staff(cast)));
        Assert.True(left.Count == 0, string.Join('\n', left));
    }

    private async Task<List<string>> LeftAsync(string language, string? email, IEnumerable<string> paths)
    {
        await using var visitor = await stage.OpenAsync();
        if (email is not null) await visitor.SignInAsync(email);
        var data = Data(language);
        List<string> left = [];
        foreach (var path in paths)
        {
            await visitor.Context.APIRequest.GetAsync("/language/en?return=/verify");
            var english = await TextsAsync(visitor, path);
            await visitor.Context.APIRequest.GetAsync($"/language/{language}?return=/verify");
            var both = (await TextsAsync(visitor, path)).Intersect(english);
            left.AddRange(both.Where(text => Word().IsMatch(text) && !data.Contains(Plain(text), StringComparison.Ordinal)).Select(text => $"{path}: “{text}”"));
        }
        return left;
    }

    private static async Task<HashSet<string>> TextsAsync(Visitor visitor, string path)
    {
        var reply = await visitor.Context.APIRequest.GetAsync(path);
        var page = new HtmlParser().ParseDocument(await reply.TextAsync());
        // Isolated names and codes, what says in which language it is, and the certificate, which has its own: none is the interface.
        var texts = page.All.Where(e => e.Closest("script, style, bdi, code, pre, time, .hash, .sheet, main [lang]") is null)
            .SelectMany(e => e.ChildNodes.OfType<IText>().Select(t => t.Text).Concat(Attributes.Select(e.GetAttribute)));
        return [.. texts.Where(t => !string.IsNullOrWhiteSpace(t)).SelectMany(t => t!.Split(" · ")).Select(t => t.Trim())];
    }

    /// <summary>What may stay as it is: the texts of the courses, the people, and words that the two languages share.</summary>
    private static string Data(string language)
    {
        var texts = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Support", "content"), "*", SearchOption.AllDirectories).Select(File.ReadAllText);
        string[] names =
        [
            "Administrator", "Training hub", "Module", "UTC", "Somebody else sat the assessment.", "The name was misspelt.", "Air flows from ____ to less ____.", "Gown → Dry → Wash",
            "System.Net.Sockets.SocketException: no route to host", "The translation does not say which text of lesson.md it translates.",
            "Seedlot", "Amina Diallo", "Bo Larsson", "Chen Wei", "Dewi Lestari", "Dewi Sri Lestari", "Emeka Obi", "Ana Lima", "English", "français", "العربية",
        ];
        var culture = CultureInfo.GetCultureInfo(language);
        var shared = typeof(Web.Site).Assembly.GetTypes().Where(t => t.IsClass && t.Name.EndsWith("Text", StringComparison.Ordinal) && t.Namespace!.StartsWith("Lms.Web.Features", StringComparison.Ordinal))
            .SelectMany(t => new ResourceManager(t) is var manager && Found(manager, culture) is { } set ? set.Cast<DictionaryEntry>() : [])
            .Where(e => (string)e.Key == (string?)e.Value).Select(e => (string)e.Key);
        return Plain(string.Join('\n', [.. texts, .. names, .. shared]));
    }

    private static ResourceSet? Found(ResourceManager manager, CultureInfo culture)
    {
        try
        {
            return manager.GetResourceSet(culture, createIfNotExists: true, tryParents: false);
        }
        catch (MissingManifestResourceException)
        {
            return null;
        }
    }

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetter));
}
