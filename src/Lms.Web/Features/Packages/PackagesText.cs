namespace Lms.Web.Features.Packages;

/// <summary>Marks the texts of this folder.</summary>
public sealed class PackagesText;
