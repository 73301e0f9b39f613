using Lms.Standards.Xapi;
using Lms.Web.Features.Xapi.Statements;
using Parquet;
using Parquet.Schema;

namespace Lms.Web.Features.Xapi.Export;

/// <summary>Apache Parquet, the columns compressed, in row groups of a few thousand statements.</summary>
internal sealed class ParquetTable(IReadOnlyList<StatementColumn> columns, LanguagePreference prefer) : IExportFormat
{
    public const string MediaType = "application/vnd.apache.parquet";
    private const int GroupSize = 5_000;

    // The library's pool of buffers would never shrink by itself.
    private static readonly ParquetOptions Options = new() { MaximumSmallPoolFreeBytes = 4 << 20, MaximumLargePoolFreeBytes = 4 << 20 };
    private readonly DataField[] _fields = [.. columns.Select(FieldOf)];
    private readonly List<object?[]> _rows = new(GroupSize);
    private ParquetWriter? _writer;

    public string ContentType => MediaType;
    public string Extension => "parquet";

    public async Task BeginAsync(Stream target, CancellationToken ct) =>
        _writer = await ParquetWriter.CreateAsync(new ParquetSchema(_fields), new ForwardStream(target), Options, cancellationToken: ct);

    public async Task WriteAsync(IReadOnlyList<StatementRecord> page, CancellationToken ct)
    {
        foreach (var record in page) _rows.Add(StatementColumns.Cells(columns, record, prefer));
        if (_rows.Count >= GroupSize) await WriteGroupAsync(ct);
    }

    public async Task EndAsync(CancellationToken ct)
    {
        if (_rows.Count > 0) await WriteGroupAsync(ct);
        await _writer!.DisposeAsync();
    }

    private async Task WriteGroupAsync(CancellationToken ct)
    {
        using var group = _writer!.CreateRowGroup();
        for (var i = 0; i < columns.Count; i++)
        {
            var (field, column) = (_fields[i], i);
            if (columns[i].Type == typeof(string)) await group.WriteAsync(field, _rows.ConvertAll(r => (string?)r[column])!);
            else if (columns[i].Type == typeof(double)) await group.WriteAsync<double>(field, Values<double>(column), cancellationToken: ct);
            else if (columns[i].Type == typeof(bool)) await group.WriteAsync<bool>(field, Values<bool>(column), cancellationToken: ct);
            else await group.WriteAsync<DateTime>(field, Values<DateTime>(column), cancellationToken: ct);
        }
        group.CompleteValidate();
        _rows.Clear();
    }

    private ReadOnlyMemory<T?> Values<T>(int column)
        where T : struct => _rows.Select(r => (T?)r[column]).ToArray();

    private static DataField FieldOf(StatementColumn column) => column.Type == typeof(DateTime)
        ? new DateTimeDataField(column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable: true)
        : new DataField(column.Name, column.Type, isNullable: true);

    /// <summary>A body that knows its position, which the library asks for, and leaves flushing to the server.</summary>
    private sealed class ForwardStream(Stream target) : Stream
    {
        private long _position;

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => _position;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override void Flush() { }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await target.WriteAsync(buffer, cancellationToken);
            _position += buffer.Length;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
