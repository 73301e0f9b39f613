using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lms.Web.Data;
using Lms.Web.Images;

namespace Lms.Web.Features.Certificates;

/// <summary>
/// Makes a vector PDF or a PNG of a drawing with librsvg's <c>rsvg-convert</c>, where that is installed. The drawing comes on standard input,
/// from where librsvg resolves no reference; the process gets no environment, an empty folder and a time limit.
/// </summary>
public sealed class CertificateConverter(DataFolder folder, IImageProcessor images, ILogger<CertificateConverter> log) : IDisposable
{
    private const string Program = "rsvg-convert";
    private const int MostKept = 2000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly string? _program = Find();
    private string Kept => Path.Combine(folder.Root, "cache", "certificates");

    public bool IsAvailable => _program is not null;

    /// <summary>The PDF, or null when none can be made here and now; the page and the SVG remain.</summary>
    public Task<byte[]?> PdfAsync(string svg, DateTime issuedAt, CancellationToken ct) => MakeAsync(svg, "pdf", issuedAt, ct);

    /// <summary>A PNG in the drawing's own size, or null when none can be made here and now.</summary>
    public Task<byte[]?> PngAsync(string svg, DateTime issuedAt, CancellationToken ct) => MakeAsync(svg, "png", issuedAt, ct);

    private async Task<byte[]?> MakeAsync(string svg, string format, DateTime issuedAt, CancellationToken ct)
    {
        if (_program is null) return null;
        var bytes = Encoding.UTF8.GetBytes(svg);
        var path = Path.Combine(Kept, $"{Convert.ToHexStringLower(SHA256.HashData(bytes))}.{(format == "png" ? $"{images.Name}.png" : format)}");
        if (File.Exists(path)) return await File.ReadAllBytesAsync(path, ct);

        await _places.WaitAsync(ct);
        try
        {
            if (await ConvertAsync(bytes, format, issuedAt, ct) is not { } made) return null;
            if (format == "png") made = await images.CompactAsync(made, ct);
            Keep(path, made);
            return made;
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<byte[]?> ConvertAsync(byte[] svg, string format, DateTime issuedAt, CancellationToken ct)
    {
        var empty = Directory.CreateTempSubdirectory("certificate-");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        using var process = new Process { StartInfo = StartInfo(_program!, format, empty.FullName, issuedAt) };
        try
        {
            process.Start();
            using var made = new MemoryStream();
            var complaint = process.StandardError.ReadToEndAsync(limit.Token);
            var reading = process.StandardOutput.BaseStream.CopyToAsync(made, limit.Token);
            await WriteAsync(process, svg, limit.Token);
            await reading;
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode == 0 && made.Length > 0) return made.ToArray();
            log.LogError("{Program} ended with {Code}: {Complaint}", Program, process.ExitCode, await complaint);
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            log.LogError("{Program} took more than {Limit} and was stopped", Program, Limit);
            return null;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            empty.Delete(recursive: true);
        }
    }

    private static ProcessStartInfo StartInfo(string program, string format, string workingFolder, DateTime issuedAt)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add($"--format={format}");
        start.Environment.Clear();
        // The same drawing gives the same bytes: its date is the certificate's, not that of the download.
        start.Environment["SOURCE_DATE_EPOCH"] = new DateTimeOffset(issuedAt).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return start;
    }

    private static async Task WriteAsync(Process process, byte[] svg, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(svg, ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read everything; its exit code says why.
        }
    }

    // To keep it only saves work: who asks on a full disk gets it all the same.
    private void Keep(string path, byte[] made)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            var kept = Directory.CreateDirectory(Kept);
            File.WriteAllBytes(temporary, made);
            File.Move(temporary, path, overwrite: true);
            var files = kept.GetFiles();
            if (files.Length <= MostKept) return;
            foreach (var old in files.OrderBy(f => f.LastWriteTimeUtc).Take(MostKept / 2)) old.Delete();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(failure, "A certificate's file could not be kept");
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }

    private static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(place => new[] { Path.Combine(place, Program), Path.Combine(place, Program + ".exe") }).FirstOrDefault(File.Exists);
}
