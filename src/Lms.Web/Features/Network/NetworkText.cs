namespace Lms.Web.Features.Network;

/// <summary>The sentences of the centres' pages.</summary>
public sealed class NetworkText;
