using System.Text.RegularExpressions;
using Lms.Standards.Packages;
using Lms.Standards.Scorm.Manifest;
using static Lms.Standards.Tests.Scorm.Manifests;

namespace Lms.Standards.Tests.Scorm;

/// <summary>What is read of a manifest, be it written by the book or as tools write it.</summary>
public sealed class ManifestReaderTests
{
    [Fact]
    public void A_manifest_of_SCORM_1_2_is_read()
    {
        var manifest = Accepted(Of12);
        Assert.True(manifest is { Edition: ScormEdition.Scorm12, Identifier: "golf", Title: "Golf explained", DefaultOrganization: "B", Organizations.Count: 2 });
        var one = manifest.Organization().Root.Children[0];
        Assert.Equal(new PackageAddress("shared/golf/play/Playing%20it.html?lang=en&page=1#top", "shared/golf/play/Playing it.html"), one.Href);
        Assert.True(one is { Title: "Playing", Type: ScormType.Sco, Resource: "R1", MasteryScore: 80, MaxTimeAllowed: "00:30:00", TimeLimitAction: "exit,no message", DataFromLms: "seed=1", Prerequisites: "two" });
        Assert.True(manifest.Organization().Root.Children[1] is { Identifier: "part", Href: null, Children: [{ Identifier: "two", Type: ScormType.Asset }] });
        Assert.Equal(["D"], manifest.Resources[0].Dependencies);
        Assert.Equal(["shared/common/api.js"], manifest.Resources[2].Files);
    }

    [Fact]
    public void Sequencing_is_read_with_all_that_it_may_say()
    {
        var sequencing = Item("""
            <imsss:sequencing>
              <imsss:controlMode choice="false" choiceExit="false" flow="true" forwardOnly="true" useCurrentAttemptObjectiveInfo="false" useCurrentAttemptProgressInfo="0"/>
              <imsss:sequencingRules>
                <imsss:preConditionRule><imsss:ruleConditions conditionCombination="any">
                  <imsss:ruleCondition condition="objectiveMeasureGreaterThan" measureThreshold="-0.25" operator="not" referencedObjective=" o  1 "/>
                  <imsss:ruleCondition condition="attempted"/></imsss:ruleConditions><imsss:ruleAction action="stopForwardTraversal"/></imsss:preConditionRule>
                <imsss:exitConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="always"/></imsss:ruleConditions><imsss:ruleAction action="exit"/></imsss:exitConditionRule>
                <imsss:postConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="completed"/></imsss:ruleConditions><imsss:ruleAction action="retryAll"/></imsss:postConditionRule>
              </imsss:sequencingRules>
              <imsss:limitConditions attemptLimit="3" attemptAbsoluteDurationLimit="PT1H"/>
              <imsss:rollupRules rollupObjectiveSatisfied="false" rollupProgressCompletion="false" objectiveMeasureWeight="0.5">
                <imsss:rollupRule childActivitySet="atLeastPercent" minimumPercent="0.4" minimumCount="2"><imsss:rollupConditions conditionCombination="all"><imsss:rollupCondition condition="satisfied" operator="not"/></imsss:rollupConditions><imsss:rollupAction action="notSatisfied"/></imsss:rollupRule>
              </imsss:rollupRules>
              <imsss:objectives>
                <imsss:objective objectiveID="o%201"><imsss:mapInfo targetObjectiveID="g" readSatisfiedStatus="false" writeNormalizedMeasure="true"/></imsss:objective>
                <imsss:primaryObjective objectiveID="p" satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure></imsss:primaryObjective>
              </imsss:objectives>
              <imsss:randomizationControls randomizationTiming="once" reorderChildren="true" selectionTiming="onEachNewAttempt" selectCount="2"/>
              <imsss:deliveryControls tracked="false" completionSetByContent="true" objectiveSetByContent="true"/>
              <adlseq:constrainedChoiceConsiderations preventActivation="true" constrainChoice="true"/>
              <adlseq:rollupConsiderations requiredForSatisfied="ifAttempted" requiredForNotSatisfied="ifNotSkipped" requiredForCompleted="ifNotSuspended" measureSatisfactionIfActive="false"/>
              <adlseq:objectives>
                <adlseq:objective objectiveID="o 1"><adlseq:mapInfo targetObjectiveID="g" readRawScore="false" writeRawScore="true"/><adlseq:mapInfo targetObjectiveID="h" writeProgressMeasure="true"/></adlseq:objective>
              </adlseq:objectives>
            </imsss:sequencing>
            """).Sequencing;
        Assert.Equal(new ControlMode { Choice = false, ChoiceExit = false, Flow = true, ForwardOnly = true, UseCurrentAttemptObjectiveInfo = false, UseCurrentAttemptProgressInfo = false }, sequencing.Control);
        Assert.Equal([(RuleKind.Pre, RuleAction.StopForwardTraversal, true), (RuleKind.Exit, RuleAction.Exit, false), (RuleKind.Post, RuleAction.RetryAll, false)], sequencing.Rules.Select(r => (r.Kind, r.Action, r.Any)));
        Assert.Equal(new Condition { Asks = RuleCondition.ObjectiveMeasureGreaterThan, MeasureThreshold = -0.25m, Not = true, Objective = "o 1" }, sequencing.Rules[0].Conditions[0]);
        Assert.Equal(new LimitConditions { AttemptLimit = 3, AttemptAbsoluteDuration = "PT1H" }, sequencing.Limits);
        Assert.True(sequencing.Rollup is { ObjectiveSatisfied: false, ProgressCompletion: false, MeasureWeight: 0.5m });
        Assert.True(sequencing.Rollup.Rules[0] is { Children: ChildSet.AtLeastPercent, MinimumPercent: 0.4m, MinimumCount: 2, All: true, Action: RollupAction.NotSatisfied, Conditions: [{ Asks: RuleCondition.Satisfied, Not: true }] });
        Assert.True(sequencing.Objectives[0] is { Identifier: "p", IsPrimary: true, SatisfiedByMeasure: true, MinNormalizedMeasure: 0.6m });
        Assert.Equal(
            [
                new ObjectiveMap { Target = "g", Read = ObjectiveParts.Measure | ObjectiveParts.Min | ObjectiveParts.Max | ObjectiveParts.Completion | ObjectiveParts.Progress, Write = ObjectiveParts.Measure | ObjectiveParts.Raw },
                new ObjectiveMap { Target = "h", Read = ObjectiveParts.Raw | ObjectiveParts.Min | ObjectiveParts.Max | ObjectiveParts.Completion | ObjectiveParts.Progress, Write = ObjectiveParts.Progress },
            ],
            sequencing.Objectives[1].Maps);
        Assert.Equal(new Randomization { Reorders = RandomTiming.Once, ReorderChildren = true, Selects = RandomTiming.OnEachNewAttempt, SelectCount = 2 }, sequencing.Randomization);
        Assert.Equal(new DeliveryControls { Tracked = false, CompletionSetByContent = true, ObjectiveSetByContent = true }, sequencing.Delivery);
        Assert.Equal(new ConstrainedChoice { PreventActivation = true, ConstrainChoice = true }, sequencing.Choice);
        Assert.Equal(new RollupConsiderations { Satisfied = Consideration.IfAttempted, NotSatisfied = Consideration.IfNotSkipped, Completed = Consideration.IfNotSuspended, MeasureSatisfactionIfActive = false }, sequencing.Considerations);
    }

    [Fact]
    public void What_an_activity_lacks_it_takes_from_the_collection_part_by_part()
    {
        var sequencing = Accepted(Of2004("""<imsss:sequencing IDRef="shared"><imsss:controlMode flow="true"/></imsss:sequencing>""", """
            <imsss:sequencingCollection><imsss:sequencing ID="shared"><imsss:controlMode choice="false"/><imsss:limitConditions attemptLimit="2"/></imsss:sequencing></imsss:sequencingCollection>
            """)).Organization().Root.Children[0].Sequencing;
        Assert.True(sequencing is { Control: { Flow: true, Choice: true }, Limits.AttemptLimit: 2 });
    }

    [Fact]
    public void The_rest_of_an_item_is_read()
    {
        var item = Item("""
            <adlcp:dataFromLMS> a=1 </adlcp:dataFromLMS><adlcp:timeLimitAction>Continue, no message</adlcp:timeLimitAction>
            <adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.75" progressWeight="0.5"/>
            <adlcp:data><adlcp:map targetID="notes"/><adlcp:map targetID="log" readSharedData="false" writeSharedData="false"/></adlcp:data>
            <adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>continue</adlnav:hideLMSUI><adlnav:hideLMSUI> abandonAll </adlnav:hideLMSUI></adlnav:navigationInterface></adlnav:presentation>
            """);
        Assert.True(item is { DataFromLms: "a=1", TimeLimitAction: "continue,no message" });
        Assert.Equal(new CompletionThreshold { CompletedByMeasure = true, MinProgressMeasure = 0.75m, ProgressWeight = 0.5m }, item.Completion);
        Assert.Equal([new SharedDataMap { Target = "notes" }, new SharedDataMap { Target = "log", Read = false, Write = false }], item.SharedData);
        Assert.Equal([LmsControl.Continue, LmsControl.AbandonAll], item.HideLmsUi);
    }

    [Fact]
    public void The_3rd_edition_writes_the_threshold_as_text() =>
        Assert.Equal(new CompletionThreshold { CompletedByMeasure = true, MinProgressMeasure = 0.5m }, Item("<adlcp:completionThreshold>0.5</adlcp:completionThreshold>").Completion);

    [Theory]
    [InlineData("1.2", ScormEdition.Scorm12)]
    [InlineData("CAM 1.3", ScormEdition.Scorm2004Second)]
    [InlineData("2004 3rd Edition", ScormEdition.Scorm2004Third)]
    [InlineData(" 2004  4TH edition ", ScormEdition.Scorm2004Fourth)]
    [InlineData("2004", ScormEdition.Scorm2004Third)]
    [InlineData("nonsense", ScormEdition.Scorm2004Third)]
    [InlineData("", ScormEdition.Scorm2004Third)]
    public void The_edition_is_what_the_manifest_says_or_else_looks_like(string version, ScormEdition edition) =>
        Assert.Equal(edition, Accepted(Of2004("").Replace("2004 4th Edition", version, StringComparison.Ordinal)).Edition);

    [Fact]
    public void A_manifest_of_no_edition_that_uses_what_only_the_4th_has_is_of_the_4th() =>
        Assert.Equal(ScormEdition.Scorm2004Fourth, Accepted(Of2004("""<adlcp:data><adlcp:map targetID="x"/></adlcp:data>""").Replace("2004 4th Edition", "", StringComparison.Ordinal)).Edition);

    [Fact]
    public void Letter_case_and_namespaces_do_not_matter()
    {
        var sloppy = Of12.Replace("organization", "Organization", StringComparison.Ordinal).Replace("<item", "<ITEM", StringComparison.Ordinal).Replace("</item", "</ITEM", StringComparison.Ordinal)
            .Replace("identifierref", "IdentifierRef", StringComparison.Ordinal).Replace("adlcp:scormtype", "adlcp:scormType", StringComparison.Ordinal)
            .Replace("http://www.imsproject.org/xsd/imscp_rootv1p1p2", "urn:wrong", StringComparison.Ordinal);
        Assert.Equal(Regex.Replace(ManifestJson.Write(Accepted(Of12)), "\\s", ""), Regex.Replace(ManifestJson.Write(Accepted(sloppy)), "\\s", ""));
    }

    [Fact]
    public void Namespaces_may_be_missing_altogether()
    {
        var bare = Regex.Replace(Of12, "xmlns(:\\w+)?=\"[^\"]*\"", "").Replace("adlcp:", "", StringComparison.Ordinal);
        Assert.True(Accepted(bare).Organization().Root.Children[0] is { Type: ScormType.Sco, MasteryScore: 80 });
    }

    [Fact]
    public void White_space_in_identifiers_is_collapsed() =>
        Assert.Equal("I 1", Accepted(Of2004("").Replace("identifier=\"I\"", "identifier=\"\n I  1\t\"", StringComparison.Ordinal)).Organization().Root.Children[0].Identifier);

    [Theory]
    [InlineData("a.html", "?x=1", "a.html?x=1")]
    [InlineData("a.html", "x=1&amp;y=2", "a.html?x=1&y=2")]
    [InlineData("a.html?z=0", "&amp;?x=1", "a.html?z=0&x=1")]
    [InlineData("a.html", "#top", "a.html#top")]
    [InlineData("a.html#one", "#two", "a.html#one")]
    [InlineData("a.html#one", "?x=1", "a.html?x=1#one")]
    [InlineData("./x/../a b.html", "", "a%20b.html")]
    [InlineData("x\\é.html", "", "x/%C3%A9.html")]
    [InlineData("https://example.org/a?b=1", "c=2", "https://example.org/a?b=1&c=2")]
    public void Parameters_join_the_address(string href, string parameters, string url)
    {
        var xml = Of2004("").Replace("href=\"a.html\"", $"href=\"{href}\"", StringComparison.Ordinal).Replace("identifierref=\"R\"", $"identifierref=\"R\" parameters=\"{parameters}\"", StringComparison.Ordinal);
        Assert.Equal(url, Accepted(xml).Organization().Root.Children[0].Href!.Url);
    }

    [Fact]
    public void What_lies_elsewhere_is_shown_with_a_warning()
    {
        var read = Read(Of2004("").Replace("a.html", "https://example.org/", StringComparison.Ordinal));
        Assert.Null(read.Manifest!.Organization().Root.Children[0].Href!.Path);
        Assert.Contains(read.Findings, f => f is { Severity: Severity.Warning, Code: "address-elsewhere", Place: "imsmanifest.xml/resources/resource[1]@href" });
    }

    [Fact]
    public void A_base_may_stand_at_every_level()
    {
        var xml = Of2004("").Replace("<manifest ", "<manifest xml:base=\"m/\" ", StringComparison.Ordinal).Replace("<resources>", "<resources xml:base='r/'>", StringComparison.Ordinal)
            .Replace("href=\"a.html\"", "xml:base='x/y.html' href='../a.html'", StringComparison.Ordinal);
        Assert.Equal("m/r/a.html", Accepted(xml).Resources[0].Href!.Path);
    }

    [Fact]
    public void An_item_may_stand_for_a_sub_manifest()
    {
        var sub = """
            <manifest identifier="S" xml:base="sub/"><organizations><organization identifier="SO"><title>Sub</title><item identifier="SI" identifierref="SR"><title>Inner</title></item></organization></organizations>
            <resources><resource identifier="SR" adlcp:scormType="asset" href="b.html"/></resources></manifest>
            """;
        var item = Accepted(Of2004("", sub).Replace("identifierref=\"R\"", "identifierref=\"S\"", StringComparison.Ordinal)).Organization().Root.Children[0];
        Assert.True(item is { Identifier: "I", Href: null, Children: [{ Identifier: "SI", Href.Path: "sub/b.html", Type: ScormType.Asset }] });
    }

    [Fact]
    public void A_cluster_of_SCORM_1_2_that_launches_something_has_it_as_its_first()
    {
        var part = Accepted(Of12.Replace("identifier=\"part\"", "identifier=\"part\" identifierref=\"R2\"", StringComparison.Ordinal)).Organization().Root.Children[1];
        Assert.Equal(["part", "two"], part.Children.Select(c => c.Identifier));
        Assert.NotEqual("part", part.Identifier);
    }

    [Fact]
    public void A_resource_of_no_type_is_taken_for_a_SCO_where_the_package_speaks_of_SCORM()
    {
        var read = Read(Of2004("").Replace("adlcp:scormType=\"sco\"", "", StringComparison.Ordinal));
        Assert.Equal(ScormType.Sco, read.Manifest!.Organization().Root.Children[0].Type);
        Assert.Contains(read.Findings, f => f.Code == "scorm-type");
    }

    [Fact]
    public void An_item_may_be_called_as_its_organization_is()
    {
        var read = Read(Of2004("").Replace("identifier=\"I\"", "identifier=\"O\"", StringComparison.Ordinal));
        var root = read.Manifest!.Organization().Root;
        Assert.True(root.Identifier != "O" && root.Children[0].Identifier == "O");
        Assert.Equal((Severity.Warning, "identifier-duplicate"), (read.Findings[0].Severity, read.Findings[0].Code));
        Assert.Equal("identifier-duplicate", Refused(Of2004("").Replace("identifier=\"I\"", "identifier=\"O\"", StringComparison.Ordinal).Replace("</item>", "</item><item identifier=\"O\" identifierref=\"R\"/>", StringComparison.Ordinal)).Code);
    }

    [Theory]
    [InlineData("default=\"O\"", "default=\"X\"", "organization-default")]
    [InlineData("identifier=\"I\"", "", "identifier-missing")]
    [InlineData("href=\"a.html\"/>", "href=\"a.html\"><dependency identifierref=\"X\"/></resource>", "dependency-dangling")]
    public void What_has_one_meaning_all_the_same_is_but_a_warning(string what, string with, string code) =>
        Assert.Equal(code, Assert.Single(Read(Of2004("").Replace(what, with, StringComparison.Ordinal)).Findings, f => f.Severity == Severity.Warning).Code);

    [Fact]
    public void A_manifest_survives_being_written_as_JSON()
    {
        foreach (var xml in new[] { Of12, Of2004("<imsss:sequencing><imsss:controlMode choice='false'/><imsss:rollupRules rollupObjectiveSatisfied='false'/></imsss:sequencing>") })
        {
            var json = ManifestJson.Write(Accepted(xml));
            Assert.Equal(json, ManifestJson.Write(ManifestJson.Read(json)));
            Assert.Equal(Accepted(xml).Organization().Root.Children[0].Sequencing.Control, ManifestJson.Read(json).Organization().Root.Children[0].Sequencing.Control);
        }
        Assert.DoesNotContain("Limits", ManifestJson.Write(Accepted(Of12)), StringComparison.Ordinal);
    }
}
