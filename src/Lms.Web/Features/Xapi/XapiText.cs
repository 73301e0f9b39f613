namespace Lms.Web.Features.Xapi;

/// <summary>Names the record store's texts; the English sentence is the key.</summary>
public sealed class XapiText;
