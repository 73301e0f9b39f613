using Lms.Web.Data;
using Lms.Web.Editions;

namespace Lms.Web.Files;

/// <summary>Puts the files of a backup where the settings say that files are. Those of a store on disk lie where they belong when the folder does.</summary>
internal static class RestoredFiles
{
    private const int AtOnce = 200;

    /// <param name="unpacked">The folder into which the backup was unpacked; what the store takes is then no longer in it.</param>
    public static async Task KeepAsync(IConfiguration settings, DataFolder unpacked, CancellationToken ct)
    {
        var providers = FilesFeature.Providers;
        if (Provider.Chosen(settings, FilesFeature.Setting, [.. providers.Select(p => p.Name)]) == providers[0].Name) return;
        var services = new ServiceCollection().AddSingleton(unpacked).AddSingleton(TimeProvider.System);
        services.AddFiles(settings);
        await using var stores = services.BuildServiceProvider();
        await stores.PrepareFilesAsync(ct);
        await MoveAsync(unpacked.Files, stores.GetRequiredService<IFileStore>(), ct);
        await MoveAsync(unpacked.Attachments, stores.GetRequiredKeyedService<IFileStore>(IFileStore.Attachments), ct);
        if (Directory.Exists(unpacked.Uploads)) Directory.Delete(unpacked.Uploads, recursive: true);
    }

    private static async Task MoveAsync(string folder, IFileStore store, CancellationToken ct)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var some in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Chunk(AtOnce))
        {
            using var stage = store.Stage();
            foreach (var path in some)
            {
                await using var content = File.OpenRead(path);
                await stage.AddAsync(content, ct);
            }
            await stage.KeepAsync(ct);
        }
        Directory.Delete(folder, recursive: true);
    }
}
