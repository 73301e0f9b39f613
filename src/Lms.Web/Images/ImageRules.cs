using Lms.Manuscripts;

namespace Lms.Web.Images;

/// <summary>What is seen of a picture before anything of it is unpacked.</summary>
internal static class ImageRules
{
    /// <summary>Why the picture is refused, by its first bytes and its length; null when nothing speaks against it.</summary>
    public static ImageOutcome.Refused? Check(ReadOnlySpan<byte> picture, PictureLimits limits)
    {
        if (picture.Length > limits.MostBytes) return new("picture-bytes", $"The picture has {picture.Length / 1000} KB; {limits.MostBytes / 1000} KB is the most.", "Make it smaller, or save it as WebP.");
        if (RasterHeader.Read(picture) is not { } header) return new("picture-format", "The file is not a PNG, JPEG, WebP or GIF picture, whatever its name says.", "Save it again in one of these formats.");
        if (header.Exceeds(limits)) return TooLarge(header.Width, header.Height, limits);
        return RasterHeader.IsWhole(picture) ? null : Broken();
    }

    public static ImageOutcome.Refused TooLarge(int width, int height, PictureLimits limits) => new(
        "picture-pixels", $"The picture is {width} × {height} pixels; {limits.MostWidth} × {limits.MostHeight}, and {limits.MostPixels / 1_000_000.0:0.#} million in all, is the most.", "Make it smaller: a screen shows no more.");

    public static ImageOutcome.Refused Broken() => new("picture-broken", "The picture can't be read to its end.", "Open it in a picture program, save it again, and see that the copy is complete.");
}
