using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Lms.Web.Tests.Data;

/// <summary>What works on one database only belongs into that database's folder.</summary>
public sealed partial class PortableSqlTests
{
    [Fact]
    public void No_feature_writes_what_only_some_databases_understand() => Assert.Empty(Offences(OfSomeDatabases()));

    /// <summary>
    /// A server's connection may break in between: only <c>TransactionAsync</c> begins all of it anew. Exceptions are the writing of statements, whose
    /// senders are told and send again, and what saves entities that a caller has changed already.
    /// </summary>
    [Fact]
    public void No_feature_begins_a_transaction_of_its_own() =>
        Assert.DoesNotContain(Offences(OwnTransaction()), o => !o.StartsWith("Features/Xapi/Store/", StringComparison.Ordinal) && !o.StartsWith("Features/Xapi/Counting/StatementCursors.cs", StringComparison.Ordinal));

    private static IEnumerable<string> Offences(Regex what) =>
        from file in Directory.EnumerateFiles(Web(), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Web(), file).Replace('\\', '/')
        where !path.StartsWith("Data/", StringComparison.Ordinal) && !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("Jobs/Hangfire/", StringComparison.Ordinal)
        from line in File.ReadLines(file)
        where what.IsMatch(line)
        select $"{path}: {line.Trim()}";

    private static string Web([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Lms.Web"));

    [GeneratedRegex(@"\bLIMIT \{|\bLIMIT \d|ON CONFLICT|\bPRAGMA\b|\bILIKE\b|SKIP LOCKED|\bsqlite_master\b|pg_\w+\(|MERGE INTO|\bNVARCHAR\b")]
    private static partial Regex OfSomeDatabases();

    [GeneratedRegex(@"\.BeginTransaction(Async)?\(")]
    private static partial Regex OwnTransaction();
}
