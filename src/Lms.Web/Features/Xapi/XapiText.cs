namespace Lms.Web.Features.Xapi;

/// <summary>The texts of this feature. The English sentence is the key, so a missing translation shows as English.</summary>
public sealed class XapiText;
