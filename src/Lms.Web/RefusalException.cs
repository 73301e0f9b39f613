using Lms.Web.Data;
using Lms.Web.Files;

namespace Lms.Web;

/// <summary>What keeps the program from working and only its operator can put right: the message says what it is and what to do.</summary>
public sealed class RefusalException : Exception
{
    public RefusalException() { }

    public RefusalException(string message) : base(message) { }

    public RefusalException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>The sentence for the operator; null when the failure is a fault of the program.</summary>
    internal static string? SentenceOf(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is RefusalException or FilesUnavailableException) return cause.Message;
            if (DatabaseProvider.SentenceOfAny(cause) is { } sentence) return sentence;
            if (cause is IOException or UnauthorizedAccessException)
                return $"{cause.Message.TrimEnd('.')}. See that the disk has space and that the program's user may read and write there; then try again.";
        }
        return null;
    }
}
