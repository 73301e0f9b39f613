namespace Lms.Web.Features.Identity;

/// <summary>The sentences of accounts, people and invitations: English is the key, other languages are in the resources beside it.</summary>
public sealed class IdentityText;
