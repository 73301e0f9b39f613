using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Lms.Web.Features.Authoring.Export;

/// <summary>Gathers the files of a package and writes them so that the same files are the same bytes: in the order of their names, without a time.</summary>
internal sealed class PackageWriter
{
    // The first that a zip can say.
    private static readonly DateTimeOffset s_noTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Paths => _files.Keys;

    public void Add(string path, byte[] bytes) => _files[path] = bytes;

    public void Add(string path, string text) => Add(path, Encoding.UTF8.GetBytes(text));

    public void Add(string path, XElement root) => Add(path, $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{root.ToString().ReplaceLineEndings("\n")}\n");

    public byte[] ToZip()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in _files)
            {
                var entry = zip.CreateEntry(path, CompressionLevel.SmallestSize);
                entry.LastWriteTime = s_noTime;
                using var file = entry.Open();
                file.Write(content);
            }
        }
        return bytes.ToArray();
    }
}
