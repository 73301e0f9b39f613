using System.Globalization;
using Lms.Web.Data;
using Lms.Web.Features.Assessment;
using Lms.Web.Features.Authoring;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Certificates;
using Lms.Web.Features.Cmi5;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Learning;
using Lms.Web.Features.Network;
using Lms.Web.Features.Packages;
using Lms.Web.Features.Reporting;
using Lms.Web.Features.Scorm;
using Lms.Web.Features.Shared;
using Lms.Web.Features.Shared.Metrics;
using Lms.Web.Features.Xapi;
using Lms.Web.Features.Xapi.Protocol;
using Lms.Web.Files;
using Lms.Web.Images;
using Lms.Web.Jobs;
using Lms.Web.Operations;
using Microsoft.AspNetCore.DataProtection;

namespace Lms.Web;

/// <summary>How the site is started; all else is configuration (<c>LMS__*</c>).</summary>
/// <param name="Data">The data folder; null for the configured one.</param>
/// <param name="Urls">Addresses to listen on; null for the configured ones.</param>
/// <param name="Quiet">For commands: no job worker and only warnings on the console.</param>
/// <param name="Rehearsal">For a copy of a site: nothing works in the background, so that no consumer hears of it twice.</param>
/// <param name="Settings">Configuration that wins over the environment.</param>
public sealed record SiteOptions(
    string? Data, string? Urls, bool Quiet = false, IReadOnlyDictionary<string, string?>? Settings = null, bool Rehearsal = false);

/// <summary>The composition of the site: one line for each feature.</summary>
public static class Site
{
    public static WebApplication Build(SiteOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(Site).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets();
        // Started from its build output, too, the site serves its style sheet and scripts compressed and to be kept.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        builder.Configuration["EnableStaticAssetsDevelopmentCaching"] ??= "true";
        builder.Configuration.AddSecrets();
        builder.Configuration.AddInMemoryCollection(options.Settings);
        Configure(builder, options);

        var folder = new DataFolder(Path.GetFullPath(options.Data ?? builder.Configuration["LMS:Data"] ?? "data"));
        folder.Create();

        builder.Services.AddData(builder.Configuration, folder);
        builder.Services.AddJobs();
        builder.Services.AddFiles(builder.Configuration);
        builder.Services.AddImages();
        var database = DatabaseProvider.Of(builder.Configuration);
        database.KeepKeys(builder.Services.AddDataProtection().SetApplicationName("seedlot"), folder);
        if (database.IsShared) builder.Services.AddSingleton<TimeProvider>(s => s.GetRequiredService<NodeTime>());
        else builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddStopping();
        builder.AddOtlpExport();
        if (!options.Quiet && !options.Rehearsal) builder.Services.AddJobWorker(builder.Configuration);

        builder.Services.AddShared(builder.Configuration);
        builder.Services.AddNetwork();
        builder.Services.AddIdentityFeature(builder.Configuration);
        builder.Services.AddCatalog();
        builder.Services.AddXapi(builder.Configuration);
        builder.Services.AddLearning();
        builder.Services.AddAssessment();
        builder.Services.AddPackages(builder.Configuration);
        builder.Services.AddScorm();
        builder.Services.AddAuthoring();
        builder.Services.AddCmi5();
        builder.Services.AddCertificates(builder.Configuration);
        builder.Services.AddReporting();

        if (options.Rehearsal) builder.Services.RemoveBackgroundWork();

        var app = builder.Build();
        app.UseRouteTags();
        app.UseStopping();
        app.UsePackageOrigin();
        app.UseXapi();
        app.UseShared();
        app.UseAuthentication();
        app.UseCentreScope();
        app.UseRequestLocalization();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseKeptLessonPages();

        app.MapShared();
        app.MapIdentity();
        app.MapCatalog();
        app.MapXapi();
        app.MapLearning();
        app.MapPackages();
        app.MapAuthoring();
        app.MapCmi5();
        app.MapCertificates();
        app.MapReporting();
        return app;
    }

    /// <summary>Makes the site ready to serve: schema, hub, administrator, courses, demonstration data.</summary>
    public static async Task PrepareAsync(this WebApplication app, bool demo, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(app);
        // Of processes that start together on a new database, one makes everything and the others find it.
        await using var alone = await app.Services.GetRequiredService<Locks>().TakeAsync("start", ct);
        await app.Services.MigrateAsync(ct);
        await app.Services.PrepareFilesAsync(ct);
        app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("start").Protect([]);
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CentreScope>().SeeAll();

        var hub = await services.GetRequiredService<FirstStart>().HubAsync(ct);
        var setupPath = await services.GetRequiredService<FirstAdministrator>().EnsureAsync(hub.Id, ct);
        await services.PrepareXapiAsync(hub, ct);
        await services.GetRequiredService<PublishContent>().AtStartAsync(hub, ct);
        if (demo) await services.GetRequiredService<DemoData>().AddAsync(ct);

        app.Lifetime.ApplicationStarted.Register(() => Announce(app, setupPath));
    }

    /// <summary>Container platforms and systemd hand secrets over as files: each is a setting of its own name, and wins over the environment.</summary>
    internal static void AddSecrets(this ConfigurationManager configuration)
    {
        if (configuration["LMS:Secrets"] is not { Length: > 0 } folder) return;
        if (!Directory.Exists(folder)) throw new RefusalException($"LMS__Secrets is “{folder}”, and there is no such folder. Name the one whose files are settings, for example LMS__Admin__Password, or leave the setting out.");
        configuration.AddKeyPerFile(Path.GetFullPath(folder));
    }

    private static void Configure(WebApplicationBuilder builder, SiteOptions options)
    {
        var urls = options.Urls ?? builder.Configuration["urls"] ?? builder.Configuration["LMS:Urls"] ?? "http://localhost:5080";
        builder.WebHost.UseUrls(urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
        });
        builder.Logging.AddSafeConsole(builder.Configuration);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // The worker and the pages log what matters themselves; EF would log each lost race, which is retried, as an error.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Connection", LogLevel.None);
        // Each request without the right credentials would be two lines; they are counted.
        builder.Logging.AddFilter("Lms.Web.Features.Identity.ApiTokenHandler", LogLevel.Warning);
        builder.Logging.AddFilter("Lms.Web.Features.Xapi.Credentials.LrsCredentialHandler", LogLevel.Warning);
        // It is logged where it is caught; this one would put all that it says into the message.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Query", LogLevel.None);
        // What keeps the site from starting is told in a sentence; the keys lie where only the program's user may read.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        if (options.Quiet) builder.Logging.SetMinimumLevel(LogLevel.Warning);
    }

    private static void Announce(WebApplication app, string? setupPath)
    {
        // What starting and publishing took is given back; nothing else would ask for it until somebody comes.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (app.Services.PackagesNotice() is { } notice) Console.WriteLine(notice);
        foreach (var url in app.Urls)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Seedlot serves on {url}"));
            if (setupPath is not null) Console.WriteLine($"Set up the administrator, once, at {url}{setupPath}");
        }
    }
}
