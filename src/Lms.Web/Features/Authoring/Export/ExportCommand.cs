using System.CommandLine;

namespace Lms.Web.Features.Authoring.Export;

internal static class ExportCommand
{
    public static Command Create()
    {
        var course = new Argument<string>("COURSE") { Description = "Id of a published course." };
        var file = new Argument<string>("FILE") { Description = "The zip to write." };
        var format = new Option<string>("--format") { Description = "scorm12, scorm2004 or cmi5.", Required = true };
        format.AcceptOnlyFromAmong([.. PackageFormats.ByName.Keys]);
        var language = new Option<string?>("--language") { Description = "One of the course's languages; by default the one that it was written in." };
        var data = CommandOptions.Data();
        var command = new Command("export", "Write a published course as a package for other learning platforms.") { course, file, format, language, data };
        command.SetAction((parsed, ct) => CommandOptions.RunAsync(parsed.GetValue(data), async services =>
        {
            var (slug, wanted) = (parsed.GetValue(course)!, parsed.GetValue(language));
            var outcome = await services.GetRequiredService<CourseExporter>().ExportAsync(slug, PackageFormats.ByName[parsed.GetValue(format)!], wanted, ct);
            if (outcome is not ExportOutcome.Exported exported)
            {
                await Console.Error.WriteLineAsync($"Nothing was written. {ExportEndpoints.Reason(outcome, slug, wanted)}");
                return 1;
            }
            var path = Path.GetFullPath(parsed.GetValue(file)!);
            await File.WriteAllBytesAsync(path, exported.Zip, ct);
            Console.WriteLine($"Wrote {path}, {exported.Zip.Length} bytes. Its questions hold their answers, and what it reports is what the learner's browser says.");
            return 0;
        }, ct));
        return command;
    }
}
