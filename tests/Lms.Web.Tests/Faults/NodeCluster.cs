using Lms.Web.Tests.Support;

namespace Lms.Web.Tests.Faults;

/// <summary>Three processes of the site on one PostgreSQL, each on a port of its own, with a folder for files that they share.</summary>
public sealed class NodeCluster : IAsyncLifetime
{
    public const int Count = 3;
    private readonly string _folder = Directory.CreateTempSubdirectory("seedlot-nodes-").FullName;

    /// <summary>Why there is none to test.</summary>
    public static string? WhyNot { get; } = TestDatabase.IsSqlite ? "A file of SQLite has one process." : PostgresCluster.Programs is null ? "PostgreSQL is not installed." : null;

    internal PostgresCluster Database { get; } = new();
    internal IReadOnlyList<KillableSite> Sites { get; private set; } = [];

    /// <summary>An address; <see cref="Way"/> leads each request to one of the processes.</summary>
    public Uri Address => Sites[0].Address;

    /// <summary>Starts the processes at once, on a database that is empty.</summary>
    public async ValueTask InitializeAsync()
    {
        if (WhyNot is not null) return;
        await Database.StartAsync();
        Sites = [.. Enumerable.Range(0, Count).Select(_ => new KillableSite(_folder, new()
        {
            ["LMS:Database:Provider"] = "PostgreSql", ["LMS:Database:ConnectionString"] = Database.ConnectionString, ["LMS:Lrs:Key"] = Lrs.SiteKey, ["LMS:Lrs:Secret"] = Lrs.SiteSecret,
        }))];
        await Task.WhenAll(Sites.Select(s => s.StartAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var site in Sites) await site.DisposeAsync();
        if (WhyNot is null) await Database.DisposeAsync();
    }

    /// <summary>As a load balancer without sticky sessions: each request goes to any process, alive or not.</summary>
    internal HttpMessageHandler Way(HttpMessageHandler inner) => new AnyNode(Sites) { InnerHandler = inner };

    private sealed class AnyNode(IReadOnlyList<KillableSite> sites) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Port = sites[Random.Shared.Next(sites.Count)].Address.Port }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
