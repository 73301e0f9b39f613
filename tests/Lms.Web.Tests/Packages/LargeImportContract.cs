using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Lms.Standards.Tests.Packages;
using Lms.Web.Data;
using Lms.Web.Features.Packages;
using Lms.Web.Files;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Packages;

/// <summary>Packages of half a gigabyte, and imports that are killed: the program as an operator runs it.</summary>
public abstract class LargeImportContract : IAsyncDisposable
{
    private const int Kills = 6;
    private readonly string _folder = Directory.CreateTempSubdirectory("seedlot-large-").FullName;

    private readonly TestDatabase _database;

    protected LargeImportContract() => _database = new TestDatabase(Data);

    /// <summary>Settings beside the data folder: where files are.</summary>
    private protected abstract Dictionary<string, string?> Files { get; }

    private Dictionary<string, string?> Settings => new(_database.Settings.Concat(Files));

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public async Task Half_a_gigabyte_is_imported_with_less_than_a_hundred_megabytes_more_memory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Memory is read from /proc.");
        Assert.SkipUnless(new DriveInfo(_folder).AvailableFreeSpace > 3L << 30, "The disk has less than 3 GB free.");
        var small = Write("small.zip", files: 1, bytes: 1000);
        var large = Write("large.zip", files: 50, bytes: 10 << 20);
        var usual = await PeakAsync(small);
        var peak = await PeakAsync(large);
        Assert.True(peak - usual < 100 << 10, $"{peak - usual} kB more than the {usual} kB that a small package takes.");
    }

    [Fact]
    public async Task Killed_in_the_middle_an_import_leaves_all_of_a_package_or_none()
    {
        var upload = Write("many.zip", files: 1500, bytes: 20_000);
        await PeakAsync(Write("first.zip", files: 1, bytes: 10));
        for (var kill = 0; kill < Kills; kill++)
        {
            using var import = Start(upload);
            await Task.Delay(700 + kill * 350);
            import.Kill();
            await import.WaitForExitAsync();
            await AssertWholeAsync();
        }
        using var last = Start(upload);
        await last.WaitForExitAsync();
        Assert.Equal(0, last.ExitCode);
        Assert.Equal(2, await AssertWholeAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>How many packages there are; each of them must have every file.</summary>
    private async Task<int> AssertWholeAsync()
    {
        await using var site = Site.Build(new SiteOptions(Data, Urls: null, Quiet: true, Settings));
        await using var scope = site.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CentreScope>().SeeAll();
        var db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
        var packages = await db.Packages.ToListAsync();
        var names = await site.Services.GetRequiredService<IFileStore>().NamesAsync(default).ToHashSetAsync();
        foreach (var version in await db.PackageVersions.ToListAsync())
        {
            var files = await db.PackageFiles.Where(f => f.PackageVersionId == version.Id).ToListAsync();
            Assert.Equal(version.FileCount, files.Count);
            Assert.All(files, f => Assert.Contains(f.Hash, names));
            Assert.Contains(packages, p => p.CurrentVersionId == version.Id);
        }
        Assert.Equal(packages.Count, await db.PackageVersions.CountAsync());
        Assert.Equal(packages.Count, await db.Courses.CountAsync(c => c.CurrentVersionId != null && db.Packages.Any(p => p.CourseId == c.Id)));
        return packages.Count;
    }

    private string Write(string name, int files, int bytes)
    {
        var path = Path.Combine(_folder, name);
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        Add("imsmanifest.xml", System.Text.Encoding.UTF8.GetBytes(Sample.Scorm12));
        Add("wash/index.html", [1]);
        Add("read.html", [2]);
        var content = new byte[bytes];
        for (var i = 0; i < files; i++)
        {
            Random.Shared.NextBytes(content);
            Add($"media/{i}.bin", content);
        }
        return path;

        void Add(string entry, byte[] data)
        {
            using var stream = zip.CreateEntry(entry, CompressionLevel.Fastest).Open();
            stream.Write(data);
        }
    }

    /// <summary>Imports, and returns the most memory that the program held, in kilobytes.</summary>
    private async Task<long> PeakAsync(string upload)
    {
        using var import = Start(upload);
        var peak = 0L;
        while (!import.HasExited)
        {
            peak = Math.Max(peak, PeakOf(import.Id));
            await Task.Delay(20);
        }
        Assert.Equal(0, import.ExitCode);
        return peak;
    }

    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmHWM", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private Process Start(string upload)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Lms.Web.dll"), "package", "import", upload, "--data", Data]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LMS__Content"] = Path.Combine(AppContext.BaseDirectory, "Support", "content");
        foreach (var (name, value) in Files) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        var process = Process.Start(_database.Tell(start))!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) TestContext.Current.TestOutputHelper?.WriteLine(line.Data); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}

public sealed class LargeImportTests : LargeImportContract
{
    private protected override Dictionary<string, string?> Files => [];
}
