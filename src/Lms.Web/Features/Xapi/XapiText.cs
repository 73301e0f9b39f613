namespace Lms.Web.Features.Xapi;

/// <summary>The words of the record store's pages; the English sentence is the key.</summary>
public sealed class XapiText;
