using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Lms.Web.Features.Shared;

/// <summary>A field with a problem says so to a screen reader, too (WCAG 3.3.1), whichever form it is in.</summary>
[HtmlTargetElement("input", Attributes = "asp-for", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("select", Attributes = "asp-for"), HtmlTargetElement("textarea", Attributes = "asp-for")]
public sealed class AriaInvalidTagHelper : TagHelper
{
    // After the framework's own helpers, which write the name.
    public override int Order => 1000;

    [HtmlAttributeNotBound, ViewContext] public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (View.ModelState.IsValid || output.Attributes["name"]?.Value?.ToString() is not { } name) return;
        if (View.ModelState.GetFieldValidationState(name) == ModelValidationState.Invalid) output.Attributes.SetAttribute("aria-invalid", "true");
    }
}
