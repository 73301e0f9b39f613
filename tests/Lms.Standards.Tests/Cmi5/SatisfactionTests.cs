using Lms.Standards.Cmi5;

namespace Lms.Standards.Tests.Cmi5;

public sealed class SatisfactionTests
{
    [Theory] // 9.3.3.0-3, 9.3.4.0-4
    [InlineData(MoveOn.NotApplicable, true, true, true, true)]
    [InlineData(MoveOn.Completed, false, true, false, true)]
    [InlineData(MoveOn.Passed, false, false, true, true)]
    [InlineData(MoveOn.CompletedAndPassed, false, false, false, true)]
    [InlineData(MoveOn.CompletedOrPassed, false, true, true, true)]
    public void A_unit_is_satisfied_by_its_criterion(MoveOn criterion, bool nothing, bool completed, bool passed, bool both)
    {
        Assert.Equal(nothing, new UnitStanding(false, false, false).Meets(criterion));
        Assert.Equal(completed, new UnitStanding(true, false, false).Meets(criterion));
        Assert.Equal(passed, new UnitStanding(false, true, false).Meets(criterion));
        Assert.Equal(both, new UnitStanding(true, true, false).Meets(criterion));
        Assert.True(new UnitStanding(false, false, true).Meets(criterion));
    }

    [Fact] // 9.3.9.0-1, 9.3.9.0-5
    public void A_block_and_the_course_are_satisfied_by_all_that_is_in_them()
    {
        var course = Courses.Read(Courses.Course(
            Courses.Block("https://example.org/b/outer",
                Courses.Unit("https://example.org/au/0", attributes: "moveOn=\"Completed\"")
                + Courses.Block("https://example.org/b/inner", Courses.Unit("https://example.org/au/1", attributes: "moveOn=\"Passed\"")))
            + Courses.Unit("https://example.org/au/2", attributes: "moveOn=\"Completed\""))).Course!;
        var done = new UnitStanding[3];

        Satisfaction Now() => Satisfaction.Of(course, unit => done[unit]);

        Assert.Empty(Now().BlocksInsideOut);
        done[0] = new UnitStanding(true, false, false);
        Assert.Empty(Now().BlocksInsideOut);
        done[1] = new UnitStanding(false, true, false);
        Assert.Equal([1, 0], Now().BlocksInsideOut);
        Assert.False(Now().Course);
        done[2] = new UnitStanding(false, false, true);
        Assert.True(Now().Course);
    }

    [Fact] // 9.6.1.1-3
    public void A_course_that_asks_for_nothing_is_satisfied_from_the_start()
    {
        var course = Courses.Read(Courses.Course(Courses.Block("https://example.org/b/1", Courses.Unit()))).Course!;

        var start = Satisfaction.Of(course, _ => default);

        Assert.True(start.Course);
        Assert.Equal([0], start.BlocksInsideOut);
    }
}
