using Azure.Identity;
using Azure.Storage.Blobs;
using Lms.Web.Data;

namespace Lms.Web.Files.AzureBlob;

/// <summary>Files in Azure Blob Storage: <c>LMS__Files__ConnectionString</c>, or <c>LMS__Files__ServiceUri</c> and the identity that the program runs as.</summary>
internal static class AzureBlobFiles
{
    private const string DefaultContainer = "seedlot";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var container = ServiceOf(configuration.GetSection("LMS:Files")).GetBlobContainerClient(configuration["LMS:Files:Container"] ?? DefaultContainer);
        services.AddSingleton<IFileStore>(s => Store(s, "files/"));
        services.AddKeyedSingleton<IFileStore>(IFileStore.Attachments, (s, _) => Store(s, "attachments/"));

        AzureBlobFileStore Store(IServiceProvider s, string prefix) =>
            new(container, prefix, s.GetRequiredService<DataFolder>().Uploads, s.GetRequiredService<TimeProvider>());
    }

    private static BlobServiceClient ServiceOf(IConfigurationSection settings)
    {
        var (connection, uri) = (settings["ConnectionString"], settings["ServiceUri"]);
        try
        {
            return (connection, uri) switch
            {
                ({ Length: > 0 }, null or "") => new BlobServiceClient(connection, Options()),
                (null or "", { Length: > 0 }) => new BlobServiceClient(new Uri(uri), new DefaultAzureCredential(), Options()),
                _ => throw new RefusalException("LMS__Files__Provider is \"AzureBlob\", which needs either LMS__Files__ConnectionString, or LMS__Files__ServiceUri (https://ACCOUNT.blob.core.windows.net) for the program's managed identity. Set one of the two."),
            };
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new RefusalException($"LMS__Files__{(connection is { Length: > 0 } ? "ConnectionString" : "ServiceUri")} can't be read: {wrong.Message.TrimEnd('.')}. Copy it as the portal shows it.", wrong);
        }
    }

    // Somebody waits: a service that is down is said to be within seconds, and a stalled answer is asked for again.
    private static BlobClientOptions Options() => new()
    {
        Retry = { MaxRetries = 3, Delay = TimeSpan.FromMilliseconds(200), MaxDelay = TimeSpan.FromSeconds(2), NetworkTimeout = TimeSpan.FromSeconds(30) },
        Diagnostics = { IsTelemetryEnabled = false },
    };
}
