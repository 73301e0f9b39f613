namespace Lms.Web.Features.Learning;

/// <summary>Marks the texts of this feature.</summary>
public sealed class LearningText;
