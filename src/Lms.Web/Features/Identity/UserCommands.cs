using System.CommandLine;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Identity;

internal static class UserCommands
{
    public static Command Create() => new("user", "Manage accounts.") { Add() };

    private static Command Add()
    {
        var email = new Option<string>("--email") { Required = true, Description = "Sign-in name." };
        var name = new Option<string>("--name") { Required = true, Description = "Full name, as printed on certificates." };
        var password = new Option<string?>("--password") { Description = "Leave it out to type it in without its being shown or kept in the shell's history." };
        var role = new Option<Role>("--role") { DefaultValueFactory = _ => Role.Learner, Description = "What the person may do." };
        var centre = new Option<string?>("--centre") { Description = "Slug of the centre; the hub by default." };
        var language = new Option<string>("--language") { DefaultValueFactory = _ => "en", Description = "Language of the pages: en, fr or ar." };
        var data = CommandOptions.Data();
        var command = new Command("add", "Create an account.") { email, name, password, role, centre, language, data };
        command.SetAction((parsed, ct) => CommandOptions.RunAsync(parsed.GetValue(data), async services =>
        {
            var db = services.GetRequiredService<LmsDbContext>();
            var hub = await services.GetRequiredService<FirstStart>().HubAsync(ct);
            var slug = parsed.GetValue(centre) ?? hub.Slug;
            if (await db.Centres.SingleOrDefaultAsync(c => c.Slug == slug, ct) is not { } place)
                return Refuse($"There is no centre {slug}. Known: {string.Join(", ", await db.Centres.Select(c => c.Slug).ToListAsync(ct))}.");

            var granted = parsed.GetValue(role);
            if (Grants.IsOfTheHub(granted) && place.Kind != CentreKind.Hub) return Refuse($"{granted} holds for the whole network. Leave out --centre.");

            var address = parsed.GetValue(email)!;
            var asked = new NewAccount(parsed.GetValue(name), address, parsed.GetValue(language), place.Id);
            var (_, problems) = await services.GetRequiredService<Accounts>().CreateAsync(asked, parsed.GetValue(password) ?? ReadPassword(), person =>
            {
                if (granted != Role.Learner) db.Add(new RoleAssignment { PersonId = person.Id, CentreId = place.Id, Role = granted, GrantedAt = person.CreatedAt });
            }, ct);
            if (problems.Count > 0) return Refuse(string.Join(' ', problems.Select(p => p.Message).Distinct()));

            Console.WriteLine($"Created {address} at {place.Name}.");
            return 0;
        }, ct));
        return command;
    }

    private static int Refuse(string reason)
    {
        Console.Error.WriteLine($"Nothing was created. {reason}");
        return 1;
    }

    private static string ReadPassword()
    {
        if (Console.IsInputRedirected) return Console.ReadLine() ?? "";
        Console.Write("Password: ");
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace) { if (typed.Length > 0) typed.Length--; }
            else typed.Append(key.KeyChar);
        }
        Console.WriteLine();
        return typed.ToString();
    }
}
