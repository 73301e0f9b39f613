using Lms.Web.Data.PostgreSql;
using Lms.Web.Data.Sqlite;
using Lms.Web.Editions;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Data;

/// <summary>
/// One kind of database: how it is reached, and what it says when it can't be. The rest of what differs is on the context and on
/// <see cref="RawDatabase"/>, as methods named for what they do; no feature asks which database it works on.
/// </summary>
public abstract class DatabaseProvider
{
    private static readonly DatabaseProvider[] All = [new SqliteDatabase(), new PostgreSqlDatabase(), .. Edition.Databases];

    /// <summary>The name by which <c>LMS__Database__Provider</c> chooses it.</summary>
    public abstract string Name { get; }

    /// <summary>Registers its <see cref="RawDatabase"/> and, by <see cref="AddContext"/>, its context.</summary>
    /// <param name="services">The site's services.</param>
    /// <param name="connectionString">From <c>LMS__Database__ConnectionString</c>; null when none is set.</param>
    /// <param name="folder">The data folder, where the embedded default lies.</param>
    public abstract void Add(IServiceCollection services, string? connectionString, DataFolder folder);

    /// <summary>Where the data is, for the operator: the beginning of a sentence.</summary>
    public abstract string Place(DataFolder folder);

    /// <summary>The sentence for the operator about a failure of this database; null when it is none of its own, or a fault of the program.</summary>
    internal abstract string? SentenceOf(Exception failure);

    /// <summary>The one that the settings choose; the embedded default where they are silent.</summary>
    public static DatabaseProvider Of(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var name = Provider.Chosen(settings, "LMS:Database:Provider", [.. All.Select(p => p.Name)]);
        return All.First(p => p.Name == name);
    }

    /// <summary>What any database says of the failure.</summary>
    internal static string? SentenceOfAny(Exception failure) => All.Select(p => p.SentenceOf(failure)).FirstOrDefault(sentence => sentence is not null);

    protected string Required(string? connectionString) => connectionString is { Length: > 0 }
        ? connectionString
        : throw new RefusalException($"LMS__Database__Provider is {Name}, and LMS__Database__ConnectionString is not set. Set it to where the database is and who may use it.");

    protected static void AddContext<T>(IServiceCollection services, Action<IServiceProvider, DbContextOptionsBuilder> use)
        where T : LmsDbContext
    {
        services.AddPooledDbContextFactory<T>((provider, options) =>
        {
            use(provider, options);
            options.AddInterceptors(provider.GetRequiredService<CommitInterceptor>());
        });
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<T>>().CreateDbContext().For(provider.GetRequiredService<CentreScope>()));
    }
}
