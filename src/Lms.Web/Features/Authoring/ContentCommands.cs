using System.CommandLine;
using Lms.Manuscripts;
using Lms.Manuscripts.Findings;
using Lms.Web.Features.Authoring.Export;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Network;
using Lms.Web.Images;

namespace Lms.Web.Features.Authoring;

internal static class ContentCommands
{
    public static Command Create() => new("content", "Check, publish and export manuscripts.") { Check(), Publish(), ExportCommand.Create(), GiftCommands.Create() };

    private static Command Check()
    {
        var folder = Folder();
        var hashes = new Option<bool>("--write-hashes") { Description = "First write into each translation the hash of its source: it says that the translation is up to date." };
        var command = new Command("check", "Read every course and print all findings.") { folder, hashes };
        command.SetAction(async (parsed, ct) =>
        {
            if (Missing(parsed.GetValue(folder)!) is { } missing) return missing;
            if (parsed.GetValue(hashes))
                foreach (var file in ContentReader.WriteSourceHashes(parsed.GetValue(folder)!)) Console.WriteLine($"Wrote the source's hash into {file}");
            await using var services = new ServiceCollection().AddImages().BuildServiceProvider();
            var images = services.GetRequiredService<IImageProcessor>();
            var content = ContentReader.Read(parsed.GetValue(folder)!, images.Limits, ct);
            content = content with { Findings = [.. content.Findings, .. await Pictures.CheckAsync(images, content.Courses, ct)] };
            Print(content.Findings);
            Console.WriteLine(content.Ok
                ? $"{content.Courses.Count} course(s) can be published. Next: content publish {parsed.GetValue(folder)}"
                : "Mend the errors above and check again.");
            return content.Ok ? 0 : 1;
        });
        return command;
    }

    private static Command Publish()
    {
        var folder = Folder();
        var data = CommandOptions.Data();
        var command = new Command("publish", "Check, and publish new versions of the courses that changed.") { folder, data };
        command.SetAction((parsed, ct) => CommandOptions.RunAsync(parsed.GetValue(data), async services =>
        {
            if (Missing(parsed.GetValue(folder)!) is { } missing) return missing;
            var hub = await services.GetRequiredService<FirstStart>().HubAsync(ct);
            var result = await services.GetRequiredService<PublishContent>().PublishAsync(parsed.GetValue(folder)!, hub.Id, by: null, ct);
            Print(result.Findings);
            foreach (var course in result.Published) Console.WriteLine($"Published {course}");
            foreach (var course in result.Unchanged) Console.WriteLine($"Unchanged {course}");
            if (!result.Ok) Console.WriteLine("Nothing was published. Mend the errors above and publish again.");
            return result.Ok ? 0 : 1;
        }, ct));
        return command;
    }

    internal static Argument<string> Folder() => new("DIR") { Description = "The content folder, or the folder of one course." };

    internal static int? Missing(string folder)
    {
        if (Directory.Exists(folder)) return null;
        Console.Error.WriteLine($"There is no folder {folder}. Name the folder that holds course.yaml, or one above it.");
        return 2;
    }

    internal static void Print(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings) Console.WriteLine(finding);
    }
}
