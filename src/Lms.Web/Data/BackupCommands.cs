using System.CommandLine;

namespace Lms.Web.Data;

internal static class BackupCommands
{
    public static Command Backup()
    {
        var file = new Argument<string>("FILE") { Description = "The archive to write, for example backup.tar.gz." };
        var data = CommandOptions.Data();
        var command = new Command("backup", "Write everything to one archive; the program may be serving.") { file, data };
        command.SetAction(async (parsed, ct) =>
        {
            // A site of its own would be made where there is none, and a backup of nothing would look like one.
            var folder = CommandOptions.Folder(parsed.GetValue(data));
            var settings = CommandOptions.Settings();
            if (!await DatabaseProvider.Of(settings).IsThereAsync(settings["LMS:Database:ConnectionString"], folder, ct))
                throw new RefusalException($"Nothing was backed up. There is no data in {folder.Root}, or in the database of the settings. Name the site's data folder with --data.");
            return await CommandOptions.RunAsync(folder.Root, async services =>
            {
                var path = Path.GetFullPath(parsed.GetValue(file)!);
                await services.GetRequiredService<Backup>().CreateAsync(path, ct);
                Console.WriteLine($"Wrote {path} ({new FileInfo(path).Length:N0} bytes). Try it: restore it into an empty folder with `restore {path} --data DIR`.");
                if (services.GetRequiredService<DatabaseProvider>().BackupNotice is { } notice) Console.WriteLine(notice);
                return 0;
            }, ct);
        });
        return command;
    }

    public static Command Restore()
    {
        var file = new Argument<string>("FILE") { Description = "An archive that the backup command wrote." };
        var data = CommandOptions.Data();
        var command = new Command("restore", "Read an archive into an empty data folder, and into the empty database that the settings name.") { file, data };
        command.SetAction(async (parsed, ct) =>
        {
            var folder = CommandOptions.Folder(parsed.GetValue(data));
            if (await BackupArchive.RestoreAsync(Path.GetFullPath(parsed.GetValue(file)!), folder, CommandOptions.Settings(), ct) is { } refused)
            {
                await Console.Error.WriteLineAsync($"Nothing was restored. {refused}");
                return 1;
            }
            Console.WriteLine($"Restored into {folder.Root}. Start the program with --data {folder.Root}.");
            return 0;
        });
        return command;
    }
}
