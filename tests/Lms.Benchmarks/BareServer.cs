namespace Lms.Benchmarks;

/// <summary>The upper bound for a page: Kestrel answering with bytes that are in memory.</summary>
internal static class BareServer
{
    public static async Task<int> RunAsync(string file, string url)
    {
        var bytes = await File.ReadAllBytesAsync(file);
        var encoding = Path.GetExtension(file).TrimStart('.');
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        await using var app = builder.Build();
        app.MapGet("/", context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            if (encoding.Length > 0) context.Response.Headers.ContentEncoding = encoding;
            context.Response.ContentLength = bytes.Length;
            return context.Response.Body.WriteAsync(bytes).AsTask();
        });
        await app.RunAsync();
        return 0;
    }
}
