namespace Lms.Web.Features.Catalog;

/// <summary>Names the catalogue's texts; the English sentence is the key.</summary>
public sealed class CatalogText;
