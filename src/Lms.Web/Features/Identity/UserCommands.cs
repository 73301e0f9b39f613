using System.CommandLine;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Microsoft.AspNetCore.Identity;
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
        var data = CommandOptions.Data();
        var command = new Command("add", "Create an account.") { email, name, password, role, centre, data };
        command.SetAction((parsed, ct) => CommandOptions.RunAsync(parsed.GetValue(data), async services =>
        {
            var db = services.GetRequiredService<LmsDbContext>();
            var hub = await services.GetRequiredService<FirstStart>().HubAsync(ct);
            var slug = parsed.GetValue(centre) ?? hub.Slug;
            if (await db.Centres.SingleOrDefaultAsync(c => c.Slug == slug, ct) is not { } place)
                return Refuse($"There is no centre {slug}. Known: {string.Join(", ", await db.Centres.Select(c => c.Slug).ToListAsync(ct))}.");

            var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
            var address = parsed.GetValue(email)!;
            var person = new Person { Name = parsed.GetValue(name)!, UserName = address, Email = address, EmailConfirmed = true, CentreId = place.Id, CreatedAt = now };
            if (parsed.GetValue(role) is not Role.Learner and var granted)
                db.Add(new RoleAssignment { PersonId = person.Id, CentreId = place.Id, Role = granted, GrantedAt = now });
            var created = await services.GetRequiredService<UserManager<Person>>().CreateAsync(person, parsed.GetValue(password) ?? ReadPassword());
            if (!created.Succeeded) return Refuse(string.Join(' ', created.Errors.Select(e => e.Description)));

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
