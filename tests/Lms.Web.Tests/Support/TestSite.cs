using System.Net;
using Lms.Web.Data;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Network;
using Lms.Web.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Support;

/// <summary>The real site over HTTP on a port of its own, with its own data folder and a small course of two lessons, <c>hygiene</c>.</summary>
public sealed class TestSite : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private readonly string _folder = Directory.CreateTempSubdirectory("seedlot-test-").FullName;
    private readonly Dictionary<string, string?> _settings;
    private readonly TestDatabase _database;
    private WebApplication? _app;

    public TestSite() : this([]) { }

    /// <summary>A site of its own for a test that needs special settings; others share one as a class fixture.</summary>
    internal TestSite(Dictionary<string, string?> settings)
    {
        _database = new TestDatabase(DataFolder);
        _settings = new(_database.Settings)
        {
            ["LMS:Content"] = Path.Combine(AppContext.BaseDirectory, "Support", "content"),
            ["LMS:Admin:Email"] = "admin@example.org",
            ["LMS:Admin:Password"] = Password,
            ["LMS:Limits:Off"] = "true",
            ["LMS:Stop:Wait"] = "00:00:00",
        };
        foreach (var (name, value) in settings) _settings[name] = value;
    }

    public Uri Address => new(_app!.Urls.First());
    public string DataFolder => Path.Combine(_folder, "data");
    public TestDatabase Database => _database;
    public IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync() => await StartAsync();

    /// <summary>Stops and starts the site on the same data, as an operator would.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>Somebody who is not signed in; cookies are kept, redirects are not followed.</summary>
    public Browser Visitor() => new(Address);

    /// <summary>A new person of the hub, or of <paramref name="centre"/>, signed in.</summary>
    public async Task<Browser> SignedInAsync(Role role = Role.Learner, Guid? centre = null, string? name = null)
    {
        var person = await AddPersonAsync(role, centre, name);
        var browser = await SignInAsync(person.Email!);
        browser.PersonId = person.Id;
        return browser;
    }

    public async Task<Browser> SignInAsync(string email)
    {
        var browser = Visitor();
        var reply = await browser.SubmitAsync("/account/sign-in", new() { ["Input.Email"] = email, ["Input.Password"] = Password });
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        return browser;
    }

    public async Task<Person> AddPersonAsync(Role role = Role.Learner, Guid? centre = null, string? name = null)
    {
        await using var scope = NewScope(out var db);
        var centreId = centre ?? (await db.Centres.FirstAsync(c => c.Kind == CentreKind.Hub)).Id;
        var email = $"{Guid.NewGuid():N}@example.org";
        var person = new Person { Name = name ?? "Ana Lima", UserName = email, Email = email, EmailConfirmed = true, CentreId = centreId, CreatedAt = DateTime.UtcNow };
        if (role != Role.Learner) db.Add(new RoleAssignment { PersonId = person.Id, CentreId = centreId, Role = role, GrantedAt = DateTime.UtcNow });
        var created = await scope.ServiceProvider.GetRequiredService<UserManager<Person>>().CreateAsync(person, Password);
        Assert.True(created.Succeeded, string.Join(' ', created.Errors.Select(e => e.Description)));
        return person;
    }

    public async Task<Centre> AddCentreAsync(string? name = null)
    {
        await using var scope = NewScope(out var db);
        var slug = $"centre-{Guid.NewGuid():N}";
        var centre = new Centre { Slug = slug, Name = name ?? slug, Kind = CentreKind.Regional, Country = "SN" };
        db.Add(centre);
        await db.SaveChangesAsync();
        return centre;
    }

    /// <summary>Reads the database as the system, with every row visible.</summary>
    public async Task<T> ReadAsync<T>(Func<LmsDbContext, Task<T>> read)
    {
        await using var scope = NewScope(out var db);
        return await read(db);
    }

    /// <summary>
    /// All that is in the database. It is a copy that is read: to open and close the file itself within the process that serves it would let go
    /// of SQLite's locks on it (https://sqlite.org/howtocorrupt.html, 2.2).
    /// </summary>
    public async Task<byte[]> DatabaseBytesAsync()
    {
        if (!TestDatabase.IsSqlite) return await _database.BytesAsync();
        var copy = Path.Combine(_folder, $"copy-{Guid.NewGuid():N}.db");
        await ReadAsync(async db =>
        {
            await db.CopyToAsync(copy, CancellationToken.None);
            return true;
        });
        return await File.ReadAllBytesAsync(copy);
    }

    /// <summary>Runs code of the site as the system.</summary>
    public async Task<T> RunAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = NewScope(out _);
        return await work(scope.ServiceProvider);
    }

    /// <summary>Waits until no job is due or running.</summary>
    public async Task RunJobsAsync()
    {
        for (var tries = 0; tries < 200; tries++)
        {
            var now = DateTime.UtcNow;
            if (!await ReadAsync(db => db.Outbox.AnyAsync(m => m.State == JobState.Running || (m.State == JobState.Pending && m.DueAt <= now)))) return;
            await Task.Delay(50);
        }
        Assert.Fail("Jobs are still due after ten seconds.");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync()
    {
        _app = Site.Build(new SiteOptions(DataFolder, "http://127.0.0.1:0", Settings: _settings));
        await _app.PrepareAsync(demo: false, CancellationToken.None);
        await _app.StartAsync();
    }

    private async Task StopAsync()
    {
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    private AsyncServiceScope NewScope(out LmsDbContext db)
    {
        var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CentreScope>().SeeAll();
        db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
        return scope;
    }
}
