using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Lms.Web.Operations;

/// <summary>The console's log, as lines for people or, with <c>LMS__Logs__Format=json</c>, an object a line for machines; in both, exceptions as <see cref="SafeException"/> has them.</summary>
internal static class SafeConsole
{
    public static void AddSafeConsole(this ILoggingBuilder logging, IConfiguration configuration)
    {
        // They stand in for the framework's own by their names, so its settings work as ever.
        foreach (var formatter in logging.Services.Where(s => s.ServiceType == typeof(ConsoleFormatter)).ToList()) logging.Services.Remove(formatter);
        logging.Services.AddSingleton<ConsoleFormatter>(new LineFormatter());
        logging.Services.AddSingleton<ConsoleFormatter>(new JsonFormatter());
        if (configuration["LMS:Logs:Format"] is { Length: > 0 } format)
            logging.Services.Configure<ConsoleLoggerOptions>(options => options.FormatterName = format switch
            {
                "json" => ConsoleFormatterNames.Json,
                "text" => ConsoleFormatterNames.Simple,
                _ => throw new RefusalException($"LMS__Logs__Format is “{format}”. Set it to text or json."),
            });
    }

    internal static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "critical",
    };

    private sealed class LineFormatter() : ConsoleFormatter(ConsoleFormatterNames.Simple)
    {
        public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
        {
            textWriter.Write(DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z '", CultureInfo.InvariantCulture));
            textWriter.Write($"{Level(logEntry.LogLevel)} {logEntry.Category}: {logEntry.Formatter(logEntry.State, null)}");
            if (Activity.Current is { } activity) textWriter.Write($" (trace {activity.TraceId})");
            textWriter.WriteLine();
            if (logEntry.Exception is { } failure) textWriter.WriteLine(SafeException.Text(failure));
        }
    }

    private sealed class JsonFormatter() : ConsoleFormatter(ConsoleFormatterNames.Json)
    {
        private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, Options))
            {
                json.WriteStartObject();
                json.WriteString("time", DateTime.UtcNow);
                json.WriteString("level", Level(logEntry.LogLevel));
                json.WriteString("category", logEntry.Category);
                json.WriteString("message", logEntry.Formatter(logEntry.State, null));
                if (Activity.Current is { } activity)
                {
                    json.WriteString("trace_id", activity.TraceId.ToHexString());
                    json.WriteString("span_id", activity.SpanId.ToHexString());
                }
                if (logEntry.Exception is { } failure)
                {
                    json.WriteString("exception", failure.GetType().FullName);
                    json.WriteString("stack", SafeException.Text(failure));
                }
                if (logEntry.State is IEnumerable<KeyValuePair<string, object?>> values) Write(json, values);
                json.WriteEndObject();
            }
            textWriter.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        }

        private static void Write(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> values)
        {
            json.WriteStartObject("values");
            foreach (var (name, value) in values)
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }
    }
}
