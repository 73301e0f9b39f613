using System.Text.RegularExpressions;
using Lms.Web.Features.Shared;

namespace Lms.Web.Tests.Shared;

public sealed partial class ChartTests
{
    [Theory]
    [InlineData("Only if it is unavoidable, and with measures decided by risk assessment", 2)]
    [InlineData("위험 평가에 따라 정한 조치가 있고 피할 수 없는 경우에만 들어갈 수 있다", 2)]
    [InlineData("Yes", 1)]
    public void A_long_label_goes_on_in_the_next_line_instead_of_into_the_number(string label, int lines)
    {
        using var html = new StringWriter();
        Charts.Bars("Answers", [new Bar(label, 3)]).WriteTo(html, System.Text.Encodings.Web.HtmlEncoder.Default);

        var texts = Text().Matches(html.ToString()).Select(m => System.Net.WebUtility.HtmlDecode(m.Groups[1].Value)).Where(t => t != "3").ToList();
        Assert.Equal(lines, texts.Count);
        Assert.Equal(label, string.Join(' ', texts));
    }

    [GeneratedRegex("<text[^>]*>([^<]*)</text>")]
    private static partial Regex Text();
}
