using Lms.Manuscripts;

namespace Lms.Web.Images;

/// <summary>What becomes of a picture that somebody puts into a course.</summary>
public interface IImageProcessor
{
    /// <summary>What it makes of pictures, as a word that changes when that does.</summary>
    string Name { get; }

    /// <summary>The largest picture that it takes.</summary>
    PictureLimits Limits { get; }

    /// <summary>Looks at a picture, and makes smaller ones of it where it can.</summary>
    Task<ImageOutcome> ProcessAsync(ReadOnlyMemory<byte> picture, CancellationToken ct);

    /// <summary>The same drawing in fewer bytes, where it can; it is a PNG that the program drew itself.</summary>
    Task<byte[]> CompactAsync(byte[] png, CancellationToken ct);
}

/// <summary>What became of a picture.</summary>
public abstract record ImageOutcome
{
    private ImageOutcome() { }

    /// <summary>It stays as it was uploaded.</summary>
    public sealed record Kept : ImageOutcome;

    /// <summary>These are shown in its place, the narrowest first.</summary>
    public sealed record Resized(IReadOnlyList<ImageVariant> Variants) : ImageOutcome;

    /// <summary>It can't be shown.</summary>
    /// <param name="Code">Stable short name.</param>
    /// <param name="Message">What is wrong, one sentence.</param>
    /// <param name="Suggestion">What to do, one sentence.</param>
    public sealed record Refused(string Code, string Message, string Suggestion) : ImageOutcome;
}

/// <summary>A picture in one size, as WebP.</summary>
public sealed record ImageVariant(int Width, int Height, byte[] Bytes);
