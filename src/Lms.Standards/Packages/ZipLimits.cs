namespace Lms.Standards.Packages;

/// <summary>How much an archive may hold before it is taken for a bomb.</summary>
public sealed record ZipLimits
{
    /// <summary>The most entries.</summary>
    public int Entries { get; init; } = 50_000;

    /// <summary>The most bytes, unpacked.</summary>
    public long Bytes { get; init; } = 4L << 30;

    /// <summary>How many times its packed size an entry may have, once it is larger than <see cref="RatioFrom"/>.</summary>
    public int Ratio { get; init; } = 100;

    /// <summary>Bytes, unpacked, below which no ratio is suspicious.</summary>
    public long RatioFrom { get; init; } = 8 << 20;

    /// <summary>The longest table of contents, in bytes: what is read of it is held in memory.</summary>
    public long DirectoryBytes { get; init; } = 24 << 20;
}
