using System.Xml.Linq;

namespace Lms.Standards.Scorm.Manifest;

/// <summary>Tells the edition by what the manifest says, or else by what it uses.</summary>
internal static class EditionDetection
{
    public static ScormEdition Detect(XElement manifest) =>
        Said(manifest.Child("metadata")?.Child("schemaversion").Text() ?? "") ?? Shown(manifest);

    private static ScormEdition? Said(string version)
    {
        bool Has(string part) => version.Contains(part, StringComparison.OrdinalIgnoreCase);
        if (Has("4th")) return ScormEdition.Scorm2004Fourth;
        if (Has("3rd")) return ScormEdition.Scorm2004Third;
        if (Has("2nd") || Has("1.3")) return ScormEdition.Scorm2004Second;
        if (Has("2004")) return ScormEdition.Scorm2004Third;
        return version is "1.2" ? ScormEdition.Scorm12 : null;
    }

    private static ScormEdition Shown(XElement manifest)
    {
        var names = manifest.DescendantsAndSelf().SelectMany(e => e.Attributes()).Where(a => a.IsNamespaceDeclaration).Select(a => a.Value).ToList();
        bool Uses(string part) => names.Any(n => n.Contains(part, StringComparison.OrdinalIgnoreCase));
        if (Uses("adlcp_rootv1p2")) return ScormEdition.Scorm12;
        if (!Uses("adlcp_v1p3") && !Uses("imsss") && !Uses("adlseq") && !manifest.Descendants().Any(e => e.Is("sequencing"))) return ScormEdition.Scorm12;
        return manifest.Descendants().Any(e => e.Is("data") && e.Child("map") is not null || e.Get("completedByMeasure") is not null || (e.Is("objectives") && e.IsAdlSequencing()))
            ? ScormEdition.Scorm2004Fourth : ScormEdition.Scorm2004Third;
    }
}
