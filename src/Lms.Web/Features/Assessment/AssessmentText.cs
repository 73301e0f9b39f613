namespace Lms.Web.Features.Assessment;

/// <summary>Marks the texts of this feature.</summary>
public sealed class AssessmentText;
