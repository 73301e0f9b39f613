using System.CommandLine;
using System.Net.Sockets;
using Lms.Web.Data;
using Lms.Web.Features.Authoring;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Packages;
using Lms.Web.Features.Reporting;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Files;

namespace Lms.Web;

/// <summary>The verbs of the command line; serving is the default.</summary>
internal static class Commands
{
    /// <summary>Runs the verb. What goes wrong is a sentence on the console, and only a fault of the program is told with its stack.</summary>
    public static async Task<int> InvokeAsync(string[] args)
    {
        try
        {
            // Answers on their way may take as long as the host waits for them; the library's own two seconds would cut them off.
            return await Root().Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(35) });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped before it was done.");
            return 1;
        }
#pragma warning disable CA1031 // The last one to see it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync(RefusalException.SentenceOf(failure) ?? failure.ToString());
            return 1;
        }
    }

    private static RootCommand Root()
    {
        var serve = new Command("serve", "Serve the site (the default).");
        var root = new RootCommand("Seedlot: a learning management system for biomanufacturing training.")
        {
            serve,
            Migrate(),
            ContentCommands.Create(),
            PackageCommands.Create(),
            UserCommands.Create(),
            CredentialCommands.Create(),
            BackupCommands.Backup(),
            BackupCommands.Restore(),
            DataCommands.Create(),
        };
        Serving(serve);
        Serving(root);
        return root;
    }

    private static void Serving(Command command)
    {
        var urls = new Option<string?>("--urls") { Description = "Addresses to listen on, separated by semicolons; http://localhost:5080 by default." };
        var data = CommandOptions.Data();
        var demo = new Option<bool>("--demo") { Description = "Add demonstration people, a centre and some progress." };
        command.Options.Add(urls);
        command.Options.Add(data);
        command.Options.Add(demo);
        var rehearsal = new Option<bool>("--rehearsal") { Description = "For a restored copy: run no jobs and send nothing to anybody." };
        command.Options.Add(rehearsal);
        command.SetAction(async (parsed, ct) =>
        {
            await using var app = Site.Build(new SiteOptions(parsed.GetValue(data), parsed.GetValue(urls), Rehearsal: parsed.GetValue(rehearsal)));
            await app.PrepareAsync(parsed.GetValue(demo), ct);
            await ListenAsync(app, ct);
            await app.WaitForShutdownAsync(ct);
            return 0;
        });
    }

    // What a start does before it serves, alone: a deployment runs it once, before the first process of a new version.
    private static Command Migrate()
    {
        var data = CommandOptions.Data();
        var command = new Command("migrate", "Bring the database to this version and publish the courses, without serving; the program may be serving.") { data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var app = Site.Build(new SiteOptions(parsed.GetValue(data), Urls: null, Quiet: true));
            await app.PrepareAsync(demo: false, ct);
            Console.WriteLine("The database is ready for this version.");
            return 0;
        });
        return command;
    }

    private static async Task ListenAsync(WebApplication app, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch (Exception failure) when (failure is IOException or FormatException or ArgumentException or InvalidOperationException or SocketException)
        {
            // What had begun by then works on the services that are about to be taken down.
            await app.StopAsync(CancellationToken.None);
            var urls = app.Configuration[WebHostDefaults.ServerUrlsKey];
            throw new RefusalException($"The site can't listen on {urls}: {failure.Message.TrimEnd('.')}. Stop the program that has the address, or name another, such as --urls http://localhost:5081.", failure);
        }
    }
}

/// <summary>Options that several verbs share.</summary>
internal static class CommandOptions
{
    public static Option<string?> Data() => new("--data") { Description = "The data folder; ./data by default, or LMS__Data." };

    /// <summary>Where a verb that needs no site works.</summary>
    public static DataFolder Folder(string? data) => new(Path.GetFullPath(data ?? Environment.GetEnvironmentVariable("LMS__Data") ?? "data"));

    /// <summary>The settings for a verb that needs no site.</summary>
    public static IConfiguration Settings()
    {
        var settings = new ConfigurationManager();
        settings.AddEnvironmentVariables();
        settings.AddSecrets();
        return settings;
    }

    /// <summary>Runs a verb in a scope of the built but not serving site, with every row visible.</summary>
    public static async Task<int> RunAsync(string? data, Func<IServiceProvider, Task<int>> verb, CancellationToken ct)
    {
        await using var app = Site.Build(new SiteOptions(data, Urls: null, Quiet: true));
        await app.Services.MigrateAsync(ct);
        await app.Services.PrepareFilesAsync(ct);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CentreScope>().SeeAll();
        return await verb(scope.ServiceProvider);
    }
}
