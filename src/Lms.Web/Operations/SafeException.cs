using System.Data.Common;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Lms.Web.Operations;

/// <summary>
/// An exception as it may be written to a log: what it is, where it came from, and what it says only where that can't be about a person. A database's
/// or a parser's message often quotes the value it choked on.
/// </summary>
internal static class SafeException
{
    public static string Text(Exception failure)
    {
        var text = new StringBuilder();
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (text.Length > 0) text.Append("\n caused by ");
            text.Append(cause.GetType().FullName).Append(Detail(cause)).Append('\n').Append(new StackTrace(cause, fNeedFileInfo: true).ToString().TrimEnd());
        }
        return text.ToString();
    }

    private static string Detail(Exception cause) => cause switch
    {
        // These speak of disks, networks, programs and settings.
        RefusalException or SqliteException or SocketException or TimeoutException or OperationCanceledException or OutOfMemoryException or ObjectDisposedException => $": {Line(cause.Message)}",
        IOException when cause.GetType().Namespace == "System.IO" => $": {Line(cause.Message)}",
        DbException database => $" (SQL state {database.SqlState ?? "unknown"}, code {database.ErrorCode})",
        _ => "",
    };

    private static string Line(string message) => message.ReplaceLineEndings(" ");
}
