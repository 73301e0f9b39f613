namespace Lms.Web.Features.Reporting;

/// <summary>Names the staff pages' texts; the English sentence is the key.</summary>
public sealed class ReportingText;
