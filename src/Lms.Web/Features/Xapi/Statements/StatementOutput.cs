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
internal sealed class StatementOutput(Lazy<LmsDbContext> db, NameFinder names)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How <c>stored</c> is written: to the tick, so that it can be asked for as <c>since</c>.</summary>
    public static string StoredText(long sequence) => new DateTime(sequence, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The statement as it is given out, <c>exact</c>.</summary>
    public static void WriteExact(IBufferWriter<byte> target, in StatementRecord record)
    {
        Span<byte> stored = stackalloc byte[StoredLength];
        new DateTime(record.Sequence, DateTimeKind.Utc).TryFormat(stored, out _, "O", CultureInfo.InvariantCulture);
        target.Write(BeforeStored);
        target.Write(stored);
        if (!record.HasTimestamp)
        {
            target.Write(BeforeTimestamp);
            target.Write(stored);
        }
        target.Write(BeforeRest);
        target.Write(record.Json.AsSpan(1));
    }

    /// <summary>How many octets <see cref="WriteExact"/> writes.</summary>
    public static int LengthOf(in StatementRecord record) =>
        BeforeStored.Length + StoredLength + (record.HasTimestamp ? 0 : BeforeTimestamp.Length + StoredLength) + BeforeRest.Length + record.Json.Length - 1;

    private const int StoredLength = 28;
    private static ReadOnlySpan<byte> BeforeStored => "{\"stored\":\""u8;
    private static ReadOnlySpan<byte> BeforeTimestamp => "\",\"timestamp\":\""u8;
    private static ReadOnlySpan<byte> BeforeRest => "\","u8;

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
        target.Write(End(more));
    }

    /// <summary>What follows the last statement of a result.</summary>
    public static byte[] End(string? more) => Encoding.UTF8.GetBytes($"],\"more\":\"{JsonEncodedText.Encode(more ?? "", JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"}}");

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
        var definitions = await db.Value.XapiActivities.AsNoTracking().Where(a => activities.Contains(a.Id) && a.Definition != null).ToDictionaryAsync(a => a.Name, a => Parse(a.Definition!), StringComparer.Ordinal, ct);
        var displays = await db.Value.XapiVerbs.AsNoTracking().Where(v => verbs.Contains(v.Id) && v.Display != null).ToDictionaryAsync(v => v.Name, v => Parse(v.Display!), StringComparer.Ordinal, ct);
        return new CanonicalNames(iri => definitions.TryGetValue(iri, out var d) ? d : null, iri => displays.TryGetValue(iri, out var d) ? d : null, prefer);
    }

    private static JsonElement Parse(byte[] json) => JsonSerializer.Deserialize<JsonElement>(json);
}
