namespace Lms.Web.Features.Identity;

/// <summary>The fields that registering and accepting an invitation share.</summary>
public sealed class AccountFields
{
    public string? Name { get; set; }
    public string? Email { get; set; }
    public string? Password { get; set; }
    public string? Language { get; set; }
    public Guid? Centre { get; set; }
    /// <summary>The address is the invitation's and can't be changed.</summary>
    public bool FixedEmail { get; init; }

    public NewAccount Asked => new(Name, Email, Language, Centre ?? Guid.Empty);
}
