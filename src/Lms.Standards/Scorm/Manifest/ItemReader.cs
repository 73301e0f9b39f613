using System.Xml.Linq;

namespace Lms.Standards.Scorm.Manifest;

/// <summary>Reads organizations and their items.</summary>
internal sealed class ItemReader(
    ScormEdition edition, ManifestFindings findings, Dictionary<string, ResourceEntry> resources, SequencingReader sequencing, Dictionary<string, XElement> subManifests)
{
    private static readonly string[] s_timeLimitActions = ["exit,message", "exit,no message", "continue,message", "continue,no message"];
    private readonly AddressResolver _addresses = new(findings);
    private readonly HashSet<XElement> _open = [];
    private HashSet<string> _seen = [];
    private HashSet<string> _taken = [];

    public ScormOrganization ReadOrganization(XElement element)
    {
        _seen = new HashSet<string>(StringComparer.Ordinal);
        _taken = new HashSet<string>(StringComparer.Ordinal);
        var root = ReadActivity(element);
        return new ScormOrganization
        {
            // Content knows its own item; nothing knows the organization.
            Root = Holds(root.Children, root.Identifier) ? root with { Identifier = Fresh(root.Identifier) } : root,
            ObjectivesGlobalToSystem = findings.Flag(element, "objectivesGlobalToSystem", true),
            SharedDataGlobalToSystem = findings.Flag(element, "sharedDataGlobalToSystem", true),
        };
    }

    private ActivityDefinition ReadActivity(XElement element)
    {
        var id = Identify(element);
        var children = element.Children("item").Select(ReadActivity).ToList();
        var activity = new ActivityDefinition
        {
            Identifier = id,
            Title = element.Child("title").Text() ?? id,
            IsVisible = findings.Flag(element, "isvisible", true),
            Sequencing = edition == ScormEdition.Scorm12 ? new() : sequencing.Read(element.Child("sequencing")),
            HideLmsUi = HiddenControls(element),
            DataFromLms = element.Child("dataFromLMS")?.Value.Trim(),
            TimeLimitAction = TimeLimitAction(element.Child("timeLimitAction")),
            Completion = Threshold(element.Child("completionThreshold")),
            SharedData = SharedData(element.Child("data")),
            MasteryScore = findings.Number(element.Child("masteryscore"), null, 0, 100),
            MaxTimeAllowed = element.Child("maxtimeallowed").Text(),
            Prerequisites = element.Child("prerequisites").Text(),
            Children = children,
        };
        return element.Get("identifierref") is { } reference ? Refer(activity, element, reference) : activity;
    }

    private string Identify(XElement element)
    {
        var id = element.Get("identifier");
        if (id is null)
        {
            for (var number = _seen.Count + 1; id is null || _seen.Contains(id); number++) id = $"unnamed-{number}";
            findings.Warning("identifier-missing", element, "identifier", "It has no identifier, so a new version of the package can't carry results over.", "Give it an identifier that stays the same.");
        }
        if (_seen.Add(id)) return id;
        if (element.Ancestors().FirstOrDefault(a => a.Is("organization"))?.Get("identifier") == id && _taken.Add(id))
            findings.Warning("identifier-duplicate", element, "identifier", $"“{ManifestFindings.Cut(id)}” names the organization too.", "Give the item an identifier of its own.");
        else
            findings.Error("identifier-duplicate", element, "identifier", $"“{ManifestFindings.Cut(id)}” names two activities.", "Give each item an identifier of its own.");
        return id;
    }

    private ActivityDefinition Refer(ActivityDefinition activity, XElement element, string reference)
    {
        if (resources.TryGetValue(reference, out var entry)) return Launch(activity, element, entry);
        if (subManifests.TryGetValue(reference, out var manifest) && _open.Add(manifest))
        {
            var taken = Include(activity, manifest);
            _open.Remove(manifest);
            return taken;
        }
        findings.Error("reference-dangling", element, "identifierref", $"There is no resource “{ManifestFindings.Cut(reference)}”.", "Add the resource, or name one that is there; letter case matters.");
        return activity;
    }

    private ActivityDefinition Launch(ActivityDefinition activity, XElement element, ResourceEntry entry)
    {
        if (entry.Element.Get("href") is not { } href)
        {
            findings.Error("resource-href", entry.Element, "href", "An item launches the resource, but it has no href.", "Give the resource the href of the file to launch.");
            return activity;
        }
        if (entry.Resource.Type is null)
            findings.Warning("scorm-type", entry.Element, "adlcp:scormType", "It isn't said whether the resource is a SCO, so it is taken for one.", "Say sco or asset.");
        var launched = activity with
        {
            Href = _addresses.Resolve(entry.Base, entry.Element, href, element.Get("parameters")),
            Type = entry.Resource.Type ?? ScormType.Sco,
            Resource = entry.Resource.Identifier,
        };
        if (activity.Children.Count == 0) return launched;
        if (edition == ScormEdition.Scorm12)
        {
            // SCORM 1.2 lets a cluster launch something: here it is the cluster's first child.
            return activity with { Identifier = Fresh(activity.Identifier), Prerequisites = null, Children = [launched with { Children = [] }, .. activity.Children] };
        }
        findings.Warning("cluster-resource", element, "identifierref", "An item with items within launches nothing, so its own resource is left out.", "Launch the resource by an item of its own.");
        return activity;
    }

    private static bool Holds(IEnumerable<ActivityDefinition> activities, string id) => activities.Any(a => a.Identifier == id || Holds(a.Children, id));

    private string Fresh(string id)
    {
        var fresh = id + "-group";
        while (!_seen.Add(fresh)) fresh += "-";
        return fresh;
    }

    /// <summary>An item may stand for a sub-manifest: its organization's items become the item's. (IMS CP 1.1.4)</summary>
    private ActivityDefinition Include(ActivityDefinition activity, XElement manifest)
    {
        var container = manifest.Child("organizations");
        var all = container?.Children("organization").ToList() ?? [];
        if ((all.Find(o => o.Get("identifier") == container!.Get("default")) ?? all.FirstOrDefault()) is not { } organization) return activity;
        var included = ReadActivity(organization);
        return activity with
        {
            Sequencing = activity.Sequencing == new SequencingDefinition() ? included.Sequencing : activity.Sequencing,
            Children = [.. activity.Children, .. included.Children],
        };
    }

    private List<LmsControl> HiddenControls(XElement element) =>
        [.. (element.Child("presentation")?.Descendants().Where(e => e.Is("hideLMSUI")) ?? [])
            .Select(e => findings.TryWord<LmsControl>(e, null)).OfType<LmsControl>().Distinct()];

    private string? TimeLimitAction(XElement? element)
    {
        if (element.Text() is not { } text) return null;
        var action = text.ToLowerInvariant().Replace(", ", ",", StringComparison.Ordinal);
        if (s_timeLimitActions.Contains(action)) return action;
        findings.Error("value-unknown", element!, null, $"“{ManifestFindings.Cut(text)}” is no time limit action.", $"Write one of {string.Join("; ", s_timeLimitActions)}.");
        return null;
    }

    // The 3rd edition wrote the threshold as text, and it alone made progress decide.
    private CompletionThreshold Threshold(XElement? element)
    {
        if (element is null) return new();
        var text = findings.Number(element, null, 0, 1);
        return new CompletionThreshold
        {
            CompletedByMeasure = findings.Flag(element, "completedByMeasure", text is not null),
            MinProgressMeasure = findings.Number(element, "minProgressMeasure", 0, 1) ?? text ?? 1,
            ProgressWeight = findings.Number(element, "progressWeight", 0, 1) ?? 1,
        };
    }

    private List<SharedDataMap> SharedData(XElement? data)
    {
        var maps = new List<SharedDataMap>();
        foreach (var map in data?.Children("map") ?? [])
        {
            if (map.GetUri("targetID") is not { } target)
                findings.Error("value-missing", map, "targetID", "The map names no bucket.", "Name the bucket that the activity shares.");
            else if (maps.Any(m => m.Target == target))
                findings.Error("identifier-duplicate", map, "targetID", $"The activity maps “{ManifestFindings.Cut(target)}” twice.", "Map each bucket once.");
            else maps.Add(new SharedDataMap { Target = target, Read = findings.Flag(map, "readSharedData", true), Write = findings.Flag(map, "writeSharedData", true) });
        }
        return maps;
    }
}
