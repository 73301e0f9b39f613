using System.CommandLine;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Credentials;

internal static class CredentialCommands
{
    public static Command Create() => new("credential", "Manage the credentials of systems that use the record store.") { Add() };

    private static Command Add()
    {
        var name = new Option<string>("--name") { Required = true, Description = "What the system is called." };
        var centre = new Option<string?>("--centre") { Description = "Slug of the centre whose records it sees; the hub by default, which sees all." };
        var scope = new Option<string[]>("--scope")
        {
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            Description = $"What it may do, one or more of: {string.Join(", ", LrsScopeNames.All)}.",
        };
        var data = CommandOptions.Data();
        var command = new Command("add", "Make a credential and print its key and secret.") { name, centre, scope, data };
        command.SetAction((parsed, ct) => CommandOptions.RunAsync(parsed.GetValue(data), async services =>
        {
            var db = services.GetRequiredService<LmsDbContext>();
            var hub = await services.GetRequiredService<FirstStart>().HubAsync(ct);
            var slug = parsed.GetValue(centre) ?? hub.Slug;
            if (await db.Centres.SingleOrDefaultAsync(c => c.Slug == slug && !c.Closed, ct) is not { } place)
                return Refuse($"There is no open centre {slug}. Known: {string.Join(", ", await db.Centres.Where(c => !c.Closed).Select(c => c.Slug).ToListAsync(ct))}.");

            var (credential, secret, problems) = await services.GetRequiredService<LrsCredentials>().CreateAsync(parsed.GetValue(name), place.Id, parsed.GetValue(scope) ?? [], ct);
            if (credential is null) return Refuse(string.Join(' ', problems.Select(p => p.Message)));

            Console.WriteLine($"Key:    {credential.Key}\nSecret: {secret}");
            await Console.Error.WriteLineAsync($"Made for {place.Name}. Keep the secret now: it is stored nowhere, and can only be replaced.");
            return 0;
        }, ct));
        return command;
    }

    private static int Refuse(string reason)
    {
        Console.Error.WriteLine($"Nothing was created. {reason}");
        return 1;
    }
}
