using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Lms.Web.Operations;

/// <summary>
/// Metrics, traces and logs over OTLP, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to. Without it nothing of OpenTelemetry runs.
/// </summary>
internal static class OtlpExport
{
    public static bool IsOn(IConfiguration configuration) => configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };

    public static void AddOtlpExport(this WebApplicationBuilder builder)
    {
        if (IsOn(builder.Configuration)) Load(builder);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Load(WebApplicationBuilder builder)
    {
        var name = builder.Configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } given ? given : "seedlot";
        var version = typeof(OtlpExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(name, serviceVersion: version))
            .WithTracing(traces => traces
                .AddSource(Telemetry.SourceName)
                .AddAspNetCoreInstrumentation(requests => requests.Filter = http => !IsProbe(http.Request.Path))
                .AddHttpClientInstrumentation()
                .AddProcessor(new SafeSpans())
                .AddOtlpExporter())
            .WithMetrics(metrics => metrics
                .AddMeter("Seedlot.*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
                .AddOtlpExporter())
            .WithLogging(logs => logs.AddProcessor(new SafeRecords()).AddOtlpExporter(), options => options.IncludeFormattedMessage = true);
    }

    private static bool IsProbe(PathString path) => path.StartsWithSegments("/health") || path.StartsWithSegments("/metrics");

    /// <summary>Keeps of a span what says how the program works. Addresses, queries and agents of browsers say what people did.</summary>
    private sealed class SafeSpans : BaseProcessor<Activity>
    {
        private static readonly HashSet<string> Kept =
        [
            "http.request.method", "http.response.status_code", "http.route", "network.protocol.version", "url.scheme", "server.address", "server.port", "error.type",
        ];

        public override void OnEnd(Activity data)
        {
            foreach (var (name, _) in data.TagObjects.ToList())
                if (!Kept.Contains(name) && !name.StartsWith("seedlot.", StringComparison.Ordinal)) data.SetTag(name, null);
            if (data.StatusDescription is not null) data.SetStatus(data.Status);
        }
    }

    /// <summary>What <see cref="SafeConsole"/> does for the console.</summary>
    private sealed class SafeRecords : BaseProcessor<LogRecord>
    {
        public override void OnEnd(LogRecord data)
        {
            if (data.Exception is not { } failure) return;
            data.Attributes = [.. data.Attributes ?? [], new("exception.type", failure.GetType().FullName), new("exception.stacktrace", SafeException.Text(failure))];
            data.Exception = null;
        }
    }
}
