namespace Lms.Web.Files;

/// <summary>The store of files does not answer, and may again in a moment. Nothing was lost, and nothing was changed that has a name.</summary>
public sealed class FilesUnavailableException : IOException
{
    public FilesUnavailableException() { }

    public FilesUnavailableException(string message) : base(message) { }

    public FilesUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}
