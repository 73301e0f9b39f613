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

/// <summary>JSON Lines: one statement, exact, a line.</summary>
internal sealed class JsonLines : IExportFormat
{
    private const int Chunk = 64 * 1024;
    private readonly ArrayBufferWriter<byte> _buffer = new(Chunk);
    private Stream _target = Stream.Null;

    public string ContentType => "application/jsonl";
    public string Extension => "jsonl";

    public Task BeginAsync(Stream target, CancellationToken ct)
    {
        _target = target;
        return Task.CompletedTask;
    }

    public async Task WriteAsync(IReadOnlyList<StatementRecord> page, CancellationToken ct)
    {
        foreach (var record in page)
        {
            WriteLine(_buffer, record);
            _buffer.Write("\n"u8);
            if (_buffer.WrittenCount >= Chunk) await FlushAsync(ct);
        }
        await FlushAsync(ct);
    }

    public Task EndAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>The statement without a line break.</summary>
    public static void WriteLine(IBufferWriter<byte> target, in StatementRecord record)
    {
        // Within a string a line break is escaped, so these stand between tokens, where a space means the same.
        record.Json.AsSpan().Replace((byte)'\n', (byte)' ');
        record.Json.AsSpan().Replace((byte)'\r', (byte)' ');
        StatementOutput.WriteExact(target, record);
    }

    private async Task FlushAsync(CancellationToken ct)
    {
        await _target.WriteAsync(_buffer.WrittenMemory, ct);
        _buffer.ResetWrittenCount();
    }
}

/// <summary>CSV by RFC 4180 with a header, in UTF-8.</summary>
internal sealed class CsvTable(IReadOnlyList<StatementColumn> columns, LanguagePreference prefer) : IExportFormat
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");
    // What a spreadsheet takes for the start of a formula. (OWASP, CSV injection)
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r\n＝＋－＠");
    private readonly StringBuilder _text = new();
    private Stream _target = Stream.Null;

    public string ContentType => "text/csv; charset=utf-8; header=present";
    public string Extension => "csv";

    public Task BeginAsync(Stream target, CancellationToken ct)
    {
        _target = target;
        AddLine(columns.Select(c => c.Name));
        return FlushAsync(ct);
    }

    public Task WriteAsync(IReadOnlyList<StatementRecord> page, CancellationToken ct)
    {
        foreach (var record in page) AddLine(StatementColumns.Cells(columns, record, prefer).Select(c => c is string text ? Guarded(text) : StatementColumns.TextOf(c)));
        return FlushAsync(ct);
    }

    public Task EndAsync(CancellationToken ct) => Task.CompletedTask;

    private void AddLine(IEnumerable<string> cells)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first) _text.Append(',');
            first = false;
            if (cell.AsSpan().ContainsAny(Quoted)) _text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            else _text.Append(cell);
        }
        _text.Append("\r\n");
    }

    private static string Guarded(string text) => text.Length > 0 && Formula.Contains(text[0]) ? $"'{text}" : text;

    private async Task FlushAsync(CancellationToken ct)
    {
        await _target.WriteAsync(Encoding.UTF8.GetBytes(_text.ToString()), ct);
        _text.Clear();
    }
}
