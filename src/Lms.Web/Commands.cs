using System.CommandLine;
using Lms.Web.Data;
using Lms.Web.Features.Authoring;
using Lms.Web.Features.Identity;

namespace Lms.Web;

/// <summary>The verbs of the command line; serving is the default.</summary>
internal static class Commands
{
    public static RootCommand Root()
    {
        var serve = new Command("serve", "Serve the site (the default).");
        var root = new RootCommand("Seedlot: a learning management system for biomanufacturing training.")
        {
            serve,
            ContentCommands.Create(),
            UserCommands.Create(),
            BackupCommands.Backup(),
            BackupCommands.Restore(),
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
        command.SetAction(async (parsed, ct) =>
        {
            await using var app = Site.Build(new SiteOptions(parsed.GetValue(data), parsed.GetValue(urls)));
            await app.PrepareAsync(parsed.GetValue(demo), ct);
            await app.RunAsync(ct);
            return 0;
        });
    }
}

/// <summary>Options that several verbs share.</summary>
internal static class CommandOptions
{
    public static Option<string?> Data() => new("--data") { Description = "The data folder; ./data by default, or LMS__Data." };

    /// <summary>Runs a verb in a scope of the built but not serving site, with every row visible.</summary>
    public static async Task<int> RunAsync(string? data, Func<IServiceProvider, Task<int>> verb, CancellationToken ct)
    {
        await using var app = Site.Build(new SiteOptions(data, Urls: null, Quiet: true));
        await app.Services.MigrateAsync(ct);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CentreScope>().SeeAll();
        return await verb(scope.ServiceProvider);
    }
}
