using System.Text.Json.Serialization;

namespace Lms.Standards.Packages;

/// <summary>Something about a package that its author should know.</summary>
/// <param name="Severity">An error refuses the package; the others do not.</param>
/// <param name="Code">Stable short name, for example <c>reference-dangling</c>.</param>
/// <param name="Place">File and element: <c>imsmanifest.xml/organizations/organization[1]/item[2]@identifierref</c>.</param>
/// <param name="Message">What is wrong, one sentence.</param>
/// <param name="Cure">What to do, one sentence.</param>
public sealed record PackageFinding(Severity Severity, string Code, string Place, string Message, string Cure)
{
    /// <summary>What refuses the package.</summary>
    public static PackageFinding Error(string code, string place, string message, string cure) => new(Severity.Error, code, place, message, cure);

    /// <summary>What works, and not quite as its author may think.</summary>
    public static PackageFinding Warning(string code, string place, string message, string cure) => new(Severity.Warning, code, place, message, cure);

    /// <summary>What its author may like to know.</summary>
    public static PackageFinding Information(string code, string place, string message, string cure) => new(Severity.Information, code, place, message, cure);

    /// <summary><c>place: severity code: message cure</c>.</summary>
    public override string ToString() => $"{Place}: {Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "information" }} {Code}: {Message} {Cure}";
}

/// <summary>How much a finding matters.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>Good to know.</summary>
    Information,

    /// <summary>The author should look.</summary>
    Warning,

    /// <summary>The package can't be imported.</summary>
    Error,
}
