using System.Net;
using Lms.Web.Files;
using Lms.Web.Tests.Files;
using Lms.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Cloud.Files;

public sealed class AzureBlobDeliveryTests : DeliveryContract
{
    private protected override TestSite Site() => new(Azurite.Settings());
}

/// <summary>The site with its files in a blob store that may be away.</summary>
public sealed class AzureBlobSiteTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_site_whose_store_goes_away_asks_to_be_tried_again_and_says_that_it_is_not_ready()
    {
        var settings = Azurite.Settings();
        await using var relay = new Relay(settings);
        await using var site = new TestSite(settings);
        await site.InitializeAsync();
        using var visitor = site.Visitor();
        var name = await site.Services.GetRequiredService<IFileStore>().PutAsync(new byte[] { 0x89, 0x50, 0x4E, 0x47, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, Ct);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/files/{name}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/health/ready")).StatusCode);

        relay.Close();
        using var picture = await visitor.GetAsync($"/files/{name}");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "10"), (picture.StatusCode, picture.Headers.RetryAfter?.ToString()));
        await Task.Delay(TimeSpan.FromSeconds(5.5), Ct);
        using var ready = await visitor.GetAsync("/health/ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "the file store does not answer"), (ready.StatusCode, await ready.Content.ReadAsStringAsync(Ct)));

        relay.Open();
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/files/{name}")).StatusCode);
    }

    [Fact]
    public async Task A_site_that_finds_no_store_does_not_start_and_says_what_to_do()
    {
        await using var site = new TestSite(Azurite.Nobody());
        var failure = await Assert.ThrowsAsync<FilesUnavailableException>(async () => await site.InitializeAsync());
        Assert.Contains("See that it runs and can be reached", RefusalException.SentenceOf(failure), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "LMS__Files__ConnectionString, or LMS__Files__ServiceUri")]
    [InlineData("UseDevelopmentStorage=true", "https://a.blob.core.windows.net", "LMS__Files__ConnectionString, or LMS__Files__ServiceUri")]
    [InlineData("nonsense", null, "LMS__Files__ConnectionString can't be read")]
    [InlineData(null, "not an address", "LMS__Files__ServiceUri can't be read")]
    public void Settings_that_name_no_store_are_refused_with_what_to_set(string? connection, string? uri, string sentence)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"seedlot-none-{Guid.NewGuid():n}");
        var settings = new Dictionary<string, string?> { ["LMS:Files:Provider"] = "AzureBlob", ["LMS:Files:ConnectionString"] = connection, ["LMS:Files:ServiceUri"] = uri };
        try
        {
            var refused = Assert.Throws<RefusalException>(() => Lms.Web.Site.Build(new SiteOptions(folder, "http://127.0.0.1:0", Quiet: true, Settings: settings)));
            Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }
}
