using System.Security.Cryptography;
using Lms.Web.Data;
using Lms.Web.Files;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Cloud.Files;

public sealed class AzureBlobBackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seedlot-blob-backup-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_of_blobs_is_restored_into_another_container_and_onto_a_disk()
    {
        var archive = Path.Combine(_folder, "backup.tar.gz");
        await using var site = new TestSite(Azurite.Settings());
        await site.InitializeAsync();
        var (film, note) = (RandomNumberGenerator.GetBytes(9 << 20), "an attachment"u8.ToArray());
        var name = await site.Services.GetRequiredService<IFileStore>().PutAsync(film, Ct);
        var attachment = await site.Services.GetRequiredKeyedService<IFileStore>(IFileStore.Attachments).PutAsync(note, Ct);
        await site.RunAsync(async s => { await s.GetRequiredService<Backup>().CreateAsync(archive, Ct); return true; });

        foreach (var settings in new[] { Azurite.Settings(), [] })
        {
            var target = new DataFolder(Path.Combine(_folder, $"restored-{settings.Count}"));
            Assert.Null(await BackupArchive.RestoreAsync(archive, target, new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), Ct));
            Assert.Equal(settings.Count == 0, Directory.Exists(target.Files));
            await using var restored = Lms.Web.Site.Build(new SiteOptions(target.Root, "http://127.0.0.1:0", Quiet: true, settings));
            Assert.Equal(film, await ReadAsync(await restored.Services.GetRequiredService<IFileStore>().OpenAsync(name, Ct)));
            Assert.Equal(note, await ReadAsync(await restored.Services.GetRequiredKeyedService<IFileStore>(IFileStore.Attachments).OpenAsync(attachment, Ct)));
            await using var scope = restored.Services.CreateAsyncScope();
            var version = await scope.ServiceProvider.GetRequiredService<LmsDbContext>().CourseVersions.FirstAsync(Ct);
            await using var course = await restored.Services.GetRequiredService<IFileStore>().OpenAsync(version.Hash, Ct);
            Assert.NotNull(course);
        }
    }

    [Fact]
    public async Task Nothing_is_restored_while_the_store_does_not_answer()
    {
        var archive = Path.Combine(_folder, "backup.tar.gz");
        await using var site = new TestSite();
        await site.InitializeAsync();
        await site.RunAsync(async s => { await s.GetRequiredService<Backup>().CreateAsync(archive, Ct); return true; });
        var target = new DataFolder(Path.Combine(_folder, "restored"));

        await Assert.ThrowsAsync<FilesUnavailableException>(() => BackupArchive.RestoreAsync(archive, target, new ConfigurationBuilder().AddInMemoryCollection(Azurite.Nobody()).Build(), Ct));

        Assert.False(Directory.Exists(target.Root));
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<byte[]> ReadAsync(Stream? stream)
    {
        await using var content = stream!;
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, Ct);
        return copy.ToArray();
    }
}
