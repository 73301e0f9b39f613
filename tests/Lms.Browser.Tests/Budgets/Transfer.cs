using System.Text.Json;
using Lms.BrowserTests.Support;

namespace Lms.BrowserTests.Budgets;

/// <summary>What really came over the wire, headers included, as Chromium counts it.</summary>
internal sealed class Transfer
{
    private readonly Dictionary<string, (string Url, string Kind)> _requests = [];
    private readonly List<Item> _items = [];

    public IReadOnlyList<Item> Items => _items;
    public long Bytes => _items.Sum(i => i.Bytes);
    public long Scripts => _items.Where(i => i.Kind == "Script").Sum(i => i.Bytes);

    internal sealed record Item(string Url, string Kind, long Bytes);

    public static async Task<Transfer> WatchAsync(Visitor visitor)
    {
        var transfer = new Transfer();
        var session = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        session.Event("Network.responseReceived").OnEvent += (_, e) => transfer.Begin(e!.Value);
        session.Event("Network.loadingFinished").OnEvent += (_, e) => transfer.End(e!.Value);
        await session.SendAsync("Network.enable");
        return transfer;
    }

    public void Reset() => _items.Clear();

    public override string ToString() => string.Join('\n', _items.Select(i => $"{i.Bytes,8} {i.Kind,-12} {i.Url}"));

    private void Begin(JsonElement e) =>
        _requests[e.GetProperty("requestId").GetString()!] = (e.GetProperty("response").GetProperty("url").GetString()!, e.GetProperty("type").GetString()!);

    private void End(JsonElement e)
    {
        // What comes from Chromium's own cache has crossed no wire and counts 0 by itself.
        if (_requests.TryGetValue(e.GetProperty("requestId").GetString()!, out var request))
            _items.Add(new Item(request.Url, request.Kind, (long)e.GetProperty("encodedDataLength").GetDouble()));
    }
}
