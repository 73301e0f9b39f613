using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Data;

/// <summary>Random keys of the installation by name, made on first use.</summary>
public abstract class SiteKeys
{
    private const int Octets = 32;

    /// <summary>The key of that name; of two processes that make it at once, both get the same.</summary>
    public abstract byte[] GetOrAdd(string name);

    protected static byte[] NewKey() => RandomNumberGenerator.GetBytes(Octets);
}

/// <summary>Keys as files that only the program's user may read.</summary>
internal sealed class DiskKeys(DataFolder folder) : SiteKeys
{
    public override byte[] GetOrAdd(string name)
    {
        Directory.CreateDirectory(folder.Keys);
        var path = Path.Combine(folder.Keys, $"{name}.key");
        if (!File.Exists(path))
        {
            var temporary = $"{path}.{Guid.NewGuid():N}";
            using (var file = new FileStream(temporary, BackupArchive.ForOwnerOnly(FileMode.CreateNew))) file.Write(NewKey());
            try { File.Move(temporary, path); }
            catch (IOException) { File.Delete(temporary); /* another process was quicker */ }
        }
        return File.ReadAllBytes(path);
    }
}

/// <summary>Keys in the database that several processes share, those of data protection among them.</summary>
internal sealed class DatabaseKeys(IServiceScopeFactory scopes, TimeProvider clock) : SiteKeys, IXmlRepository
{
    private const string Protection = "protection/";

    public override byte[] GetOrAdd(string name)
    {
        if (Find(name) is { } known) return Convert.FromBase64String(known);
        try
        {
            Add(name, Convert.ToBase64String(NewKey()));
        }
        catch (DbUpdateException) when (Find(name) is not null)
        {
            // Another process was quicker.
        }
        return Convert.FromBase64String(Find(name)!);
    }

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        return scope.ServiceProvider.GetRequiredService<LmsDbContext>().SiteKeys.AsNoTracking().Where(k => k.Name.StartsWith(Protection)).Select(k => k.Value).AsEnumerable().Select(XElement.Parse).ToList();
    }

    public void StoreElement(XElement element, string friendlyName) => Add($"{Protection}{friendlyName}", element.ToString(SaveOptions.DisableFormatting));

    private string? Find(string name)
    {
        using var scope = scopes.CreateScope();
        return scope.ServiceProvider.GetRequiredService<LmsDbContext>().SiteKeys.AsNoTracking().Where(k => k.Name == name).Select(k => k.Value).SingleOrDefault();
    }

    private void Add(string name, string value)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<LmsDbContext>();
        db.Add(new SiteKey { Name = name, Value = value, CreatedAt = clock.GetUtcNow().UtcDateTime });
        db.SaveChanges();
    }
}
