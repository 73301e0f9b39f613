namespace Lms.Web.Features.Shared;

/// <summary>A list with nothing in it, drawn by <c>_Empty</c>: says what it is for and what to do first.</summary>
public sealed record Empty(string Title, string Text, string Icon = "list", string? Href = null, string? Action = null);
