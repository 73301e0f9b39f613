namespace Lms.BrowserTests.Support;

/// <summary>How somebody works a page: with a pointer, or with the keyboard alone.</summary>
internal abstract class Hands(IPage page)
{
    protected IPage Page { get; } = page;

    /// <summary>Follows a link, presses a button, opens a <c>summary</c>.</summary>
    public abstract Task PressAsync(ILocator target);
    public abstract Task TypeAsync(ILocator field, string text);

    /// <summary>Chooses a radio button or ticks a box.</summary>
    public abstract Task PickAsync(ILocator choice);
    public abstract Task SelectAsync(ILocator list, string label);
}

internal sealed class Pointer(IPage page) : Hands(page)
{
    public override Task PressAsync(ILocator target) => target.ClickAsync();
    public override Task TypeAsync(ILocator field, string text) => field.FillAsync(text);
    public override Task PickAsync(ILocator choice) => choice.CheckAsync();
    public override Task SelectAsync(ILocator list, string label) => list.SelectOptionAsync(new SelectOptionValue { Label = label });
}

/// <summary>Tab, Space, Enter and arrows. Wherever the keyboard comes by, one must see where it is.</summary>
internal sealed class Keyboard(IPage page) : Hands(page)
{
    private const int MostStops = 120;

    public override async Task PressAsync(ILocator target)
    {
        await ReachAsync(target);
        await Page.Keyboard.PressAsync("Enter");
    }

    public override async Task TypeAsync(ILocator field, string text)
    {
        await ReachAsync(field);
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync(text);
    }

    public override async Task PickAsync(ILocator choice)
    {
        await ReachGroupAsync(choice);
        // An arrow moves within the group and chooses; Space chooses where one stands.
        for (var tries = 0; tries < 20 && !await IsFocusedAsync(choice); tries++) await Page.Keyboard.PressAsync("ArrowDown");
        if (!await choice.IsCheckedAsync()) await Page.Keyboard.PressAsync("Space");
        await Expect(choice).ToBeCheckedAsync();
    }

    public override async Task SelectAsync(ILocator list, string label)
    {
        await ReachAsync(list);
        for (var tries = 0; tries < 40 && await ChosenAsync(list) != label; tries++) await Page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal(label, await ChosenAsync(list));
    }

    private static Task<string> ChosenAsync(ILocator list) => list.EvaluateAsync<string>("l => l.selectedOptions[0]?.text ?? ''");

    private static Task<bool> IsFocusedAsync(ILocator target) => target.EvaluateAsync<bool>("e => e === document.activeElement");

    private Task ReachAsync(ILocator target) => TabUntilAsync(target, () => IsFocusedAsync(target));

    private Task ReachGroupAsync(ILocator choice) => TabUntilAsync(choice, () => choice.EvaluateAsync<bool>(
        "c => { const a = document.activeElement; return a === c || (c.type === 'radio' && a?.type === 'radio' && a.name === c.name && a.form === c.form); }"));

    private async Task TabUntilAsync(ILocator target, Func<Task<bool>> isThere)
    {
        await Expect(target).ToBeVisibleAsync();
        for (var stop = 0; stop < MostStops; stop++)
        {
            if (await isThere()) return;
            await Page.Keyboard.PressAsync("Tab");
            var unseen = await Page.EvaluateAsync<string?>(FocusIsUnseen);
            Assert.True(unseen is null, $"{Page.Url}: the keyboard is at {unseen}, which doesn't show it.");
        }
        Assert.Fail($"{Page.Url}: {target} is not reached with {MostStops} presses of Tab.");
    }

    // The ring may be drawn by the element, by a pseudo-element (a card that is one link), or by the label around a radio button.
    private const string FocusIsUnseen = """
        () => {
          const e = document.activeElement;
          if (!e || e === document.body || e === document.documentElement) return null;
          const ring = s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
          const seen = [getComputedStyle(e), getComputedStyle(e, '::after'), e.closest('label') && getComputedStyle(e.closest('label'))].some(s => s && ring(s));
          if (!seen) return e.outerHTML.slice(0, 200) + ' (no outline)';
          const box = (e.closest('label') ?? e).getBoundingClientRect();
          if (box.width < 2 || box.height < 2) return e.outerHTML.slice(0, 200) + ' (too small)';
          const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2];
          if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return e.outerHTML.slice(0, 200) + ' (off the screen)';
          const top = document.elementFromPoint(x, y);
          return top && top !== e && !e.contains(top) && !top.contains(e) && !e.closest('label')?.contains(top) && !getComputedStyle(e, '::after').content.includes('"')
            ? e.outerHTML.slice(0, 200) + ' (covered by ' + top.outerHTML.slice(0, 120) + ')' : null;
        }
        """;
}
