using System.Security.Claims;
using CsvHelper;
using Lms.Web.Data;
using Lms.Web.Features.Network;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Identity;

/// <param name="Row">Line of the file, the header being 1.</param>
public sealed record ImportFinding(long Row, string Column, string Message);

/// <param name="Rows">People in the file.</param>
/// <param name="Created">Accounts made: all of them, or none.</param>
public sealed record ImportResult(int Rows, int Created, bool DryRun, IReadOnlyList<ImportFinding> Findings);

/// <summary>
/// Learners from a CSV file with the columns name, email and, if wanted, language and centre (its short name). One bad row refuses the
/// file, and every bad row is named. Nobody gets a password: a manager makes each a link, or they are invited.
/// </summary>
public sealed class UserImport(LmsDbContext db, Accounts accounts, UserManager<Person> people, Centres centres, Locks locks, IStringLocalizer<IdentityText> text, TimeProvider clock)
{
    public const int MostRows = 5000;
    private static readonly string[] s_columns = ["name", "email", "language", "centre"];

    private sealed record Row(long Line, NewAccount Account, string? Centre);

    /// <summary>Checks the file and, unless it is a dry run, imports it. Who imports the same people at once comes second and is told so.</summary>
    public async Task<ImportResult> RunAsync(ClaimsPrincipal viewer, string csv, bool dryRun, CancellationToken ct)
    {
        // One at a time: two that add the same addresses in another order would wait for each other.
        await using var mine = await locks.TakeAsync("user import", ct);
        return await db.RetryAsync(() => TryAsync(viewer, csv, dryRun, ct));
    }

    private async Task<ImportResult> TryAsync(ClaimsPrincipal viewer, string csv, bool dryRun, CancellationToken ct)
    {
        List<ImportFinding> findings = [];
        var rows = Read(csv, findings);
        var places = (await centres.ManagedAsync(viewer, ct)).ToDictionary(c => c.Slug, StringComparer.OrdinalIgnoreCase);
        var own = places.Values.FirstOrDefault(c => c.Id == viewer.CentreId()) ?? places.Values.FirstOrDefault();
        List<Person> made = [];
        foreach (var row in rows)
            if (Check(row, places, own, findings) is { } person) made.Add(person);
        await CheckAddressesAsync(rows, findings, ct);

        if (findings.Count > 0 || dryRun) return new ImportResult(rows.Count, 0, dryRun, [.. findings.OrderBy(f => f.Row)]);
        db.AddRange(made);
        await db.SaveChangesAsync(ct);
        return new ImportResult(rows.Count, made.Count, dryRun, []);
    }

    private List<Row> Read(string csv, List<ImportFinding> findings)
    {
        List<Row> rows = [];
        try
        {
            using var reader = CsvReader.FromText(csv, new CsvReaderOptions { TrackLineNumbers = true, TrimWhitespace = true, SkipEmptyLines = true });
            var columns = reader.Headers.Select(h => h.Trim().ToLowerInvariant()).ToList();
            foreach (var unknown in columns.Except(s_columns)) findings.Add(new(1, unknown, text["There is no such column. The columns are name, email, language and centre."]));
            foreach (var missing in s_columns[..2].Except(columns)) findings.Add(new(1, missing, text["This column is missing."]));
            if (findings.Count > 0) return rows;
            while (reader.Read())
            {
                if (rows.Count == MostRows)
                {
                    findings.Add(new(reader.LineNumber, "", text["A file may hold {0} people. Split it.", MostRows]));
                    break;
                }
                var account = new NewAccount(Field("name"), Field("email"), Field("language"), Guid.Empty).Tidy();
                rows.Add(new Row(reader.LineNumber, account, Field("centre")));
            }
            string? Field(string column) =>
                columns.IndexOf(column) is >= 0 and var i && i < reader.FieldCount && reader.GetString(i) is { Length: > 0 } value ? value : null;
        }
        catch (CsvFormatException malformed)
        {
            findings.Add(new(malformed.LineNumber, "", text["The file can't be read from here on: a quotation mark is missing or a line is cut off."]));
        }
        return rows;
    }

    private Person? Check(Row row, Dictionary<string, Centre> places, Centre? own, List<ImportFinding> findings)
    {
        var centre = row.Centre is null ? own : places.GetValueOrDefault(row.Centre);
        if (centre is null) findings.Add(new(row.Line, "centre", text["Choose one of the centres offered."]));
        var problems = accounts.OwnProblems(row.Account);
        findings.AddRange(problems.Select(p => new ImportFinding(row.Line, p.Field.ToLowerInvariant(), p.Message)));
        if (centre is null || problems.Count > 0) return null;
        var email = row.Account.Email!;
        // What UserManager would set: it would also ask the database four times for each person.
        return new Person
        {
            Name = row.Account.Name!, Language = row.Account.Language!, CentreId = centre.Id, CreatedAt = clock.GetUtcNow().UtcDateTime,
            Email = email, UserName = email, NormalizedEmail = people.NormalizeEmail(email), NormalizedUserName = people.NormalizeName(email),
            SecurityStamp = Guid.NewGuid().ToString("N"), LockoutEnabled = true,
        };
    }

    private async Task CheckAddressesAsync(List<Row> rows, List<ImportFinding> findings, CancellationToken ct)
    {
        var byAddress = rows.Where(r => r.Account.Email is not null).ToLookup(r => people.NormalizeEmail(r.Account.Email)!);
        foreach (var same in byAddress)
            foreach (var again in same.Skip(1)) findings.Add(new(again.Line, "email", text["The same address stands in line {0}.", same.First().Line]));
        var addresses = byAddress.Select(g => g.Key).ToList();
        var taken = await db.Users.Where(p => addresses.Contains(p.NormalizedEmail!)).Select(p => p.NormalizedEmail!).ToListAsync(ct);
        foreach (var row in taken.SelectMany(address => byAddress[address])) findings.Add(new(row.Line, "email", text["There is an account with this address."]));
    }
}
