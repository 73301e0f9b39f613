namespace Lms.Web.Tests.Learning;

public sealed class TranscriptTests(LearningSite app) : IClassFixture<LearningSite>
{
    [Fact]
    public async Task A_transcript_carries_the_hash_of_its_records_in_every_language()
    {
        var course = await app.PublishAsync(new TestCourse());
        using var ana = await app.Site.SignedInAsync();
        var enrolment = await LearningSite.EnrolAsync(ana, course);
        using (await LearningSite.CompleteAsync(ana, enrolment, "one")) { }
        var before = await HashAsync(ana);
        using (await ana.GetAsync("/language/ar?return=/")) { }
        var arabic = await HashAsync(ana);
        using (await LearningSite.CompleteAsync(ana, enrolment, "two")) { }

        Assert.Matches("^sha256:[0-9a-f]{64}$", before);
        Assert.Equal(before, arabic);
        Assert.NotEqual(before, await HashAsync(ana));
    }

    private static async Task<string> HashAsync(Support.Browser learner) => (await learner.PageAsync("/transcript")).QuerySelector(".hash")!.TextContent;
}
