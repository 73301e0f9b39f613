namespace Lms.Web.Features.Xapi.Consumers;

/// <summary>The fields of a new consumer and of one that is changed.</summary>
public sealed class ConsumerForm
{
    public Guid Centre { get; set; }
    public ConsumerKind Kind { get; set; }
    public string? Name { get; set; }
    public string? Address { get; set; }
    public ConsumerAuthentication Authentication { get; set; } = ConsumerAuthentication.Basic;
    public string? UserName { get; set; }
    public string? Secret { get; set; }
    public string? Version { get; set; }
    /// <summary>One IRI on each line.</summary>
    public string? Verbs { get; set; }
    public string? ActivityPrefix { get; set; }
    public string? Course { get; set; }
    public Guid? OnlyCentre { get; set; }

    public ConsumerDetails Details => new(Name, Kind, Address, Authentication, UserName, Secret, Version,
        new ConsumerFilter((Verbs ?? "").Split(['\r', '\n', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries), ActivityPrefix, Course, OnlyCentre));

    public static ConsumerForm Of(StatementConsumer consumer)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        return new ConsumerForm
        {
            Centre = consumer.CentreId,
            Kind = consumer.Kind,
            Name = consumer.Name,
            Address = consumer.Address,
            Authentication = consumer.Authentication,
            UserName = consumer.UserName,
            Version = consumer.Version,
            Verbs = string.Join('\n', consumer.Filter.Verbs),
            ActivityPrefix = consumer.Filter.ActivityPrefix,
            Course = consumer.Filter.Course,
            OnlyCentre = consumer.Filter.CentreId,
        };
    }
}

/// <summary>What the fields offer for choice.</summary>
/// <param name="Form">The fields.</param>
/// <param name="Centres">Centres whose statements the hub's consumer may be limited to; none for others.</param>
/// <param name="HasSecret">Whether a secret is stored, which an empty field keeps.</param>
public sealed record ConsumerFields(ConsumerForm Form, IReadOnlyList<(Guid Id, string Name)> Centres, bool HasSecret);
