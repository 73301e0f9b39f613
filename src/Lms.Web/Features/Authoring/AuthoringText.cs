namespace Lms.Web.Features.Authoring;

/// <summary>Names the authoring pages' texts; the English sentence is the key.</summary>
public sealed class AuthoringText;
