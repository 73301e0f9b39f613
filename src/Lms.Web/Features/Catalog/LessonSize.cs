using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Catalog;

/// <summary>What a browser downloads for a lesson's own part: its text, compressed, and its figures.</summary>
public static class LessonSize
{
    private static readonly ConditionalWeakTable<LessonText, StrongBox<long>> Known = [];

    public static long Of(LessonText text) => Known.GetValue(text, t => new StrongBox<long>(Measure(t))).Value;

    private static long Measure(LessonText text)
    {
        var html = Encoding.UTF8.GetBytes(string.Concat(text.Blocks.Select(b => b.Html ?? b.Check!.StemHtml)));
        using var counter = new MemoryStream();
        using (var brotli = new BrotliStream(counter, CompressionLevel.Fastest, leaveOpen: true)) brotli.Write(html);
        return counter.Length + text.AssetBytes;
    }
}
