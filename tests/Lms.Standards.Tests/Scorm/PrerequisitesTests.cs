using Lms.Standards.Scorm.Manifest;
using Lms.Standards.Scorm.Sequencing;
using static Lms.Standards.Tests.Scorm.Trees;

namespace Lms.Standards.Tests.Scorm;

/// <summary>SCORM 1.2: no sequencing of its own but prerequisites.</summary>
public sealed class PrerequisitesTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("b", false)]
    [InlineData("~b", true)]
    [InlineData("a&b", false)]
    [InlineData("a | b", true)]
    [InlineData("a&~b", true)]
    [InlineData("(b|a)&~c", true)]
    [InlineData("a=passed", true)]
    [InlineData("a = \"P\"", true)]
    [InlineData("a<>completed", true)]
    [InlineData("b=\"not attempted\"", true)]
    [InlineData("b=N", true)]
    [InlineData("1*{a,b,c}", true)]
    [InlineData("2*{a, b, c}", false)]
    [InlineData("nowhere", false)]
    [InlineData("a &", false)]
    [InlineData(")(", true)]
    [InlineData("", true)]
    public void A_script_is_met_or_not(string script, bool met)
    {
        var session = Scorm12(Leaf("a"), Leaf("b"), Leaf("c"), Leaf("d") with { Prerequisites = script });
        session.Choose("a");
        session.Record("a", Passed);
        session.Go(NavigationKind.Exit);
        Assert.Equal(met, session.View.Choices.Contains("d"));
        Assert.Equal(met, session.Choose("d").ExceptionCode is null);
    }

    [Fact]
    public void The_learner_goes_anywhere_or_on()
    {
        var session = Scorm12(Leaf("a"), Cluster("part", new ControlMode(), Leaf("b"), Leaf("c")));
        session.Open().IsAt("a");
        session.Choose("c").IsAt("c");
        session.Choose("b").IsAt("b");
        session.Go(NavigationKind.Continue).IsAt("c");
    }

    [Fact]
    public void Success_is_never_taken_for_granted()
    {
        var session = Scorm12(Leaf("a"));
        session.Open().IsAt("a");
        session.Record("a", Nothing);
        session.Go(NavigationKind.ExitAll);
        Assert.True(session.Course is { Completion: Completion.Completed, Success: Success.Unknown });
    }

    [Theory]
    [InlineData(Success.Passed)]
    [InlineData(Success.Failed)]
    public void Where_a_part_has_a_mastery_score_the_others_have_no_say_in_whether_the_course_is_passed(Success success)
    {
        var session = Scorm12(Cluster("part", new ControlMode(), Leaf("read"), Leaf("look")), Leaf("test") with { MasteryScore = 80 });
        session.Open().IsAt("read");
        session.Next(Nothing with { Completion = Completion.Completed });
        session.Next(Nothing with { Completion = Completion.Completed });
        session.Record("test", new TrackingReport { Completion = Completion.Completed, Success = success, Scaled = 0.75m });
        session.Go(NavigationKind.ExitAll);
        Assert.Equal((Completion.Completed, success, 0.75m), (session.Course.Completion, session.Course.Success, session.Course.Scaled));
    }

    private static SequencingSession Scorm12(params ActivityDefinition[] children) =>
        SequencingSession.Start(ActivityTree.Of(new ScormOrganization { Root = Cluster("course", new ControlMode(), children) }, ScormEdition.Scorm12));
}
