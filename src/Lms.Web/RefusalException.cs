using Lms.Web.Files;
using Microsoft.Data.Sqlite;

namespace Lms.Web;

/// <summary>What keeps the program from working and only its operator can put right: the message says what it is and what to do.</summary>
public sealed class RefusalException : Exception
{
    private const int SqliteBusy = 5, SqliteLocked = 6, SqliteReadOnly = 8, SqliteInputOutput = 10, SqliteCorrupt = 11, SqliteFull = 13, SqliteCantOpen = 14, SqliteNotADatabase = 26;

    public RefusalException() { }

    public RefusalException(string message) : base(message) { }

    public RefusalException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>The sentence for the operator; null when the failure is a fault of the program.</summary>
    internal static string? SentenceOf(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is RefusalException or FilesUnavailableException) return cause.Message;
            if (cause is SqliteException sqlite) return SentenceOf(sqlite);
            if (cause is IOException or UnauthorizedAccessException)
                return $"{cause.Message.TrimEnd('.')}. See that the disk has space and that the program's user may read and write there; then try again.";
        }
        return null;
    }

    private static string? SentenceOf(SqliteException failure) => failure.SqliteErrorCode switch
    {
        SqliteReadOnly or SqliteCantOpen => "The database can't be opened or written. See that the program's user may write into the data folder and all that is in it, or name another with --data.",
        SqliteCorrupt or SqliteNotADatabase => "The file seedlot.db in the data folder is damaged, or no database. Move the folder away, and restore a backup in its place: restore FILE --data DIR.",
        SqliteFull or SqliteInputOutput => "The disk of the data folder is full or does not answer. Make space, then try again: what was saved before is safe.",
        SqliteBusy or SqliteLocked => "Another program holds the database of the data folder. Wait for it to end, then try again.",
        _ => null,
    };
}
