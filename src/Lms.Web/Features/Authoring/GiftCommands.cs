using System.CommandLine;
using Lms.Manuscripts;
using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Questions.Gift;

namespace Lms.Web.Features.Authoring;

/// <summary>Question banks to and from GIFT, the format that Moodle reads and writes.</summary>
internal static class GiftCommands
{
    public static Command Create() => new("gift", "Exchange question banks with other systems.") { Export(), Import() };

    private static Command Export()
    {
        var folder = ContentCommands.Folder();
        var language = new Option<string?>("--language") { Description = "Language of the questions; the course's own by default." };
        var command = new Command("export", "Print a course's bank as GIFT.") { folder, language };
        command.SetAction((parsed, ct) =>
        {
            if (ContentCommands.Missing(parsed.GetValue(folder)!) is { } missing) return Task.FromResult(missing);
            var content = ContentReader.Read(parsed.GetValue(folder)!, ct);
            if (content.Courses is not [var course]) return Task.FromResult(Refuse($"The folder holds {content.Courses.Count} sound courses. Name the folder of one, and mend it with `content check` first."));
            var wanted = parsed.GetValue(language) ?? course.Language;
            if (!course.Bank.TryGetValue(wanted, out var bank)) return Task.FromResult(Refuse($"The bank is not there in {wanted}. Choose one of: {string.Join(", ", course.Bank.Keys)}."));
            Console.Out.Write(GiftFormat.Write(bank));
            return Task.FromResult(0);
        });
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = "A GIFT file." };
        var command = new Command("import", "Print a GIFT file as questions.md.") { file };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path)) return Refuse($"There is no file {path}.");
            var import = GiftFormat.Read(await File.ReadAllTextAsync(path, ct), Path.GetFileName(path));
            foreach (var finding in import.Findings) await Console.Error.WriteLineAsync(finding.ToString());
            if (import.Findings.Any(f => f.Severity == Severity.Error)) return Refuse("Mend the lines above and import again.");
            Console.Out.Write(import.Markdown);
            return 0;
        });
        return command;
    }

    private static int Refuse(string reason)
    {
        Console.Error.WriteLine($"Nothing was written. {reason}");
        return 1;
    }
}
