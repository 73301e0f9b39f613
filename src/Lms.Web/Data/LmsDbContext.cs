using Lms.Web.Features.Assessment;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Certificates;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Learning;
using Lms.Web.Features.Network;
using Lms.Web.Features.Xapi;
using Lms.Web.Jobs;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
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
    public DbSet<Certificate> Certificates => Set<Certificate>();
    public DbSet<BadgeKey> BadgeKeys => Set<BadgeKey>();
    public DbSet<StoredStatement> Statements => Set<StoredStatement>();
    public DbSet<XapiAgent> XapiAgents => Set<XapiAgent>();
    public DbSet<XapiActivity> XapiActivities => Set<XapiActivity>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    /// <summary>Set while a save carries outbox messages, so that the worker is told after the commit.</summary>
    internal bool CarriesMessages { get; set; }

    /// <summary>Contexts are used again: each unit of work begins by saying whose it is.</summary>
    internal LmsDbContext For(CentreScope scope)
    {
        (_scope, CarriesMessages) = (scope, false);
        return this;
    }

    /// <summary>Whether a save failed because a row with the same unique key exists.</summary>
    public abstract bool IsUniqueViolation(DbUpdateException failure);

    /// <summary>Writes a consistent copy of the whole database to <paramref name="file"/> while the program serves.</summary>
    public abstract Task CopyToAsync(string file, CancellationToken ct);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(LmsDbContext).Assembly);

        builder.Entity<Enrolment>().HasQueryFilter(e => SeesAll || e.LearnerId == Self || VisibleCentres.Contains(e.CentreId));
        builder.Entity<Attempt>().HasQueryFilter(a => SeesAll || a.LearnerId == Self || VisibleCentres.Contains(a.CentreId));
        builder.Entity<CheckAnswer>().HasQueryFilter(a => SeesAll || a.LearnerId == Self || VisibleCentres.Contains(a.CentreId));
        builder.Entity<Certificate>().HasQueryFilter(c => SeesAll || c.LearnerId == Self || VisibleCentres.Contains(c.CentreId));
        builder.Entity<RoleAssignment>().HasQueryFilter(r => SeesAll || r.PersonId == Self || VisibleCentres.Contains(r.CentreId));
        builder.Entity<Invitation>().HasQueryFilter(i => SeesAll || VisibleCentres.Contains(i.CentreId));
        builder.Entity<ApiToken>().HasQueryFilter(t => SeesAll || t.PersonId == Self);
        builder.Entity<StoredStatement>().HasQueryFilter(s => SeesAll || VisibleCentres.Contains(s.CentreId));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    /// <summary>Databases forget the kind of a time; all of ours are UTC.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        to => to.Kind == DateTimeKind.Local ? to.ToUniversalTime() : to,
        from => DateTime.SpecifyKind(from, DateTimeKind.Utc));
}
