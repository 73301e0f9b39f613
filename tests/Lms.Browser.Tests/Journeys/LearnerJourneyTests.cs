using Lms.BrowserTests.Support;

namespace Lms.BrowserTests.Journeys;

public sealed class LearnerJourneyTests(Stage stage)
{
    [Fact]
    public async Task A_learner_goes_from_the_catalogue_to_a_certificate_on_a_phone()
    {
        await using var ana = await stage.OpenAsync();
        await new Journey(ana, new Pointer(ana.Page), Words.English).WalkAsync();
        Assert.Empty(ana.Complaints);
    }

    [Fact]
    public async Task A_learner_goes_from_the_catalogue_to_a_certificate_on_a_desktop()
    {
        await using var ana = await stage.OpenAsync(new Device(1280, 900));
        await new Journey(ana, new Pointer(ana.Page), Words.English).WalkAsync();
        Assert.Empty(ana.Complaints);
    }

    [Fact]
    public async Task A_learner_goes_the_whole_way_in_French()
    {
        await using var ana = await stage.OpenAsync(new Device(Language: Words.French.Locale));
        await new Journey(ana, new Pointer(ana.Page), Words.French).WalkAsync();
        Assert.Empty(ana.Complaints);
    }

    [Fact]
    public async Task A_learner_goes_the_whole_way_with_the_keyboard_alone_and_always_sees_where_it_is()
    {
        await using var ana = await stage.OpenAsync(new Device(1280, 900));
        await new Journey(ana, new Keyboard(ana.Page), Words.English).WalkAsync();
        Assert.Empty(ana.Complaints);
    }

    [Fact]
    public async Task A_learner_goes_the_whole_way_without_scripts()
    {
        await using var ana = await stage.OpenAsync(new Device(Scripts: false));
        await new Journey(ana, new Pointer(ana.Page), Words.English, scripts: false).WalkAsync();
        Assert.Empty(ana.Complaints);
    }
}
