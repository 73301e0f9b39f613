using System.CommandLine;
using Lms.Standards.Packages;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Packages;

internal static class PackageCommands
{
    public static Command Create() => new("package", "Import packaged courses: SCORM, cmi5 and xAPI.") { Import() };

    private static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = "A zip from an authoring tool, or a bare cmi5.xml." };
        var of = new Option<Guid?>("--version-of") { Description = "Id of the package of which this is a new version." };
        var policy = new Option<UpdatePolicy?>("--update-policy") { Description = "What becomes of learners who began: Pin, WhenNotComplete or Always." };
        var language = new Option<string?>("--language") { Description = "Language of the content as a BCP 47 tag; en by default." };
        var certificate = new Option<string?>("--certificate") { Description = "What completing it earns: completion, competency or none (the default)." };
        var months = new Option<int?>("--certificate-months") { Description = "Months until the certificate expires; never by default." };
        var centre = new Option<string?>("--centre") { Description = "Slug of the centre; the hub by default." };
        var data = CommandOptions.Data();
        var command = new Command("import", "Check a package, and import it as a course.") { file, of, policy, language, certificate, months, centre, data };
        command.SetAction((parsed, ct) => CommandOptions.RunAsync(parsed.GetValue(data), async services =>
        {
            var settings = new ImportSettings
            {
                PackageId = parsed.GetValue(of),
                Policy = parsed.GetValue(policy),
                Language = parsed.GetValue(language),
                Certificate = parsed.GetValue(certificate),
                CertificateMonths = parsed.GetValue(months),
            };
            var path = Path.GetFullPath(parsed.GetValue(file)!);
            if (!File.Exists(path)) return Refuse($"There is no file {path}.");
            if (settings.Problem() is { } problem) return Refuse(problem.Message);
            if (await CentreAsync(services, settings, parsed.GetValue(centre), ct) is not { } place) return Refuse("There is no such centre or package.");
            return Print(await services.GetRequiredService<PackageImport>().ImportAsync(path, place, by: null, settings, progress: null, ct));
        }, ct));
        return command;
    }

    private static async Task<Guid?> CentreAsync(IServiceProvider services, ImportSettings settings, string? slug, CancellationToken ct)
    {
        var db = services.GetRequiredService<LmsDbContext>();
        var hub = await services.GetRequiredService<FirstStart>().HubAsync(ct);
        if (settings.PackageId is { } id) return await db.Packages.Where(p => p.Id == id && p.DeletedAt == null).Select(p => (Guid?)p.CentreId).SingleOrDefaultAsync(ct);
        return slug is null ? hub.Id : await db.Centres.Where(c => c.Slug == slug).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(ct);
    }

    private static int Print(ImportOutcome outcome)
    {
        switch (outcome)
        {
            case ImportOutcome.Imported(var package, var version, var isNew):
                foreach (var finding in version.Findings) Console.WriteLine(finding);
                Console.WriteLine($"{(isNew ? "Imported" : "Was imported before:")} {package.Title} ({PackageNames.Of(version.Standard, version.Edition)}), version {version.Number}, {version.Activities.Count(a => a.Launchable)} to launch. Its id is {package.Id}.");
                return 0;
            case ImportOutcome.Refused(var findings):
                foreach (var finding in findings.OrderBy(f => f.Severity)) Console.WriteLine(finding);
                return Refuse("Mend the errors above and import it again.");
            default:
                throw new InvalidOperationException($"Unhandled {outcome}.");
        }
    }

    private static int Refuse(string reason)
    {
        Console.Error.WriteLine($"Nothing was imported. {reason}");
        return 1;
    }
}
