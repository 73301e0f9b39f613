using System.Text;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Lms.Standards.Packages;
using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;
using static Lms.Standards.Tests.Scorm.Manifests;

namespace Lms.Standards.Tests.Scorm;

/// <summary>What a manifest is refused for, and where it says so.</summary>
public sealed class ManifestFindingTests
{
    private static readonly string s_item = "imsmanifest.xml/organizations/organization[1]/item[1]";

    [Fact]
    public void Something_else_than_a_manifest_is_refused() => Assert.Equal("manifest-root", Refused("<course/>").Code);

    [Theory]
    [InlineData("<organizations default='O'/>", "organization-missing", "imsmanifest.xml/organizations")]
    [InlineData("", "organization-missing", "imsmanifest.xml")]
    [InlineData("<organizations><organization identifier='O'><title>x</title></organization></organizations>", "item-missing", "imsmanifest.xml/organizations/organization[1]")]
    [InlineData("<organizations><organization identifier='O'><item identifier='I'/></organization></organizations>", "item-missing", "imsmanifest.xml/organizations/organization[1]")]
    public void A_package_with_nothing_to_play_is_refused(string organizations, string code, string place)
    {
        var xml = Of2004("");
        var start = xml.IndexOf("<organizations", StringComparison.Ordinal);
        var end = xml.IndexOf("<resources", StringComparison.Ordinal);
        var finding = Refused(xml[..start] + organizations + xml[end..]);
        Assert.Equal((code, place), (finding.Code, finding.Place));
    }

    [Theory]
    [InlineData("identifierref=\"R\"", "identifierref=\"r\"", "reference-dangling", "@identifierref")]
    [InlineData("</item>", "</item><item identifier='I' identifierref='R'/>", "identifier-duplicate", null)]
    [InlineData("isvisible", "isvisible", null, null)]
    [InlineData("identifier=\"I\"", "identifier=\"I\" isvisible=\"maybe\"", "value-invalid", "@isvisible")]
    public void An_item_says_where_it_is_wrong(string what, string with, string? code, string? at)
    {
        var xml = Of2004("").Replace(what, with, StringComparison.Ordinal);
        if (code is null) { Accepted(xml); return; }
        var finding = Refused(xml);
        Assert.Equal(code, finding.Code);
        Assert.Equal(at is null ? "imsmanifest.xml/organizations/organization[1]/item[2]@identifier" : s_item + at, finding.Place);
    }

    [Theory]
    [InlineData("href=\"a.html\"", "", "resource-href")]
    [InlineData("a.html", "../a.html", "path-escape")]
    [InlineData("a.html", "x/..%2f..%2Fa.html", "path-escape")]
    [InlineData("a.html", "x\\..\\..\\a.html", "path-escape")]
    [InlineData("a.html", "javascript:alert(1)", "address-scheme")]
    [InlineData("a.html", "file:///etc/passwd", "address-scheme")]
    [InlineData("a.html", "C:/a.html", "address-scheme")]
    public void A_resource_stays_within_the_package(string what, string with, string code)
    {
        var read = Read(Of2004("").Replace(what, with, StringComparison.Ordinal));
        Assert.Null(read.Manifest);
        Assert.Contains(read.Findings, f => f.Code == code && f.Place == "imsmanifest.xml/resources/resource[1]@href");
    }

    [Fact]
    public void Two_resources_of_one_name_are_refused()
    {
        var finding = Refused(Of2004("").Replace("</resources>", "<resource identifier='R' href='b.html'/></resources>", StringComparison.Ordinal));
        Assert.Equal(("identifier-duplicate", "imsmanifest.xml/resources/resource[2]@identifier"), (finding.Code, finding.Place));
    }

    [Theory]
    [InlineData("<imsss:sequencing IDRef='x'/>", "reference-dangling", "/sequencing@IDRef")]
    [InlineData("<imsss:sequencing><imsss:limitConditions attemptLimit='-1'/></imsss:sequencing>", "value-out-of-range", "/sequencing/limitConditions@attemptLimit")]
    [InlineData("<imsss:sequencing><imsss:limitConditions attemptAbsoluteDurationLimit='1h'/></imsss:sequencing>", "value-invalid", "/sequencing/limitConditions@attemptAbsoluteDurationLimit")]
    [InlineData("<imsss:sequencing><imsss:rollupRules objectiveMeasureWeight='1.1'/></imsss:sequencing>", "value-out-of-range", "/sequencing/rollupRules@objectiveMeasureWeight")]
    [InlineData("<imsss:sequencing><imsss:randomizationControls selectionTiming='often'/></imsss:sequencing>", "value-unknown", "/sequencing/randomizationControls@selectionTiming")]
    [InlineData("<imsss:sequencing><imsss:objectives><imsss:primaryObjective><imsss:minNormalizedMeasure>2</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives></imsss:sequencing>", "value-out-of-range", "/sequencing/objectives/primaryObjective/minNormalizedMeasure")]
    [InlineData("<imsss:sequencing><imsss:objectives><imsss:objective/></imsss:objectives></imsss:sequencing>", "identifier-missing", "/sequencing/objectives/objective@objectiveID")]
    [InlineData("<imsss:sequencing><imsss:objectives><imsss:objective objectiveID='o'/><imsss:objective objectiveID='o'/></imsss:objectives></imsss:sequencing>", "identifier-duplicate", "/sequencing/objectives/objective[2]@objectiveID")]
    [InlineData("<imsss:sequencing><imsss:objectives><imsss:primaryObjective/><imsss:primaryObjective/></imsss:objectives></imsss:sequencing>", "objective-primary", "/sequencing/objectives/primaryObjective[2]")]
    [InlineData("<imsss:sequencing><imsss:objectives><imsss:objective objectiveID='o'><imsss:mapInfo/></imsss:objective></imsss:objectives></imsss:sequencing>", "value-missing", "/sequencing/objectives/objective/mapInfo@targetObjectiveID")]
    [InlineData("<imsss:sequencing><adlseq:objectives><adlseq:objective objectiveID='o'/></adlseq:objectives></imsss:sequencing>", "reference-dangling", "/sequencing/objectives/objective@objectiveID")]
    [InlineData("<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition='always' referencedObjective='o'/></imsss:ruleConditions><imsss:ruleAction action='skip'/></imsss:preConditionRule></imsss:sequencingRules></imsss:sequencing>", "reference-dangling", "/sequencing/sequencingRules/preConditionRule/ruleConditions/ruleCondition@referencedObjective")]
    [InlineData("<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition='never'/></imsss:ruleConditions><imsss:ruleAction action='skip'/></imsss:preConditionRule></imsss:sequencingRules></imsss:sequencing>", "value-unknown", "/sequencing/sequencingRules/preConditionRule/ruleConditions/ruleCondition@condition")]
    [InlineData("<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition='always'/></imsss:ruleConditions><imsss:ruleAction action='exit'/></imsss:preConditionRule></imsss:sequencingRules></imsss:sequencing>", "value-unknown", "/sequencing/sequencingRules/preConditionRule/ruleAction@action")]
    [InlineData("<imsss:sequencing><imsss:rollupRules><imsss:rollupRule><imsss:rollupConditions><imsss:rollupCondition condition='satisfied'/></imsss:rollupConditions></imsss:rollupRule></imsss:rollupRules></imsss:sequencing>", "value-missing", "/sequencing/rollupRules/rollupRule@action")]
    [InlineData("<adlcp:completionThreshold minProgressMeasure='1.5'/>", "value-out-of-range", "/completionThreshold@minProgressMeasure")]
    [InlineData("<adlcp:completionThreshold>most</adlcp:completionThreshold>", "value-out-of-range", "/completionThreshold")]
    [InlineData("<adlcp:timeLimitAction>explode</adlcp:timeLimitAction>", "value-unknown", "/timeLimitAction")]
    [InlineData("<adlcp:data><adlcp:map/></adlcp:data>", "value-missing", "/data/map@targetID")]
    [InlineData("<adlcp:data><adlcp:map targetID='a'/><adlcp:map targetID='a'/></adlcp:data>", "identifier-duplicate", "/data/map[2]@targetID")]
    [InlineData("<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>everything</adlnav:hideLMSUI></adlnav:navigationInterface></adlnav:presentation>", "value-unknown", "/presentation/navigationInterface/hideLMSUI")]
    [InlineData("<adlcp:masteryscore>101</adlcp:masteryscore>", "value-out-of-range", "/masteryscore")]
    public void What_an_item_holds_says_where_it_is_wrong(string within, string code, string place)
    {
        var finding = Refused(Of2004(within));
        Assert.Equal((code, s_item + place), (finding.Code, finding.Place));
    }

    [Fact]
    public void A_sub_manifest_that_holds_itself_is_refused()
    {
        var sub = "<manifest identifier='S'><organizations><organization identifier='SO'><item identifier='SI' identifierref='S'/></organization></organizations></manifest>";
        Assert.Equal("reference-dangling", Refused(Of2004("", sub).Replace("identifierref=\"R\"", "identifierref=\"S\"", StringComparison.Ordinal)).Code);
    }

    [Fact]
    public void No_damage_to_a_manifest_makes_the_reader_throw_and_what_it_accepts_can_be_played() => HoldForSeeds(500, seed =>
    {
        var random = new Random(seed);
        var whole = XDocument.Parse(random.Next(2) == 0 ? Of12 : Of2004("<imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID='p'/></imsss:objectives></imsss:sequencing>"));
        for (var damage = random.Next(1, 6); damage > 0; damage--) Damage(whole, random);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(whole.ToString()));
        var read = ManifestReader.Read(PackageXml.Load(stream, "imsmanifest.xml").Document!);
        if (read.Manifest is null) return read.Findings.Any(f => f.Severity == Severity.Error);

        var session = SequencingSession.Start(ActivityTree.Of(ManifestJson.Read(ManifestJson.Write(read.Manifest))));
        session.Open();
        return session.View.Contents.Count > 0 || session.Tree.All.Any(a => !a.Definition.IsVisible);
    });

    private static void Damage(XDocument document, Random random)
    {
        string[] values = ["", " ", "x", "-1", "1e9", "R", "R1", "..", "true", "\u00e9", "a b", "?#", "%zz", "http://", new('9', 400)];
        var elements = document.Descendants().ToList();
        var element = elements[random.Next(elements.Count)];
        var attributes = element.Attributes().Where(a => !a.IsNamespaceDeclaration).ToList();
        switch (random.Next(6))
        {
            case 0 when element.Parent is not null: element.Remove(); break;
            case 1 when element.Parent is not null: element.AddAfterSelf(new XElement(element)); break;
            case 2: element.Add(new XElement(elements[random.Next(elements.Count)])); break;
            case 3 when attributes.Count > 0: attributes[random.Next(attributes.Count)].Value = values[random.Next(values.Length)]; break;
            case 4 when attributes.Count > 0: attributes[random.Next(attributes.Count)].Remove(); break;
            default: element.Name = element.Name.Namespace + elements[random.Next(elements.Count)].Name.LocalName; break;
        }
    }

    private static void HoldForSeeds(int times, Func<int, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(times), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), property));
}
