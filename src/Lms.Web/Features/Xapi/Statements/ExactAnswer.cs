using System.Buffers;

namespace Lms.Web.Features.Xapi.Statements;

/// <summary>A StatementResult of statements exactly as they are stored: from the database's bytes to the connection's, without a copy between.</summary>
internal sealed class ExactAnswer(IReadOnlyList<StatementRecord> records, string? more) : IResult
{
    private const int Chunk = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, end) = (httpContext.Response, StatementOutput.End(more));
        response.ContentType = "application/json";
        response.ContentLength = Start.Length + records.Sum(r => (long)StatementOutput.LengthOf(r)) + Math.Max(0, records.Count - 1) + end.Length;
        if (HttpMethods.IsHead(httpContext.Request.Method)) return;

        var body = response.BodyWriter;
        body.Write(Start);
        for (var i = 0; i < records.Count; i++)
        {
            if (i > 0) body.Write(","u8);
            StatementOutput.WriteExact(body, records[i]);
            if (body.UnflushedBytes > Chunk) await body.FlushAsync(httpContext.RequestAborted);
        }
        body.Write(end);
        await body.FlushAsync(httpContext.RequestAborted);
    }

    private static ReadOnlySpan<byte> Start => "{\"statements\":["u8;
}
