using System.Globalization;
using System.Text;
using System.Text.Json;
using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Faults;

/// <summary>
/// Reads statements as they come, each time only those that were stored after what the last answer said was complete. What it misses was promised
/// to be there when it was not.
/// </summary>
internal sealed class StatementFollower(Uri address, Func<HttpMessageHandler, HttpMessageHandler> way) : IDisposable
{
    private readonly HttpClient _http = new(way(new HttpClientHandler())) { BaseAddress = address };
    private string _since = "2000-01-01T00:00:00Z";

    public HashSet<Guid> Seen { get; } = [];
    public int Rounds { get; private set; }

    /// <summary>Reads until it is enough, and then once more.</summary>
    public async Task FollowAsync(CancellationToken enough, CancellationToken limit)
    {
        _http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Lrs.SiteKey}:{Lrs.SiteSecret}")));
        _http.DefaultRequestHeaders.Add("X-Experience-API-Version", "1.0.3");
        for (var isLast = false; !isLast;)
        {
            isLast = enough.IsCancellationRequested;
            try
            {
                await RoundAsync(limit);
                Rounds++;
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException)
            {
                isLast = false;
            }
            await Task.Delay(20, limit);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task RoundAsync(CancellationToken ct)
    {
        string? complete = null;
        for (var next = Lrs.At("/xapi/statements", ("ascending", "true"), ("limit", "500"), ("since", _since)); next.Length > 0;)
        {
            using var reply = await _http.GetAsync(new Uri(next, UriKind.Relative), ct);
            reply.EnsureSuccessStatusCode();
            complete ??= reply.Headers.GetValues("X-Experience-API-Consistent-Through").Single();
            using var page = JsonDocument.Parse(await reply.Content.ReadAsStreamAsync(ct));
            foreach (var statement in page.RootElement.GetProperty("statements").EnumerateArray()) Seen.Add(statement.GetProperty("id").GetGuid());
            next = page.RootElement.GetProperty("more").GetString()!;
        }
        Assert.True(DateTime.Parse(complete!, CultureInfo.InvariantCulture) >= DateTime.Parse(_since, CultureInfo.InvariantCulture), $"What is complete went back from {_since} to {complete}.");
        _since = complete!;
    }
}
