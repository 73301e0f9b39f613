using Lms.Manuscripts;

namespace Lms.Web.Images;

/// <summary>Pictures stay as they were uploaded, and so must be small.</summary>
internal sealed class KeptImages : IImageProcessor
{
    public string Name => "kept";

    public PictureLimits Limits => PictureLimits.AsShown;

    public Task<ImageOutcome> ProcessAsync(ReadOnlyMemory<byte> picture, CancellationToken ct) =>
        Task.FromResult<ImageOutcome>(ImageRules.Check(picture.Span, Limits) ?? (ImageOutcome)new ImageOutcome.Kept());

    public Task<byte[]> CompactAsync(byte[] png, CancellationToken ct) => Task.FromResult(png);
}
