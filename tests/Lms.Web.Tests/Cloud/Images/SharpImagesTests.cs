using System.Diagnostics;
using System.Text;
using Lms.Web.Images;
using Lms.Web.Images.ImageSharp;
using Lms.Web.Tests.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace Lms.Web.Tests.Cloud.Images;

public sealed class SharpImagesTests : IDisposable
{
    private readonly SharpImages _images = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_photo_becomes_three_sizes_of_WebP_and_together_they_weigh_less_than_it()
    {
        var photo = Photo(3000, 2000);
        var sizes = await SizesAsync(photo);
        Assert.Equal([(480, 320), (960, 640), (1600, 1067)], sizes.Select(s => (s.Width, s.Height)));
        Assert.All(sizes, s => Assert.Equal(("RIFF", "WEBP"), (Encoding.ASCII.GetString(s.Bytes, 0, 4), Encoding.ASCII.GetString(s.Bytes, 8, 4))));
        Assert.All(sizes, s => Assert.Equal((s.Width, s.Height), (Image.Identify(s.Bytes).Width, Image.Identify(s.Bytes).Height)));
        Assert.InRange(sizes.Sum(s => s.Bytes.Length), 1, photo.Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"{photo.Length} bytes became {string.Join(", ", sizes.Select(s => $"{s.Width}: {s.Bytes.Length}"))}");
    }

    [Theory]
    [InlineData(300, "300")]
    [InlineData(480, "480")]
    [InlineData(700, "480 700")]
    [InlineData(1600, "480 960 1600")]
    public async Task No_picture_is_made_wider_than_it_is(int width, string expected) =>
        Assert.Equal(expected, string.Join(' ', (await SizesAsync(Photo(width, 200))).Select(s => s.Width)));

    [Fact]
    public async Task What_a_camera_says_of_place_and_maker_is_gone_and_the_picture_stands_upright()
    {
        using var image = Image.Load<Rgba32>(Photo(1200, 800));
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Orientation, (ushort)6);
        exif.SetValue(ExifTag.Make, "CameraMaker");
        exif.SetValue(ExifTag.GPSLatitude, [new Rational(14), new Rational(41), new Rational(12)]);
        exif.SetValue(ExifTag.GPSLatitudeRef, "N");
        image.Metadata.ExifProfile = exif;
        image.Metadata.XmpProfile = new(Encoding.UTF8.GetBytes("<x:xmpmeta xmlns:x='adobe:ns:meta/'>Ana was here</x:xmpmeta>"));
        var photo = Saved(image, new JpegEncoder());
        Assert.Contains("CameraMaker", Encoding.Latin1.GetString(photo), StringComparison.Ordinal);

        var sizes = await SizesAsync(photo);

        Assert.Equal((480, 720), (sizes[0].Width, sizes[0].Height));
        Assert.Equal((800, 1200), (sizes[^1].Width, sizes[^1].Height));
        foreach (var size in sizes)
        {
            var text = Encoding.Latin1.GetString(size.Bytes);
            Assert.All(new[] { "EXIF", "Exif", "XMP ", "CameraMaker", "Ana was here" }, word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
            Assert.Null(Image.Identify(size.Bytes).Metadata.ExifProfile);
        }
    }

    [Fact]
    public async Task Pictures_for_printers_and_of_sixteen_bits_are_shown_like_others()
    {
        using var image = Image.Load<Rgba32>(Photo(900, 600));
        foreach (var encoding in new[] { JpegEncodingColor.Cmyk, JpegEncodingColor.Ycck, JpegEncodingColor.Luminance, JpegEncodingColor.Rgb })
            Assert.Equal(2, (await SizesAsync(Saved(image, new JpegEncoder { ColorType = encoding }))).Count);
        Assert.Equal(2, (await SizesAsync(Drawn.Png(900, 600, bits: 16))).Count);
    }

    [Fact]
    public async Task A_short_animation_goes_on_moving_and_a_bomb_of_frames_is_refused_unopened()
    {
        using var image = new Image<Rgba32>(600, 300);
        for (var i = 0; i < 5; i++) using (var frame = new Image<Rgba32>(600, 300, Color.FromRgb((byte)(i * 50), 0, 0))) image.Frames.AddFrame(frame.Frames.RootFrame);
        Assert.All(await SizesAsync(Saved(image, new GifEncoder())), s => Assert.Equal(6, Image.Identify(s.Bytes).FrameMetadataCollection.Count));

        foreach (var (width, frames) in new[] { (3000, 500), (4000, 2), (100, 5000) })
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var watch = Stopwatch.StartNew();
            Assert.Equal("picture-frames", Assert.IsType<ImageOutcome.Refused>(await _images.ProcessAsync(Drawn.Gif(width, width, frames), Ct)).Code);
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        }
    }

    [Fact]
    public async Task A_damaged_picture_is_refused_or_shown_and_never_a_fault()
    {
        var sound = new[] { Photo(400, 300), Drawn.Png(400, 300), Saved(Image.Load<Rgba32>(Photo(400, 300)), new WebpEncoder()), Drawn.Gif(100, 100, 3) };
        var random = new Random(5);
        foreach (var picture in sound)
            for (var i = 0; i < 60; i++)
            {
                var damaged = picture.ToArray();
                for (var flips = 0; flips <= i % 8; flips++) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                if (i % 3 == 0) damaged = damaged[..random.Next(1, damaged.Length)];
                Assert.True(await _images.ProcessAsync(damaged, Ct) is ImageOutcome.Refused or ImageOutcome.Resized);
            }
    }

    [Fact]
    public async Task A_drawing_of_few_colours_becomes_smaller_and_stays_as_it_is()
    {
        using var drawing = new Image<Rgba32>(600, 600, Color.White);
        drawing.ProcessPixelRows(rows =>
        {
            for (var y = 100; y < 500; y++) rows.GetRowSpan(y)[100..500].Fill(new Rgba32(11, 85, 99));
        });
        var png = Saved(drawing, new SixLabors.ImageSharp.Formats.Png.PngEncoder());
        var compact = await _images.CompactAsync(png, Ct);
        using var after = Image.Load<Rgba32>(compact);
        Assert.InRange(compact.Length, 1, png.Length - 1);
        Assert.Equal((600, 600, new Rgba32(11, 85, 99)), (after.Width, after.Height, after[300, 300]));
    }

    public void Dispose() => _images.Dispose();

    private async Task<IReadOnlyList<ImageVariant>> SizesAsync(byte[] picture) => Assert.IsType<ImageOutcome.Resized>(await _images.ProcessAsync(picture, Ct)).Variants;

    /// <summary>A JPEG with the grain and the slopes of a photo.</summary>
    internal static byte[] Photo(int width, int height)
    {
        using var image = new Image<Rgba32>(width, height);
        var random = new Random(width);
        image.ProcessPixelRows(rows =>
        {
            for (var y = 0; y < rows.Height; y++)
            {
                var row = rows.GetRowSpan(y);
                for (var x = 0; x < row.Length; x++)
                {
                    var (light, grain) = (Math.Sin(x / 90.0) * Math.Cos(y / 70.0) * 90 + 120, random.Next(24));
                    row[x] = new Rgba32((byte)(light + grain), (byte)(light * 0.8 + grain), (byte)(255 * y / rows.Height));
                }
            }
        });
        return Saved(image, new JpegEncoder { Quality = 90 });
    }

    private static byte[] Saved(Image image, SixLabors.ImageSharp.Formats.IImageEncoder encoder)
    {
        using var bytes = new MemoryStream();
        image.Save(bytes, encoder);
        return bytes.ToArray();
    }
}
