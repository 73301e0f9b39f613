using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lms.Web.Operations;

/// <summary>Spans of this program's own work. Nothing is made of them unless somebody listens, which is when they are exported.</summary>
internal static class Telemetry
{
    public const string SourceName = "Seedlot";
    private const string Cause = "traceparent";

    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>A span of work that others asked for earlier, linked to the spans in which they did.</summary>
    public static Activity? StartLinked(string name, ActivityKind kind, IEnumerable<ActivityContext> causes) =>
        Source.HasListeners() ? Source.StartActivity(name, kind, parentContext: default, links: causes.Where(c => c != default).Select(c => new ActivityLink(c))) : null;

    /// <summary>The current span, to be linked to from work that follows; nothing while nobody keeps it.</summary>
    public static ActivityContext Current => Activity.Current is { Recorded: true } current ? current.Context : default;

    /// <summary>The message with the current span beside its ids, so that the job that follows is linked to it; as it was while nobody keeps spans.</summary>
    public static string WithCause(string message)
    {
        if (Activity.Current is not { Recorded: true } current) return message;
        var payload = JsonNode.Parse(message)!.AsObject();
        payload[Cause] = current.Id;
        return payload.ToJsonString();
    }

    public static ActivityContext CauseOf(string message)
    {
        if (!Source.HasListeners() || !message.Contains(Cause, StringComparison.Ordinal)) return default;
        using var payload = JsonDocument.Parse(message);
        return payload.RootElement.TryGetProperty(Cause, out var cause) && ActivityContext.TryParse(cause.GetString(), null, out var context) ? context : default;
    }

    public static void Failed(this Activity? span, Exception failure)
    {
        // Its message may say more than is anybody's business: the log's rule, see SafeException.
        span?.SetTag("error.type", failure.GetType().FullName);
        span?.SetStatus(ActivityStatusCode.Error);
    }
}
