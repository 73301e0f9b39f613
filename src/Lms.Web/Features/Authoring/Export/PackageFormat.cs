namespace Lms.Web.Features.Authoring.Export;

/// <summary>As what a course can be taken to another learning platform.</summary>
public enum PackageFormat
{
    Scorm12,
    Scorm2004,
    Cmi5,
}

public static class PackageFormats
{
    /// <summary>What the command and the API call them.</summary>
    public static readonly IReadOnlyDictionary<string, PackageFormat> ByName = new Dictionary<string, PackageFormat>
    {
        ["scorm12"] = PackageFormat.Scorm12,
        ["scorm2004"] = PackageFormat.Scorm2004,
        ["cmi5"] = PackageFormat.Cmi5,
    };

    public static string Names { get; } = string.Join(", ", ByName.Keys);

    public static string NameOf(PackageFormat format) => ByName.First(f => f.Value == format).Key;

    /// <summary>What people call them.</summary>
    public static string TitleOf(PackageFormat format) => format switch
    {
        PackageFormat.Scorm12 => "SCORM 1.2",
        PackageFormat.Scorm2004 => "SCORM 2004 4th Edition",
        _ => "cmi5",
    };
}
