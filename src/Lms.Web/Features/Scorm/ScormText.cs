namespace Lms.Web.Features.Scorm;

/// <summary>Marks the texts of this folder.</summary>
public sealed class ScormText;
