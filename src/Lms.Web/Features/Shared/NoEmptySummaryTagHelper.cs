using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Lms.Web.Features.Shared;

/// <summary>
/// Leaves out a validation summary that has nothing to say. The framework would write an empty list hidden by <c>style="display:none"</c>,
/// which the security policy refuses.
/// </summary>
[HtmlTargetElement("div", Attributes = "asp-validation-summary")]
public sealed class NoEmptySummaryTagHelper : TagHelper
{
    /// <summary>After the framework's own helper, whose order is -1000.</summary>
    public override int Order => 0;

    [ViewContext, HtmlAttributeNotBound] public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (ViewContext.ViewData.ModelState.IsValid) output.SuppressOutput();
    }
}
