using Lms.Web.Features.Assessment;
using Lms.Web.Features.Learning;
using Lms.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace Lms.Web.Features.Authoring.Export;

/// <summary>The words of a package's pages: those of the site's own lessons and assessments, and a few of its own.</summary>
public sealed class ExportWords(
    IStringLocalizer<AuthoringText> own, IStringLocalizer<LearningText> learning, IStringLocalizer<AssessmentText> assessment, IStringLocalizer<SharedText> shared)
{
    private readonly IStringLocalizer[] _texts = [own, assessment, learning, shared];

    /// <summary>The sentence in the language of the package, its gaps as they are; the English one where there is no other.</summary>
    public string Of(string english) => _texts.Select(texts => texts[english]).FirstOrDefault(text => !text.ResourceNotFound)?.Value ?? english;

    /// <summary>Whether there are words for it in the present language.</summary>
    internal bool Has(string english) => _texts.Any(texts => !texts[english].ResourceNotFound);

    /// <summary>The same with its gaps filled.</summary>
    public string Of(string english, params object[] values) => string.Format(System.Globalization.CultureInfo.InvariantCulture, Of(english), Isolates.Around(values));
}
