using System.Text;
using System.Text.RegularExpressions;
using Lms.BrowserTests.Budgets;
using Lms.BrowserTests.Support;

namespace Lms.BrowserTests.Pages;

/// <summary>What comes out of the printer, and how the pages of the real courses stand on a desktop.</summary>
public sealed partial class PrintTests(Stage stage, RealCourses real) : IClassFixture<RealCourses>
{
    [Fact]
    public async Task A_certificate_fills_one_sheet()
    {
        await using var skips = await stage.OpenAsync();
        var cast = await stage.CastAsync();
        await using var graduate = await stage.OpenAsync(new Device(1280));
        await graduate.SignInAsync(cast.Graduate.Email);
        await graduate.Page.GotoAsync($"/certificates/{cast.Valid.Id}");

        var pdf = Encoding.Latin1.GetString(await graduate.Page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true }));
        Assert.Single(Sheets().Matches(pdf));
    }

    [Fact]
    public async Task A_course_page_leaves_room_for_the_clauses_of_standards_with_long_names()
    {
        await using var visitor = await stage.OpenAsync(new Device(1280), real.Address);
        await visitor.Page.GotoAsync("/courses/gmp-fundamentals");
        var widths = await visitor.Page.Locator(".facts dd").EvaluateAllAsync<double[]>("all => all.map(dd => dd.clientWidth)");
        Assert.NotEmpty(widths);
        Assert.All(widths, width => Assert.True(width > 200, $"The clauses have {width} pixels."));
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex Sheets();
}
