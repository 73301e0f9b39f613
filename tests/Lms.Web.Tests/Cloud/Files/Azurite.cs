using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace Lms.Web.Tests.Cloud.Files;

/// <summary>Azurite as <c>tests/azurite.sh</c> starts it; without it, what needs it is skipped.</summary>
internal static class Azurite
{
    public static string Connection()
    {
        var connection = Environment.GetEnvironmentVariable("LMS_TEST_AZURITE");
        Assert.SkipWhen(string.IsNullOrEmpty(connection), $"No Azurite: {Environment.GetEnvironmentVariable("LMS_TEST_AZURITE_MISSING") ?? "start the tests with bash tests/azurite.sh, or with bash tests/run.sh."}");
        return connection!;
    }

    /// <summary>A container of a test's own, and what is asked of it.</summary>
    public static BlobContainerClient Container(Requests? requests = null)
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(50) } };
        if (requests is not null) options.AddPolicy(requests, HttpPipelinePosition.PerRetry);
        return new BlobServiceClient(Connection(), options).GetBlobContainerClient($"t{Guid.NewGuid():n}");
    }

    /// <summary>For a site of a test's own.</summary>
    public static Dictionary<string, string?> Settings() => new()
    {
        ["LMS:Files:Provider"] = "AzureBlob",
        ["LMS:Files:ConnectionString"] = Connection(),
        ["LMS:Files:Container"] = $"t{Guid.NewGuid():n}",
    };

    /// <summary>Settings under which nobody answers.</summary>
    public static Dictionary<string, string?> Nobody() => new()
    {
        ["LMS:Files:Provider"] = "AzureBlob",
        ["LMS:Files:ConnectionString"] = $"DefaultEndpointsProtocol=http;AccountName=seedlot;AccountKey={Convert.ToBase64String(new byte[64])};BlobEndpoint=http://127.0.0.1:1/seedlot;",
    };
}

/// <summary>Notes each request's method and range.</summary>
internal sealed class Requests : HttpPipelineSynchronousPolicy
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _seen = [];

    public IReadOnlyList<string> Seen => [.. _seen];

    public void Forget() => _seen.Clear();

    public override void OnSendingRequest(HttpMessage message)
    {
        message.Request.Headers.TryGetValue("x-ms-range", out var range);
        _seen.Enqueue($"{message.Request.Method} {range}".Trim());
    }
}
