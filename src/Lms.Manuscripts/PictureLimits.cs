namespace Lms.Manuscripts;

/// <summary>How large a picture beside a text may be: what is shown as it is must be small, what is made smaller may be as it left the camera.</summary>
/// <param name="MostBytes">Bytes of the file.</param>
/// <param name="MostWidth">Pixels across.</param>
/// <param name="MostHeight">Pixels down.</param>
/// <param name="MostPixels">Pixels in all.</param>
public sealed record PictureLimits(int MostBytes, int MostWidth, int MostHeight, long MostPixels)
{
    /// <summary>For pictures that are shown as they are.</summary>
    public static readonly PictureLimits AsShown = new(60 * 1024, 1600, 3200, 1600 * 3200);
}
