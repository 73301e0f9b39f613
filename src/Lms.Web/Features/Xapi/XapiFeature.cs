using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Features.Shared;
using Lms.Web.Features.Xapi.Consumers;
using Lms.Web.Features.Xapi.Counting;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Features.Xapi.Documents;
using Lms.Web.Features.Xapi.Export;
using Lms.Web.Features.Xapi.Privacy;
using Lms.Web.Features.Xapi.Protocol;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Features.Xapi.Window;
using Lms.Web.Jobs;
using Microsoft.AspNetCore.Authentication;

namespace Lms.Web.Features.Xapi;

/// <summary>The learning record store: xAPI 1.0.3 and 2.0 at <see cref="Root"/>.</summary>
public static class XapiFeature
{
    public const string Root = "/xapi";

    public static IServiceCollection AddXapi(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton(provider => new XapiAddresses(provider.GetRequiredService<SiteAddress>().Configured ?? "http://localhost:5080"));
        AddStore(services);
        services.AddConsumers(configuration);
        AddWindow(services);
        services.AddSingleton<LrsClients>();
        services.AddScoped<LrsCredentials>();
        services.AddScoped<CredentialAdministration>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, LrsCredentialHandler>(LrsCredentialHandler.SchemeName, null);
        services.PostConfigure<PolicySchemeOptions>(IdentityFeature.ByAddress, options =>
        {
            var otherwise = options.ForwardDefaultSelector!;
            options.ForwardDefaultSelector = context => LrsCredentialHandler.Wants(context) ? LrsCredentialHandler.SchemeName : otherwise(context);
        });
        XapiPolicies.Add(services);
        return services;
    }

    public static void MapXapi(this IEndpointRouteBuilder app)
    {
        CredentialsApi.Map(app);
        ExportEndpoints.Map(app);
        StatementConsumersApi.Map(app);
        AttachmentEndpoint.Map(app);
    }

    /// <summary>The resources of xAPI itself, on their own way through the server: see <see cref="XapiProtocol"/>.</summary>
    internal static void MapResources(IEndpointRouteBuilder branch)
    {
        var xapi = branch.MapGroup(Root).RequireAuthorization(XapiPolicies.Any).DisableAntiforgery().ExcludeFromDescription();
        StatementEndpoints.Map(xapi);
        DocumentEndpoints.Map(xapi);
        ResourceEndpoints.Map(xapi);
        ResourceEndpoints.MapAbout(xapi);
        xapi.MapFallback("{*path}", () => Results.NotFound()).AllowAnonymous();
    }

    /// <summary>Before serving: brings statements up to date, and makes the first credential from <c>LMS__Lrs__Key</c> and <c>LMS__Lrs__Secret</c>.</summary>
    public static async Task PrepareXapiAsync(this IServiceProvider services, Centre hub, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(hub);
        await services.GetRequiredService<StatementStart>().RunAsync(hub.Id, ct);
        var settings = services.GetRequiredService<IConfiguration>().GetSection("LMS:Lrs");
        if (settings["Key"] is { Length: > 0 } key && settings["Secret"] is { Length: > 0 } secret)
            await services.GetRequiredService<LrsCredentials>().EnsureAsync(key, secret, hub.Id, ct);
    }

    private static void AddStore(IServiceCollection services)
    {
        services.AddSingleton(provider => new KnownNames(provider.GetService<SharedOrder>()));
        services.AddSingleton<StatementClock>(provider => provider.GetService<SharedOrder>() is { } order
            ? ActivatorUtilities.CreateInstance<SharedStatementClock>(provider, order)
            : ActivatorUtilities.CreateInstance<LocalStatementClock>(provider));
        services.AddSingleton<StatementCommitter>();
        services.AddHostedService(provider => provider.GetRequiredService<StatementCommitter>());
        services.AddHostedService<NodeWatch>();
        services.AddScoped<StatementStore>();
        services.AddScoped<StatementUnits>();
        services.AddScoped<StatementStart>();
        services.AddScoped<NameFinder>();
        services.AddScoped<StatementReader>();
        services.AddScoped<StatementOutput>();
        services.AddScoped<StatementIntakes>();
        services.AddScoped<AttachmentStore>();
        services.AddScoped<DocumentStore>();
        services.AddScoped<StatementViewers>();
        services.AddSingleton<LiveStatements>();
    }

    private static void AddWindow(IServiceCollection services)
    {
        services.AddScoped<StatementCounting>();
        services.AddHostedService<StatementCounter>();
        services.AddScoped<StatementFigures>();
        services.AddScoped<ActivityCharts>();
        services.AddScoped<StatementTexts>();
        services.AddScoped<StatementWindow>();
        services.AddScoped<StatementVoiding>();
        services.AddScoped<AgentSearch>();
        services.AddScoped<StatementPrivacy>();
        services.AddJob<ErasureDue, EraseAgent>();
        services.AddJob<RetentionDue, ApplyRetention>(JobQueue.Bulk);
        services.AddRecurringJob<StartRetention>(Schedule.Daily(hour: 2), JobQueue.Bulk);
        services.AddJob<AttachmentsDropped, DeleteAttachments>(JobQueue.Bulk);
    }
}

/// <summary>
/// The names that this installation gives to people and activities. They are identifiers for ever: <c>LMS__PublicUrl</c> must be
/// set to the site's own address before it is used in earnest.
/// </summary>
public sealed class XapiAddresses(string publicUrl)
{
    /// <summary>The site's address without a slash at the end.</summary>
    public string Root { get; } = publicUrl.TrimEnd('/');

    /// <summary>The authority of statements that this system makes.</summary>
    public Agent System => Agent.Account(Root, "seedlot");

    /// <summary>A person by opaque id, never by e-mail.</summary>
    public Agent Person(Guid id) => Agent.Account(Root, id.ToString());

    public string Course(string slug) => $"{Root}/courses/{slug}";
    public string Lesson(string slug, string lesson) => $"{Course(slug)}/lessons/{lesson}";
    public string Assessment(string slug) => $"{Course(slug)}/assessment";
    public string Item(string slug, string item) => $"{Course(slug)}/items/{item}";
    public string Certificate(string serial) => $"{Root}/verify/{serial}";
}
