using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Lms.Web.Features.Packages;
using Lms.Web.Files;
using Lms.Web.Tests.Packages;
using Lms.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Files;

/// <summary>How files leave the program, whatever store they are in: in parts, once, and never with a word of where they lie.</summary>
public abstract class DeliveryContract : IAsyncLifetime
{
    private const int Length = 700_000;
    private readonly byte[] _bytes = [0x89, 0x50, 0x4E, 0x47, .. RandomNumberGenerator.GetBytes(Length - 4)];
    private TestSite _site = null!;

    /// <summary>A site of its own with that store; not started yet.</summary>
    private protected abstract TestSite Site();

    public async ValueTask InitializeAsync()
    {
        _site = Site();
        await _site.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("picture")]
    [InlineData("package")]
    public async Task A_part_is_the_part_that_was_asked_for(string door)
    {
        var (uri, host) = await PutAsync(door);
        foreach (var (range, first, last) in new[] { ("bytes=0-9", 0, 9), ("bytes=400000-400099", 400_000, 400_099), ("bytes=699990-", 699_990, Length - 1), ("bytes=-5", Length - 5, Length - 1), ("bytes=5-900000", 5, Length - 1) })
        {
            using var reply = await GetAsync(uri, host, r => r.Headers.TryAddWithoutValidation("Range", range));
            Assert.Equal(HttpStatusCode.PartialContent, reply.StatusCode);
            Assert.Equal(new ContentRangeHeaderValue(first, last, Length), reply.Content.Headers.ContentRange);
            Assert.Equal(_bytes[first..(last + 1)], await reply.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
        using var beyond = await GetAsync(uri, host, r => r.Headers.TryAddWithoutValidation("Range", "bytes=700000-"));
        Assert.Equal((HttpStatusCode.RequestedRangeNotSatisfiable, new ContentRangeHeaderValue(Length)), (beyond.StatusCode, beyond.Content.Headers.ContentRange));
    }

    [Theory]
    [InlineData("picture")]
    [InlineData("package")]
    public async Task What_a_browser_has_is_not_sent_again_and_a_part_only_to_who_has_the_rest(string door)
    {
        var (uri, host) = await PutAsync(door);
        using var whole = await GetAsync(uri, host);
        Assert.Equal((HttpStatusCode.OK, (long?)Length), (whole.StatusCode, whole.Content.Headers.ContentLength));
        Assert.Equal(_bytes, await whole.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        var tag = whole.Headers.ETag!;
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(_bytes))}\"", tag.Tag);
        Assert.DoesNotContain(whole.Headers.Concat(whole.Content.Headers), h => h.Key.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase));

        using var again = await GetAsync(uri, host, r => r.Headers.IfNoneMatch.Add(tag));
        Assert.Equal((HttpStatusCode.NotModified, 0), (again.StatusCode, (await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length));
        using var other = await GetAsync(uri, host, r => r.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\"")));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var rest = await GetAsync(uri, host, r => { r.Headers.Range = new RangeHeaderValue(100, 199); r.Headers.IfRange = new RangeConditionHeaderValue(tag); });
        Assert.Equal((HttpStatusCode.PartialContent, (long?)100), (rest.StatusCode, rest.Content.Headers.ContentLength));
        using var changed = await GetAsync(uri, host, r => { r.Headers.Range = new RangeHeaderValue(100, 199); r.Headers.IfRange = new RangeConditionHeaderValue("\"other\""); });
        Assert.Equal((HttpStatusCode.OK, (long?)Length), (changed.StatusCode, changed.Content.Headers.ContentLength));
        using var head = await GetAsync(uri, host, r => r.Method = HttpMethod.Head);
        Assert.Equal((HttpStatusCode.OK, (long?)Length), (head.StatusCode, head.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task A_picture_that_is_not_there_is_not_found()
    {
        using var reply = await GetAsync(new Uri(_site.Address, $"/files/{new string('0', 64)}"), null);
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    private async Task<(Uri, string? Host)> PutAsync(string door)
    {
        if (door == "picture") return (new Uri(_site.Address, $"/files/{await _site.Services.GetRequiredService<IFileStore>().PutAsync(_bytes, TestContext.Current.CancellationToken)}"), null);
        using var keeper = await Keeper.OfAsync(_site);
        var zip = ImportTests.Unique().Add("film.png", _bytes, e => e.Method = 0);
        var version = (await keeper.VersionAsync(await keeper.ImportedAsync(zip.Build()))).Id;
        var token = _site.Services.GetRequiredService<PackageOrigin>().Token(version, Guid.Empty);
        return (new Uri(_site.Address, $"/{token}/film.png"), $"{version:n}.packages.localhost:{_site.Address.Port}");
    }

    private static async Task<HttpResponseMessage> GetAsync(Uri uri, string? host, Action<HttpRequestMessage>? change = null)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Host = host;
        change?.Invoke(request);
        return await http.SendAsync(request);
    }
}

public sealed class DiskDeliveryTests : DeliveryContract
{
    private protected override TestSite Site() => new([]);
}
