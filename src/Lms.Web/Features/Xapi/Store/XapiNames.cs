using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>
/// A name that statements use over and over, so that links hold a number. The number is the name's hash: two writers agree on it
/// without a lock. Should two names ever share it, the later one takes the next free number.
/// </summary>
public abstract class XapiName
{
    public required long Id { get; init; }
    public required string Name { get; init; }

    internal static void Map<T>(EntityTypeBuilder<T> name, string table)
        where T : XapiName
    {
        name.ToTable(table);
        name.Property(n => n.Id).ValueGeneratedNever();
    }
}

/// <summary>An agent or identified group by its key, for example <c>account|https://lms.example|0192…</c>.</summary>
public sealed class XapiAgent : XapiName
{
    /// <summary>What it was last called; null when it never had a name for people.</summary>
    public string? DisplayName { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<XapiAgent>
    {
        public void Configure(EntityTypeBuilder<XapiAgent> agent) => Map(agent, "XapiAgents");
    }
}

/// <summary>An activity by its IRI, and what is known of it.</summary>
public sealed class XapiActivity : XapiName
{
    /// <summary>The canonical definition, UTF-8 JSON; null while nobody gave one.</summary>
    public byte[]? Definition { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<XapiActivity>
    {
        public void Configure(EntityTypeBuilder<XapiActivity> activity) => Map(activity, "XapiActivities");
    }
}

/// <summary>A verb by its IRI, and how it is shown.</summary>
public sealed class XapiVerb : XapiName
{
    /// <summary>The canonical display, UTF-8 JSON; null while nobody gave one.</summary>
    public byte[]? Display { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<XapiVerb>
    {
        public void Configure(EntityTypeBuilder<XapiVerb> verb) => Map(verb, "XapiVerbs");
    }
}
