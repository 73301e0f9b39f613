using System.ComponentModel;
using System.Diagnostics;
using Npgsql;

namespace Lms.Web.Data.PostgreSql;

/// <summary>PostgreSQL's own programs for backups. They are told by their environment where the database is, so that no list of processes shows the password.</summary>
internal static class PostgreSqlPrograms
{
    /// <summary>Runs the program; returns what it complained of, or null when all went well.</summary>
    public static async Task<string?> RunAsync(string program, string? connectionString, CancellationToken ct, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (connectionString is not null) Tell(start, new NpgsqlConnectionStringBuilder(connectionString));
        using var process = Start(start);
        try
        {
            var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, ct);
            var complaint = await process.StandardError.ReadToEndAsync(ct);
            await output;
            await process.WaitForExitAsync(ct);
            return process.ExitCode == 0 ? null : complaint.Trim();
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new RefusalException($"{start.FileName} is not on the PATH. Install PostgreSQL's client programs (postgresql-client), no older than the server.", missing);
        }
    }

    private static void Tell(ProcessStartInfo start, NpgsqlConnectionStringBuilder settings)
    {
        Set("PGHOST", settings.Host);
        Set("PGPORT", settings.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Set("PGDATABASE", settings.Database ?? settings.Username);
        Set("PGUSER", settings.Username);
        Set("PGPASSWORD", settings.Password);
        Set("PGPASSFILE", settings.Passfile);
        Set("PGSSLROOTCERT", settings.RootCertificate);
        Set("PGSSLMODE", settings.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() });

        void Set(string name, string? value)
        {
            if (value is { Length: > 0 }) start.Environment[name] = value;
        }
    }
}
