namespace Lms.Web.Editions;

/// <summary>What differs between the editions; <c>DefaultEdition.cs</c> or <c>CloudEdition.cs</c> holds the rest, as the build chooses.</summary>
internal static partial class Edition
{
    /// <summary>Puts in what makes smaller pictures; a build without a library for it leaves this empty, and pictures are kept as uploaded.</summary>
    static partial void AddImageLibrary(IServiceCollection services);

    public static void AddImages(IServiceCollection services) => AddImageLibrary(services);
}
