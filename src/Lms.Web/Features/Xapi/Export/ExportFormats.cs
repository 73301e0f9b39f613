using System.Buffers;
using System.Text;
using Lms.Standards.Xapi;
using Lms.Web.Features.Xapi.Statements;

namespace Lms.Web.Features.Xapi.Export;

/// <summary>A way to write many statements one after the other.</summary>
internal interface IExportFormat
{
    string ContentType { get; }

    /// <summary>What the name of the file ends with.</summary>
    string Extension { get; }

    Task BeginAsync(Stream target, CancellationToken ct);

    /// <summary>Writes a page; keeps nothing of it beyond what a file's structure demands.</summary>
    Task WriteAsync(IReadOnlyList<StatementRecord> page, CancellationToken ct);

    Task EndAsync(CancellationToken ct);
}

/// <summary>The formats by their names in <c>format=</c>.</summary>
internal static class ExportFormats
{
    public const string JsonLines = "jsonl";
    public const string Csv = "csv";
    public const string Parquet = "parquet";

    /// <param name="name">Its name.</param>
    /// <param name="columns">The columns of a table.</param>
    /// <param name="prefer">The languages in which a table gives names.</param>
    /// <returns>Null when there is no format of that name.</returns>
    public static IExportFormat? Of(string? name, IReadOnlyList<StatementColumn> columns, LanguagePreference prefer) => name switch
    {
        JsonLines => new JsonLines(),
        Csv => new CsvTable(columns, prefer),
        Parquet => new ParquetTable(columns, prefer),
        _ => null,
    };
}

/// <summary>Text that is written line by line, in pieces that stay small.</summary>
internal abstract class LinesExport : IExportFormat
{
    private const int Chunk = 64 * 1024;
    private readonly ArrayBufferWriter<byte> _buffer = new(Chunk);
    private Stream _target = Stream.Null;

    public abstract string ContentType { get; }
    public abstract string Extension { get; }

    public Task BeginAsync(Stream target, CancellationToken ct)
    {
        _target = target;
        AddHeader(_buffer);
        return Task.CompletedTask;
    }

    public async Task WriteAsync(IReadOnlyList<StatementRecord> page, CancellationToken ct)
    {
        foreach (var record in page)
        {
            AddLine(_buffer, record);
            if (_buffer.WrittenCount >= Chunk) await FlushAsync(ct);
        }
        await FlushAsync(ct);
    }

    public Task EndAsync(CancellationToken ct) => FlushAsync(ct);

    protected abstract void AddHeader(IBufferWriter<byte> target);

    protected abstract void AddLine(IBufferWriter<byte> target, in StatementRecord record);

    private async Task FlushAsync(CancellationToken ct)
    {
        await _target.WriteAsync(_buffer.WrittenMemory, ct);
        _buffer.ResetWrittenCount();
    }
}

/// <summary>JSON Lines: one statement, exact, a line.</summary>
internal sealed class JsonLines : LinesExport
{
    public override string ContentType => "application/jsonl";
    public override string Extension => "jsonl";

    /// <summary>The statement without a line break.</summary>
    public static void Write(IBufferWriter<byte> target, in StatementRecord record)
    {
        // Within a string a line break is escaped, so these stand between tokens, where a space means the same.
        record.Json.AsSpan().Replace((byte)'\n', (byte)' ');
        record.Json.AsSpan().Replace((byte)'\r', (byte)' ');
        StatementOutput.WriteExact(target, record);
    }

    protected override void AddHeader(IBufferWriter<byte> target) { }

    protected override void AddLine(IBufferWriter<byte> target, in StatementRecord record)
    {
        Write(target, record);
        target.Write("\n"u8);
    }
}

/// <summary>CSV by RFC 4180 with a header, in UTF-8.</summary>
internal sealed class CsvTable(IReadOnlyList<StatementColumn> columns, LanguagePreference prefer) : LinesExport
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");
    // What a spreadsheet takes for the start of a formula. (OWASP, CSV injection)
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    public override string ContentType => "text/csv; charset=utf-8; header=present";
    public override string Extension => "csv";

    protected override void AddHeader(IBufferWriter<byte> target) => Add(target, columns.Select(c => c.Name));

    protected override void AddLine(IBufferWriter<byte> target, in StatementRecord record) =>
        Add(target, StatementColumns.Cells(columns, record, prefer).Select(c => c is string text ? Guarded(text) : StatementColumns.TextOf(c)));

    private static void Add(IBufferWriter<byte> target, IEnumerable<string> cells)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first) target.Write(","u8);
            first = false;
            var text = cell.AsSpan().ContainsAny(Quoted) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
            Encoding.UTF8.GetBytes(text, target);
        }
        target.Write("\r\n"u8);
    }

    private static string Guarded(string text) => text.Length > 0 && Formula.Contains(text[0]) ? $"'{text}" : text;
}
