using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lms.Standards.Xapi;
using Lms.Web.Data;
using Lms.Web.Features.Xapi.Store;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Features.Xapi.Statements;

/// <summary>Writes statements in the format that was asked for.</summary>
internal sealed class StatementOutput(LmsDbContext db, NameFinder names)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How <c>stored</c> is written: to the tick, so that it can be asked for as <c>since</c>.</summary>
    public static string StoredText(long sequence) => new DateTime(sequence, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The statement as it is given out, <c>exact</c>.</summary>
    public static void WriteExact(IBufferWriter<byte> target, in StatementRecord record)
    {
        const int most = 100;
        var stored = new DateTime(record.Sequence, DateTimeKind.Utc);
        var span = target.GetSpan(most + record.Json.Length);
        var at = Append(span, "{\"stored\":\""u8);
        stored.TryFormat(span[at..], out var written, "O", CultureInfo.InvariantCulture);
        at += written;
        if (!record.HasTimestamp)
        {
            at += Append(span[at..], "\",\"timestamp\":\""u8);
            stored.TryFormat(span[at..], out written, "O", CultureInfo.InvariantCulture);
            at += written;
        }
        at += Append(span[at..], "\","u8);
        record.Json.AsSpan(1).CopyTo(span[at..]);
        target.Advance(at + record.Json.Length - 1);
    }

    /// <summary>A StatementResult object. (Data 2.5)</summary>
    /// <param name="more">Address of the next page; null at the end.</param>
    public async Task WriteResultAsync(IBufferWriter<byte> target, IReadOnlyList<StatementRecord> records, string? more, StatementsFormat format, LanguagePreference prefer, CancellationToken ct)
    {
        target.Write("{\"statements\":["u8);
        var canonical = format == StatementsFormat.Canonical ? await CanonicalAsync(records, prefer, ct) : null;
        for (var i = 0; i < records.Count; i++)
        {
            if (i > 0) target.Write(","u8);
            Write(target, records[i], format, canonical);
        }
        target.Write("],\"more\":"u8);
        target.Write(JsonSerializer.SerializeToUtf8Bytes(more ?? ""));
        target.Write("}"u8);
    }

    public async Task WriteOneAsync(IBufferWriter<byte> target, StatementRecord record, StatementsFormat format, LanguagePreference prefer, CancellationToken ct) =>
        Write(target, record, format, format == StatementsFormat.Canonical ? await CanonicalAsync([record], prefer, ct) : null);

    private static void Write(IBufferWriter<byte> target, in StatementRecord record, StatementsFormat format, CanonicalNames? canonical)
    {
        if (format == StatementsFormat.Exact)
        {
            WriteExact(target, record);
            return;
        }
        var exact = new ArrayBufferWriter<byte>(record.Json.Length + 128);
        WriteExact(exact, record);
        using var statement = JsonDocument.Parse(exact.WrittenMemory);
        using var json = new Utf8JsonWriter(target, Options);
        if (canonical is null) StatementFormat.WriteIds(json, statement.RootElement);
        else StatementFormat.WriteCanonical(json, statement.RootElement, canonical);
    }

    /// <summary>What is known of all activities and verbs of the page, in two queries.</summary>
    private async Task<CanonicalNames> CanonicalAsync(IReadOnlyList<StatementRecord> records, LanguagePreference prefer, CancellationToken ct)
    {
        var (activities, verbs) = (new HashSet<long>(), new HashSet<long>());
        foreach (var record in records)
        {
            using var json = JsonDocument.Parse(record.Json);
            var links = StatementLinks.Of(json.RootElement);
            if (await names.VerbAsync(links.VerbId, ct) is { } verb) verbs.Add(verb);
            foreach (var link in links.Activities)
                if (await names.ActivityAsync(link.Id, ct) is { } activity) activities.Add(activity);
        }
        var definitions = await db.XapiActivities.AsNoTracking().Where(a => activities.Contains(a.Id) && a.Definition != null).ToDictionaryAsync(a => a.Name, a => Parse(a.Definition!), StringComparer.Ordinal, ct);
        var displays = await db.XapiVerbs.AsNoTracking().Where(v => verbs.Contains(v.Id) && v.Display != null).ToDictionaryAsync(v => v.Name, v => Parse(v.Display!), StringComparer.Ordinal, ct);
        return new CanonicalNames(iri => definitions.TryGetValue(iri, out var d) ? d : null, iri => displays.TryGetValue(iri, out var d) ? d : null, prefer);
    }

    private static JsonElement Parse(byte[] json) => JsonSerializer.Deserialize<JsonElement>(json);

    private static int Append(Span<byte> target, ReadOnlySpan<byte> text)
    {
        text.CopyTo(target);
        return text.Length;
    }
}
