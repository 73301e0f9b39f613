namespace Lms.Web.Features.Identity;

/// <summary>The fields that registering and accepting an invitation share.</summary>
public sealed record AccountFields(string? Name, string? Email, string? Language, bool FixedEmail);
