using System.Data.Common;
using System.Linq.Expressions;
using Lms.Web.Features.Assessment;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Certificates;
using Lms.Web.Features.Cmi5;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Learning;
using Lms.Web.Features.Network;
using Lms.Web.Features.Packages;
using Lms.Web.Features.Scorm;
using Lms.Web.Features.Xapi.Consumers;
using Lms.Web.Features.Xapi.Counting;
using Lms.Web.Features.Xapi.Credentials;
using Lms.Web.Features.Xapi.Documents;
using Lms.Web.Features.Xapi.Privacy;
using Lms.Web.Features.Xapi.Store;
using Lms.Web.Jobs;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Lms.Web.Data;

/// <summary>
/// The one database. Each feature keeps its mapping beside its entity; a provider derives from this class and holds the
/// migrations. Rows that belong to a centre are filtered by <see cref="CentreScope"/>: what a person may not see does not exist for them.
/// </summary>
public abstract class LmsDbContext(DbContextOptions options) : IdentityUserContext<Person, Guid>(options)
{
    private CentreScope? _scope;

    // Query filters read these through the context, so that EF makes them parameters of each query.
    private bool SeesAll => _scope!.All;
    private Guid? Self => _scope!.PersonId;
    private Guid[] VisibleCentres => _scope!.Centres;

    /// <summary>The people whom the current person may see; Identity itself works on <see cref="IdentityUserContext{TUser,TKey}.Users"/>.</summary>
    public IQueryable<Person> People => Users.Where(p => SeesAll || p.Id == Self || VisibleCentres.Contains(p.CentreId));

    public DbSet<Centre> Centres => Set<Centre>();
    public DbSet<RoleAssignment> RoleAssignments => Set<RoleAssignment>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();
    public DbSet<Programme> Programmes => Set<Programme>();
    public DbSet<Course> Courses => Set<Course>();
    public DbSet<CourseVersion> CourseVersions => Set<CourseVersion>();
    public DbSet<Enrolment> Enrolments => Set<Enrolment>();
    public DbSet<CheckAnswer> CheckAnswers => Set<CheckAnswer>();
    public DbSet<Attempt> Attempts => Set<Attempt>();
    public DbSet<Package> Packages => Set<Package>();
    public DbSet<PackageVersion> PackageVersions => Set<PackageVersion>();
    public DbSet<PackageFile> PackageFiles => Set<PackageFile>();
    public DbSet<PackageRegistration> PackageRegistrations => Set<PackageRegistration>();
    public DbSet<PackageUpload> PackageUploads => Set<PackageUpload>();
    public DbSet<LaunchTicket> LaunchTickets => Set<LaunchTicket>();
    public DbSet<ScormAttempt> ScormAttempts => Set<ScormAttempt>();
    public DbSet<ScormSequencing> ScormSequencings => Set<ScormSequencing>();
    public DbSet<ScormActivity> ScormActivities => Set<ScormActivity>();
    public DbSet<ScormCommit> ScormCommits => Set<ScormCommit>();
    public DbSet<ScormLearner> ScormLearners => Set<ScormLearner>();
    public DbSet<UnitSession> UnitSessions => Set<UnitSession>();
    public DbSet<UnitRecord> UnitRecords => Set<UnitRecord>();
    public DbSet<SatisfiedPart> SatisfiedParts => Set<SatisfiedPart>();
    public DbSet<Certificate> Certificates => Set<Certificate>();
    public DbSet<BadgeKey> BadgeKeys => Set<BadgeKey>();
    public DbSet<StoredStatement> Statements => Set<StoredStatement>();
    public DbSet<StatementVerb> StatementVerbs => Set<StatementVerb>();
    public DbSet<StatementRegistration> StatementRegistrations => Set<StatementRegistration>();
    public DbSet<StatementAgent> StatementAgents => Set<StatementAgent>();
    public DbSet<StatementActivity> StatementActivities => Set<StatementActivity>();
    public DbSet<XapiAgent> XapiAgents => Set<XapiAgent>();
    public DbSet<XapiActivity> XapiActivities => Set<XapiActivity>();
    public DbSet<XapiVerb> XapiVerbs => Set<XapiVerb>();
    public DbSet<XapiDocument> XapiDocuments => Set<XapiDocument>();
    public DbSet<VoidedAgent> VoidedAgents => Set<VoidedAgent>();
    public DbSet<StatementCount> StatementCounts => Set<StatementCount>();
    public DbSet<RegistrationStep> RegistrationSteps => Set<RegistrationStep>();
    public DbSet<AnswerCount> AnswerCounts => Set<AnswerCount>();
    public DbSet<StatementCursor> StatementCursors => Set<StatementCursor>();
    public DbSet<Erasure> Erasures => Set<Erasure>();
    public DbSet<RetentionRule> RetentionRules => Set<RetentionRule>();
    public DbSet<LrsCredential> LrsCredentials => Set<LrsCredential>();
    public DbSet<StatementConsumer> StatementConsumers => Set<StatementConsumer>();
    public DbSet<StatementDelivery> StatementDeliveries => Set<StatementDelivery>();
    public DbSet<DeadLetter> DeadLetters => Set<DeadLetter>();
    public DbSet<SiteKey> SiteKeys => Set<SiteKey>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<RecurringRun> RecurringRuns => Set<RecurringRun>();

    /// <summary>Set when a save has begun of which nobody knows what came when the database goes away.</summary>
    internal bool MayHaveSaved { get; set; }

    /// <summary>Set while a save carries outbox messages, so that the worker is told after the commit.</summary>
    internal bool CarriesMessages { get; set; }

    /// <summary>When the save began that is on its way.</summary>
    internal long SavingSince { get; set; }

    /// <summary>Contexts are used again: each unit of work begins by saying whose it is.</summary>
    internal LmsDbContext For(CentreScope scope)
    {
        (_scope, CarriesMessages) = (scope, false);
        return this;
    }

    /// <summary>Stretches of the order of statements that this unit of work keeps open until it has saved.</summary>
    private readonly List<IDisposable> _open = [];
    private IDbContextTransaction? _untilSaved;

    /// <summary>Keeps <paramref name="stretch"/> open until this unit of work has saved, has failed to, or is gone.</summary>
    internal T OpenUntilSaved<T>(T stretch)
        where T : IDisposable
    {
        _open.Add(stretch);
        return stretch;
    }

    /// <summary>What is kept open of this kind.</summary>
    internal T? Opened<T>() => _open.OfType<T>().FirstOrDefault();

    /// <summary>Begins the transaction that the next save commits, unless one is open.</summary>
    internal async Task BeginUntilSavedAsync(CancellationToken ct)
    {
        if (Database.CurrentTransaction is not null) return;
        _untilSaved = await Database.BeginTransactionAsync(ct);
        Database.AutoSavepointsEnabled = false;
    }

    /// <summary>After a save: commits what was begun for it, and then closes what was open.</summary>
    internal async Task CommitSavedAsync()
    {
        try
        {
            if (_untilSaved is { } transaction) await transaction.CommitAsync(CancellationToken.None);
        }
        finally
        {
            CloseOpen();
        }
    }

    internal void CloseOpen()
    {
        if (_untilSaved is { } transaction)
        {
            _untilSaved = null;
            transaction.Dispose();
            Database.AutoSavepointsEnabled = true;
        }
        _open.ForEach(o => o.Dispose());
        _open.Clear();
    }

    /// <summary>How the database's driver takes and stores an id, for commands that EF doesn't write.</summary>
    public abstract object DatabaseValue(Guid id);

    /// <summary>How the driver takes a time of UTC to the tick, for commands that EF doesn't write.</summary>
    public virtual object DatabaseValue(DateTime time) => time;

    /// <summary>Reads an id that was stored as <see cref="DatabaseValue"/>.</summary>
    public abstract Guid GuidAt(DbDataReader reader, int column);

    /// <summary>Whether a save failed because a row with the same unique key exists.</summary>
    public abstract bool IsUniqueViolation(DbUpdateException failure);

    /// <summary>Whether a save failed because another request was quicker, so that the same work, begun anew, can succeed.</summary>
    public bool IsLostRace(Exception failure) => Retry.Causes(failure).Any(cause =>
        cause is DbUpdateConcurrencyException || (cause is DbUpdateException update && IsUniqueViolation(update)) || (cause is DbException said && IsLostRace(said)));

    /// <summary>The same of what the database said to a command that EF did not write, or that it wrote in vain.</summary>
    protected virtual bool IsLostRace(DbException failure) => false;

    /// <summary>
    /// The command that puts rows into a table and leaves out those whose key is there; its values are the parameters <c>@p0</c>, <c>@p1</c>…, row by
    /// row. What it returns counts only rows that went in.
    /// </summary>
    public abstract string InsertOrIgnore(string table, string[] columns, int rows = 1);

    /// <summary>Whether a command costs so much more than a row that statements are better read and written many at once.</summary>
    public virtual bool GathersRows => false;

    /// <summary>Writes rows of several tables, one after the other, in as few trips to the database as it can.</summary>
    public virtual void WriteTogether(DbTransaction transaction, IReadOnlyList<GatheredRows> tables) => throw new NotSupportedException();

    /// <summary>
    /// Until the transaction ends, no statement that refers to another is stored elsewhere, or none at all: so a statement and one that refers to it can't
    /// come at the same time, and neither see the other.
    /// </summary>
    public virtual Task HoldReferencesAsync(DbTransaction transaction, bool alone, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Those rows whose text holds the words, in capitals or not.</summary>
    public IQueryable<T> WhereHolds<T>(IQueryable<T> rows, Expression<Func<T, string>> text, string words)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(words);
        var escaped = words.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)
            .Replace("[", "\\[", StringComparison.Ordinal);
        // A closure, so that EF makes it a parameter.
        Expression<Func<string>> pattern = () => $"%{escaped}%";
        return rows.Where(Expression.Lambda<Func<T, bool>>(Matches(text.Body, pattern.Body), text.Parameters));
    }

    protected static Expression Functions { get; } = Expression.Property(null, typeof(EF), nameof(EF.Functions));

    /// <summary>Whether a text is like a pattern, whose escape character is the backslash.</summary>
    protected virtual Expression Matches(Expression text, Expression pattern) =>
        Expression.Call(typeof(DbFunctionsExtensions), nameof(DbFunctionsExtensions.Like), null, Functions, text, pattern, Expression.Constant("\\"));

    /// <summary><see cref="InsertOrIgnore"/> as SQLite and PostgreSQL have it.</summary>
    protected static string InsertOnConflictDoNothing(string table, string[] columns, int rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var values = Enumerable.Range(0, rows).Select(row => $"({string.Join(", ", columns.Select((_, i) => $"@p{row * columns.Length + i}"))})");
        return $"""INSERT INTO "{table}" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) VALUES {string.Join(", ", values)} ON CONFLICT DO NOTHING""";
    }

    /// <summary>An agent's documents.</summary>
    public virtual IQueryable<XapiDocument> DocumentsOf(string agentKey) => XapiDocuments.Where(d => d.Agent == agentKey);

    /// <summary>After migrating: what the database keeps beside its schema.</summary>
    internal virtual Task SetUpAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Opens the connection of the one writer of statements, with room in memory for the pages that their links touch all over the place.</summary>
    public abstract Task OpenWriterAsync(CancellationToken ct);

    /// <summary>How many bytes the database takes; 0 where it does not say.</summary>
    public virtual Task<long> SizeAsync(CancellationToken ct) => Task.FromResult(0L);

    /// <summary>Writes a consistent copy of the whole database to <paramref name="file"/> while the program serves.</summary>
    public abstract Task CopyToAsync(string file, CancellationToken ct);

    public override void Dispose()
    {
        CloseOpen();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    public override async ValueTask DisposeAsync()
    {
        CloseOpen();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(LmsDbContext).Assembly);
        StoreCompactly(builder.Entity<StoredStatement>().Property(s => s.Id));
        StoreCompactly(builder.Entity<StoredStatement>().Property(s => s.CentreId));
        StoreCompactly(builder.Entity<StatementRegistration>().Property(l => l.Registration));
        StoreCompactly(builder.Entity<StatementReference>().Property(r => r.TargetId));
        StoreCompactly(builder.Entity<StatementCount>().Property(c => c.CentreId));
        StoreCompactly(builder.Entity<RegistrationStep>().Property(s => s.CentreId));
        StoreCompactly(builder.Entity<RegistrationStep>().Property(s => s.Registration));
        StoreCompactly(builder.Entity<AnswerCount>().Property(c => c.CentreId));

        builder.Entity<Enrolment>().HasQueryFilter(e => SeesAll || e.LearnerId == Self || VisibleCentres.Contains(e.CentreId));
        builder.Entity<Attempt>().HasQueryFilter(a => SeesAll || a.LearnerId == Self || VisibleCentres.Contains(a.CentreId));
        builder.Entity<CheckAnswer>().HasQueryFilter(a => SeesAll || a.LearnerId == Self || VisibleCentres.Contains(a.CentreId));
        builder.Entity<Certificate>().HasQueryFilter(c => SeesAll || c.LearnerId == Self || VisibleCentres.Contains(c.CentreId));
        builder.Entity<Package>().HasQueryFilter(p => SeesAll || VisibleCentres.Contains(p.CentreId));
        builder.Entity<PackageVersion>().HasQueryFilter(v => SeesAll || VisibleCentres.Contains(v.CentreId));
        builder.Entity<PackageRegistration>().HasQueryFilter(r => SeesAll || r.LearnerId == Self || VisibleCentres.Contains(r.CentreId));
        builder.Entity<PackageUpload>().HasQueryFilter(u => SeesAll || u.PersonId == Self);
        builder.Entity<LaunchTicket>().HasQueryFilter(t => SeesAll || VisibleCentres.Contains(t.CentreId));
        builder.Entity<ScormAttempt>().HasQueryFilter(a => SeesAll || VisibleCentres.Contains(a.CentreId));
        builder.Entity<ScormSequencing>().HasQueryFilter(s => SeesAll || VisibleCentres.Contains(s.CentreId));
        builder.Entity<ScormActivity>().HasQueryFilter(a => SeesAll || VisibleCentres.Contains(a.CentreId));
        builder.Entity<ScormCommit>().HasQueryFilter(c => SeesAll || VisibleCentres.Contains(c.CentreId));
        builder.Entity<ScormLearner>().HasQueryFilter(l => SeesAll || VisibleCentres.Contains(l.CentreId));
        builder.Entity<UnitSession>().HasQueryFilter(s => SeesAll || VisibleCentres.Contains(s.CentreId));
        builder.Entity<UnitRecord>().HasQueryFilter(r => SeesAll || VisibleCentres.Contains(r.CentreId));
        builder.Entity<SatisfiedPart>().HasQueryFilter(p => SeesAll || VisibleCentres.Contains(p.CentreId));
        builder.Entity<RoleAssignment>().HasQueryFilter(r => SeesAll || r.PersonId == Self || VisibleCentres.Contains(r.CentreId));
        builder.Entity<Invitation>().HasQueryFilter(i => SeesAll || VisibleCentres.Contains(i.CentreId));
        builder.Entity<ApiToken>().HasQueryFilter(t => SeesAll || t.PersonId == Self);
        builder.Entity<XapiDocument>().HasQueryFilter(d => SeesAll || VisibleCentres.Contains(d.CentreId));
        builder.Entity<LrsCredential>().HasQueryFilter(c => SeesAll || VisibleCentres.Contains(c.CentreId));
        builder.Entity<StatementConsumer>().HasQueryFilter(c => SeesAll || VisibleCentres.Contains(c.CentreId));
        builder.Entity<DeadLetter>().HasQueryFilter(l => SeesAll || VisibleCentres.Contains(l.CentreId));
        builder.Entity<StatementCount>().HasQueryFilter(c => SeesAll || VisibleCentres.Contains(c.CentreId));
        builder.Entity<RegistrationStep>().HasQueryFilter(s => SeesAll || VisibleCentres.Contains(s.CentreId));
        builder.Entity<AnswerCount>().HasQueryFilter(c => SeesAll || VisibleCentres.Contains(c.CentreId));
        builder.Entity<Erasure>().HasQueryFilter(e => SeesAll || (e.CentreId != null && VisibleCentres.Contains(e.CentreId.Value)));
        builder.Entity<RetentionRule>().HasQueryFilter(r => SeesAll || VisibleCentres.Contains(r.CentreId));
        builder.Entity<StoredStatement>().HasQueryFilter(s => SeesAll || VisibleCentres.Contains(s.CentreId));
    }

    /// <summary>
    /// For ids of which there are millions, in several tables: 16 bytes, as <see cref="DatabaseValue"/> writes them. Being ordered by the time of
    /// their making, they also fill an index from one end.
    /// </summary>
    protected abstract void StoreCompactly(PropertyBuilder<Guid> id);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    /// <summary>Databases forget the kind of a time; all of ours are UTC.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        to => to.Kind == DateTimeKind.Local ? to.ToUniversalTime() : DateTime.SpecifyKind(to, DateTimeKind.Utc),
        from => DateTime.SpecifyKind(from, DateTimeKind.Utc));
}
