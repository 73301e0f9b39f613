using System.Text;
using Lms.Manuscripts;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using SixLabors.ImageSharp.Processing.Processors.Quantization;

namespace Lms.Web.Images.ImageSharp;

/// <summary>
/// Pictures as they leave a camera become WebP in the widths that screens want: turned as they were held, and without what they say of camera, place and
/// time. One at a time, with bounded memory, and never unpacked before the header has said how large they are.
/// </summary>
internal sealed class SharpImages : IImageProcessor, IDisposable
{
    private static readonly int[] s_widths = [480, 960, 1600];
    private const int MostFrames = 200;
    private const int MostProfileBytes = 4 << 10;
    private const int MostMegabytes = 256;

    private readonly SemaphoreSlim _place = new(1);
    private readonly DecoderOptions _options, _look;

    public SharpImages()
    {
        var configuration = Configuration.Default.Clone();
        configuration.MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions { AllocationLimitMegabytes = MostMegabytes, MaximumPoolSizeMegabytes = 16 });
        configuration.MaxDegreeOfParallelism = 1;
        _options = new DecoderOptions { Configuration = configuration, MaxFrames = MostFrames };
        _look = new DecoderOptions { Configuration = configuration, MaxFrames = MostFrames + 1 };
    }

    public string Name => "imagesharp-3";

    public PictureLimits Limits { get; } = new(10 << 20, 12_000, 12_000, 24_000_000);

    public async Task<ImageOutcome> ProcessAsync(ReadOnlyMemory<byte> picture, CancellationToken ct)
    {
        if (ImageRules.Check(picture.Span, Limits) is { } refused) return refused;
        return await OneAtATimeAsync(() => Process(picture.Span), ct);
    }

    public Task<byte[]> CompactAsync(byte[] png, CancellationToken ct) => OneAtATimeAsync(() =>
    {
        using var image = Image.Load<Rgba32>(_options, png);
        using var compact = new MemoryStream();
        image.Save(compact, new PngEncoder
        {
            ColorType = PngColorType.Palette, BitDepth = PngBitDepth.Bit8, CompressionLevel = PngCompressionLevel.BestCompression,
            Quantizer = new WuQuantizer(new QuantizerOptions { Dither = null }), SkipMetadata = true,
        });
        return compact.Length < png.Length ? compact.ToArray() : png;
    }, ct);

    public void Dispose() => _place.Dispose();

    private async Task<T> OneAtATimeAsync<T>(Func<T> work, CancellationToken ct)
    {
        await _place.WaitAsync(ct);
        try
        {
            return await Task.Run(work, ct);
        }
        finally
        {
            _place.Release();
            _options.Configuration.MemoryAllocator.ReleaseRetainedResources();
        }
    }

    private ImageOutcome Process(ReadOnlySpan<byte> picture)
    {
        try
        {
            // A small file can hold many frames, each as large as the screen.
            var known = Image.Identify(_look, picture);
            var frames = Math.Max(1, known.FrameMetadataCollection.Count);
            if (frames > MostFrames || (long)known.Width * known.Height * frames > Limits.MostPixels)
                return new ImageOutcome.Refused("picture-frames", $"The picture moves: {(frames > MostFrames ? $"more than {MostFrames}" : $"{frames}")} frames of {known.Width} × {known.Height} pixels; {Limits.MostPixels / 1_000_000} million pixels in {MostFrames} frames are the most.", "Make it shorter or smaller, or show a still picture.");
            using var image = Image.Load<Rgba32>(_options, picture);
            image.Mutate(turned => turned.AutoOrient());
            Strip(image);
            return new ImageOutcome.Resized(Variants(image, isDrawing: known.Metadata.DecodedImageFormat is PngFormat && frames == 1));
        }
#pragma warning disable CA1031 // Whatever a decoder stumbles over, it is the picture's fault and must not be the site's.
        catch (Exception broken) when (broken is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            return ImageRules.Broken();
        }
    }

    /// <summary>From the widest on, each made of the one before.</summary>
    private static List<ImageVariant> Variants(Image<Rgba32> image, bool isDrawing)
    {
        var variants = new List<ImageVariant>();
        foreach (var width in s_widths.Where(w => w < image.Width).Append(Math.Min(image.Width, s_widths[^1])).Distinct().OrderDescending())
        {
            if (width < image.Width) image.Mutate(smaller => smaller.Resize(width, 0, KnownResamplers.Lanczos3));
            variants.Insert(0, new ImageVariant(image.Width, image.Height, Encode(image, isDrawing)));
        }
        return variants;
    }

    // Lines and areas of one colour are often both sharper and smaller without loss.
    private static byte[] Encode(Image<Rgba32> image, bool isDrawing)
    {
        var lossy = Saved(image, new WebpEncoder { FileFormat = WebpFileFormatType.Lossy, Quality = 80 });
        if (!isDrawing) return lossy;
        var lossless = Saved(image, new WebpEncoder { FileFormat = WebpFileFormatType.Lossless });
        return lossless.Length <= lossy.Length ? lossless : lossy;
    }

    private static byte[] Saved(Image<Rgba32> image, WebpEncoder encoder)
    {
        using var bytes = new MemoryStream();
        image.Save(bytes, encoder);
        return bytes.ToArray();
    }

    /// <summary>Takes out what a picture says beside what it shows; a profile of its colours stays, where it is one of a screen's colours and small.</summary>
    private static void Strip(Image image)
    {
        image.Metadata.ExifProfile = null;
        image.Metadata.IptcProfile = null;
        image.Metadata.XmpProfile = null;
        image.Metadata.CicpProfile = null;
        if (image.Metadata.IccProfile is { } colours && !IsOfScreens(colours)) image.Metadata.IccProfile = null;
        foreach (ImageFrameMetadata frame in image.Frames.Select(f => f.Metadata))
            (frame.ExifProfile, frame.IptcProfile, frame.XmpProfile, frame.IccProfile, frame.CicpProfile) = (null, null, null, null, null);
    }

    // ICC.1, 7.2.6: the colour space of the data, in the header's bytes 16 to 19.
    private static bool IsOfScreens(IccProfile profile) =>
        profile.ToByteArray() is { Length: > 20 and <= MostProfileBytes } bytes && Encoding.ASCII.GetString(bytes, 16, 4) == "RGB ";
}
