using Lms.Web.Data;
using Lms.Web.Editions;

namespace Lms.Web.Files;

/// <summary>Where the files of the site are: on disk, or where <c>LMS__Files__Provider</c> says.</summary>
internal static class FilesFeature
{
    public const string Setting = "LMS:Files:Provider";
    public static readonly IReadOnlyList<Provider> Providers = [new("Disk", AddDisk), .. Edition.Files];

    public static void AddFiles(this IServiceCollection services, IConfiguration configuration) => Provider.Use(services, configuration, Setting, Providers);

    /// <summary>Makes a place for files in a new site's stores.</summary>
    public static async Task PrepareFilesAsync(this IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<IFileStore>().PrepareAsync(ct);
        await services.GetRequiredKeyedService<IFileStore>(IFileStore.Attachments).PrepareAsync(ct);
    }

    private static void AddDisk(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IFileStore>(s => Store(s, folder => folder.Files));
        services.AddKeyedSingleton<IFileStore>(IFileStore.Attachments, (s, _) => Store(s, folder => folder.Attachments));
    }

    private static DiskFileStore Store(IServiceProvider services, Func<DataFolder, string> place)
    {
        var folder = services.GetRequiredService<DataFolder>();
        return new DiskFileStore(place(folder), folder.Uploads, services.GetRequiredService<TimeProvider>());
    }
}
