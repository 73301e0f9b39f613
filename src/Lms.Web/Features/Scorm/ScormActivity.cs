using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Scorm;

/// <summary>What a content object has said in an attempt: its data model, as last committed.</summary>
public sealed class ScormActivity
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private IReadOnlyDictionary<string, string>? _values;
    private IReadOnlyDictionary<string, string>? _given;

    public required Guid AttemptId { get; init; }
    /// <summary>A hash of <see cref="ActivityId"/>, which may be longer than a key: a new version of the package finds it again.</summary>
    public required string Key { get; init; }
    public required Guid CentreId { get; init; }
    /// <summary>Its identifier in the manifest.</summary>
    public required string ActivityId { get; init; }
    /// <summary><see cref="Values"/> as JSON: as text, it is compared and written in one go.</summary>
    public string ValuesJson { get; private set; } = "{}";
    public string GivenJson { get; private set; } = "{}";
    /// <summary>What the delivery told it of the beginning: <c>ab-initio</c>, <c>resume</c> or nothing.</summary>
    public string Entry { get; set; } = "";
    /// <summary>What statements have told of its standing, and how many of its interactions.</summary>
    public string Told { get; set; } = "";
    public int Answered { get; set; }
    /// <summary>Whether the content object has begun a session and not yet ended it.</summary>
    public bool Running { get; set; }
    public DateTime UpdatedAt { get; private set; }

    /// <summary>Values by element: what the content object set, and the time that it has taken altogether.</summary>
    public IReadOnlyDictionary<string, string> Values => _values ??= Read(ValuesJson);

    /// <summary>What the system told it beforehand: its objectives, and which shared data there is.</summary>
    public IReadOnlyDictionary<string, string> Given => _given ??= Read(GivenJson);

    public static string KeyOf(string activityId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(activityId)).AsSpan(0, 16));

    /// <summary>A delivery: with what the content finds, and where a suspended attempt goes on, with what it said.</summary>
    public void Deliver(IReadOnlyDictionary<string, string> given, IReadOnlyDictionary<string, string> values, string entry, DateTime at)
    {
        (_given, GivenJson) = (given, Write(given));
        (Entry, Running) = (entry, false);
        if (values.Count == 0) (Told, Answered) = ("", 0);
        Say(values, at);
    }

    /// <summary>What the content has said, all of it.</summary>
    public void Say(IReadOnlyDictionary<string, string> values, DateTime at)
    {
        (_values, ValuesJson, UpdatedAt) = (values, Write(values), at);
    }

    private static string Write(IReadOnlyDictionary<string, string> values) => JsonSerializer.Serialize(values, Plain);

    private static Dictionary<string, string> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];

    internal sealed class Configuration : IEntityTypeConfiguration<ScormActivity>
    {
        public void Configure(EntityTypeBuilder<ScormActivity> activity)
        {
            activity.HasKey(a => new { a.AttemptId, a.Key });
            activity.Property(a => a.Key).HasMaxLength(32);
            activity.Property(a => a.ValuesJson).HasColumnName("Values");
            activity.Property(a => a.GivenJson).HasColumnName("Given");
            activity.Property(a => a.Told).HasMaxLength(40);
            activity.Property(a => a.Entry).HasMaxLength(10);
            activity.Ignore(a => a.Values).Ignore(a => a.Given);
        }
    }
}
