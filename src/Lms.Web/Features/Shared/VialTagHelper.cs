using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Lms.Web.Features.Shared;

/// <summary><c>&lt;vial percent="43" size="s|m|l" label="…"/&gt;</c></summary>
[HtmlTargetElement("vial", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class VialTagHelper : TagHelper
{
    public int Percent { get; set; }
    public string Size { get; set; } = "m";
    public string? Label { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        output.Content.SetHtmlContent(VialSvg.Draw(Percent, Size switch { "xs" => 20, "s" => 28, "l" => 64, _ => 44 }, Label));
    }
}
