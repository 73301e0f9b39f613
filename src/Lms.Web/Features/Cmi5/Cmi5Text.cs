namespace Lms.Web.Features.Cmi5;

/// <summary>Marks the texts of this folder.</summary>
public sealed class Cmi5Text;
