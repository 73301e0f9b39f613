using System.Globalization;
using System.Xml.Linq;
using Lms.Standards.Packages;

namespace Lms.Standards.Cmi5;

/// <summary>Gathers what a reader finds, with the place of each.</summary>
internal sealed class StructureNotes(string file, string prefix)
{
    private readonly List<PackageFinding> _findings = [];

    public IReadOnlyList<PackageFinding> Findings => _findings;

    public bool Failed => _findings.Any(f => f.Severity == Severity.Error);

    public void Error(string requirement, XObject at, string message, string cure) =>
        _findings.Add(PackageFinding.Error(prefix + requirement, Full(at), message, cure));

    public void Warning(string requirement, XObject at, string message, string cure) =>
        _findings.Add(PackageFinding.Warning(prefix + requirement, Full(at), message, cure));

    public void Information(string code, XObject at, string message, string cure) =>
        _findings.Add(PackageFinding.Information(prefix + code, Full(at), message, cure));

    private string Full(XObject at) => at is XDocument ? file : $"{file}/{Place(at)}";

    /// <summary><c>courseStructure/block[2]/au[1]@id</c>: a number where the element has sisters of its name.</summary>
    public static string Place(XObject at)
    {
        if (at is XAttribute attribute) return $"{Place(attribute.Parent!)}@{attribute.Name.LocalName}";
        var element = at as XElement ?? at.Parent!;
        return string.Join('/', element.AncestorsAndSelf().Reverse().Select(Step));
    }

    private static string Step(XElement element)
    {
        var before = element.ElementsBeforeSelf(element.Name).Count();
        return before == 0 && !element.ElementsAfterSelf(element.Name).Any()
            ? element.Name.LocalName
            : string.Create(CultureInfo.InvariantCulture, $"{element.Name.LocalName}[{before + 1}]");
    }
}
