using System.CommandLine;
using System.Globalization;

namespace Lms.Web.Features.Reporting;

internal static class DataCommands
{
    public static Command Create()
    {
        var data = CommandOptions.Data();
        var check = new Command("check", "Count what is there and see that it is whole: files, what names them, certificates. The program may be serving.") { data };
        check.SetAction((parsed, ct) => CommandOptions.RunAsync(parsed.GetValue(data), async services =>
        {
            var report = await services.GetRequiredService<DataCheck>().RunAsync(ct);
            foreach (var (what, count) in report.Counts) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {count}"));
            foreach (var problem in report.Problems) await Console.Error.WriteLineAsync(problem);
            if (report.Problems.Count == 0) Console.WriteLine("All of it is whole.");
            return report.Problems.Count == 0 ? 0 : 1;
        }, ct));
        return new Command("data", "Look after the data.") { check };
    }
}
