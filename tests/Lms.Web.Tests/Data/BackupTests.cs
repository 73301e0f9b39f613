using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Lms.Web.Data;
using Lms.Web.Files;
using Lms.Web.Features.Identity;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Data;

public sealed class BackupTests(TestSite site) : IClassFixture<TestSite>, IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seedlot-backup-").FullName;
    private readonly List<TestDatabase> _databases = [];
    private string Archive => Path.Combine(_folder, "backup.tar.gz");
    private DataFolder Target => new(Path.Combine(_folder, "restored"));

    [Fact]
    public async Task A_backup_made_while_people_write_restores_to_a_whole_site()
    {
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () => { while (!stop.IsCancellationRequested) await site.AddPersonAsync(); });
        var before = await site.AddPersonAsync(name: "Before the backup");
        var attachment = await site.Services.GetRequiredKeyedService<IFileStore>(IFileStore.Attachments).PutAsync("an attachment"u8.ToArray(), Ct);
        await BackUpAsync();
        await stop.CancelAsync();
        await writing;

        Assert.Null(await RestoreAsync());
        await using var restored = Site.Build(new SiteOptions(Target.Root, "http://127.0.0.1:0", Quiet: true, _databases[0].Settings));
        await using var scope = restored.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
        Assert.True(await db.Users.AnyAsync(p => p.Id == before.Id, Ct));
        var version = await db.CourseVersions.FirstAsync(Ct);
        await using var course = await scope.ServiceProvider.GetRequiredService<IFileStore>().OpenAsync(version.Hash, Ct);
        Assert.NotNull(course);
        await using var attached = await scope.ServiceProvider.GetRequiredKeyedService<IFileStore>(IFileStore.Attachments).OpenAsync(attachment, Ct);
        Assert.NotNull(attached);
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("foreign")]
    [InlineData("empty")]
    public async Task A_damaged_or_foreign_archive_is_refused_and_changes_nothing(string damage)
    {
        await BackUpAsync();
        var bytes = await File.ReadAllBytesAsync(Archive, Ct);
        switch (damage)
        {
            case "truncated": bytes = bytes[..(bytes.Length / 2)]; break;
            case "foreign": bytes = "PK not a backup"u8.ToArray(); break;
            case "empty": bytes = []; break;
        }
        await File.WriteAllBytesAsync(Archive, bytes, Ct);

        var refused = await RestoreAsync();

        Assert.NotNull(refused);
        Assert.Contains("Use another backup", refused, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target.Root));
    }

    [Fact]
    public async Task A_flipped_byte_never_restores_anything_but_what_was_backed_up()
    {
        await BackUpAsync();
        var sound = await File.ReadAllBytesAsync(Archive, Ct);
        Assert.Null(await RestoreAsync());
        var whole = TakeRestored();
        var refusals = 0;
        for (var i = 0; i < 48; i++)
        {
            var at = (int)(sound.Length * (long)i / 48);
            var damaged = sound.ToArray();
            damaged[at] ^= 0x55;
            await File.WriteAllBytesAsync(Archive, damaged, Ct);

            // A flip in the time of an entry, say, changes nothing that is restored.
            var refused = await RestoreAsync();
            if (refused is null)
            {
                Assert.Equal(whole, TakeRestored());
                continue;
            }
            refusals++;
            Assert.True(refused.Contains("Use another backup", StringComparison.Ordinal), $"Byte {at} of {sound.Length}: {refused}");
            Assert.False(Directory.Exists(Target.Root));
        }
        Assert.True(refusals > 24, $"{refusals} of 48 were refused");
    }

    [Fact]
    public async Task A_folder_with_data_is_never_overwritten()
    {
        await BackUpAsync();
        Directory.CreateDirectory(Target.Root);
        await File.WriteAllTextAsync(Path.Combine(Target.Root, "precious"), "data", Ct);

        var refused = await RestoreAsync();

        Assert.Contains("not empty", refused, StringComparison.Ordinal);
        Assert.Equal("data", await File.ReadAllTextAsync(Path.Combine(Target.Root, "precious"), Ct));
    }

    [Fact]
    public async Task A_volume_of_its_own_is_filled_and_keeps_what_its_maker_put_there()
    {
        TestDatabase.OnlyOnSqlite("the database is in the folder.");
        await BackUpAsync();
        Directory.CreateDirectory(Path.Combine(Target.Root, "lost+found"));

        Assert.Null(await RestoreAsync());

        Assert.Equal(["files", "keys", "lost+found", "seedlot.db"], Directory.EnumerateFileSystemEntries(Target.Root).Select(e => Path.GetFileName(e)).Where(e => e != "attachments").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_backup_needs_no_space_where_the_data_is_and_only_its_owner_reads_it()
    {
        var before = Directory.GetFiles(site.DataFolder, "*.db");
        using var watcher = new FileSystemWatcher(site.DataFolder, "*");
        List<string> made = [];
        watcher.Created += (_, file) => { lock (made) made.Add(file.Name!); };
        watcher.EnableRaisingEvents = true;
        await BackUpAsync();

        Assert.Equal(before, Directory.GetFiles(site.DataFolder, "*.db"));
        lock (made) Assert.DoesNotContain(made, name => name.EndsWith(".db", StringComparison.Ordinal));
        Assert.Equal([Archive], Directory.GetFiles(_folder));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Archive));
    }

    [Fact]
    public async Task An_archive_that_holds_more_than_the_disk_is_refused_before_it_fills_it()
    {
        // A tar header of a file of a pebibyte, in the base-256 notation for large sizes, and nothing behind it.
        var header = new byte[512];
        Encoding.ASCII.GetBytes(site.Services.GetRequiredService<DatabaseProvider>().BackupEntry).CopyTo(header, 0);
        "0000644\0"u8.CopyTo(header.AsSpan(100));
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(128), 1L << 50);
        header[124] = 0x80;
        header[156] = (byte)'0';
        "ustar  \0"u8.CopyTo(header.AsSpan(257));
        header.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0").CopyTo(header, 148);
        await using (var gzip = new GZipStream(File.Create(Archive), CompressionLevel.Fastest)) await gzip.WriteAsync(header, Ct);

        Assert.Contains("more than the disk", await RestoreAsync(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target.Root));
    }

    [Fact]
    public async Task A_database_with_tables_is_never_restored_into()
    {
        Assert.SkipWhen(TestDatabase.IsSqlite, "With the embedded default, the database is in the folder.");
        await BackUpAsync();
        Assert.Contains("is not empty", await BackupArchive.RestoreAsync(Archive, Target, SettingsOf(site.Database), Ct), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target.Root));
    }

    [Fact]
    public async Task A_backup_of_a_server_is_told_from_one_of_the_embedded_default()
    {
        Assert.SkipWhen(TestDatabase.IsSqlite, "It takes a server to make one.");
        await BackUpAsync();
        Assert.Contains("is the backup of a site on", await BackupArchive.RestoreAsync(Archive, Target, SettingsOf(null), Ct), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases) await database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Restores into a folder, and on a server into a database, where nothing is.</summary>
    private async Task<string?> RestoreAsync()
    {
        var database = new TestDatabase(Target.Root);
        _databases.Add(database);
        return await BackupArchive.RestoreAsync(Archive, Target, SettingsOf(database), Ct);
    }

    private static IConfiguration SettingsOf(TestDatabase? database) => new ConfigurationBuilder().AddInMemoryCollection(database?.Settings ?? []).Build();

    private string TakeRestored()
    {
        var restored = string.Join('\n', Directory.EnumerateFiles(Target.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));
        Directory.Delete(Target.Root, recursive: true);
        return restored;
    }

    private Task BackUpAsync() => site.RunAsync(async services =>
    {
        await services.GetRequiredService<Backup>().CreateAsync(Archive, Ct);
        return true;
    });
}
