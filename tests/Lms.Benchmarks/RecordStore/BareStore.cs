using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Lms.Benchmarks.RecordStore;

/// <summary>
/// The upper bound for a record store on this machine: an endpoint that parses JSON, validates nothing, knows no credentials, and commits what
/// arrives together into SQLite with the indexes that the queries need.
/// </summary>
internal static class BareStore
{
    private const string Schema = """
        PRAGMA journal_mode=WAL;
        CREATE TABLE Statements (Seq INTEGER PRIMARY KEY, Id BLOB NOT NULL UNIQUE, Verb INTEGER, Registration BLOB, Body BLOB NOT NULL);
        CREATE INDEX ByVerb ON Statements (Verb, Seq);
        CREATE INDEX ByRegistration ON Statements (Registration, Seq);
        CREATE TABLE Links (Name INTEGER, Usage INTEGER, Seq INTEGER, PRIMARY KEY (Name, Usage, Seq)) WITHOUT ROWID;
        CREATE TABLE Names (Id INTEGER PRIMARY KEY, Value TEXT UNIQUE);
        """;

    public static async Task<int> RunAsync(string file, string url)
    {
        var source = $"Data Source={file}";
        using (var connection = Open(source)) Execute(connection, Schema);
        var names = new Dictionary<string, long>();
        var queue = Channel.CreateBounded<Post>(new BoundedChannelOptions(4096) { SingleReader = true });
        _ = Task.Run(() => WriteAsync(source, queue.Reader, names));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(k => k.Limits.MaxRequestBodySize = 100 << 20);
        await using var app = builder.Build();
        app.MapGet("/", () => "ready");
        app.MapPost("/xapi/statements", async (HttpContext http) =>
        {
            using var json = await JsonDocument.ParseAsync(http.Request.Body);
            var post = new Post([.. (json.RootElement.ValueKind == JsonValueKind.Array ? [.. json.RootElement.EnumerateArray()] : new[] { json.RootElement }).Select(Row.Of)]);
            await queue.Writer.WriteAsync(post);
            await post.Done.Task;
            await http.Response.WriteAsJsonAsync(post.Rows.Select(r => r.Id));
        });
        app.MapGet("/xapi/statements", (HttpContext http) => ReadAsync(http, source, names));
        await app.RunAsync();
        return 0;
    }

    private static async Task WriteAsync(string source, ChannelReader<Post> queue, Dictionary<string, long> names)
    {
        using var connection = Open(source);
        Execute(connection, "PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=4000");
        using var row = Prepare(connection, "INSERT INTO Statements (Id, Verb, Registration, Body) VALUES (@p0, @p1, @p2, @p3) RETURNING Seq", 4);
        using var link = Prepare(connection, "INSERT OR IGNORE INTO Links VALUES (@p0, @p1, @p2)", 3);
        using var name = Prepare(connection, "INSERT INTO Names (Value) VALUES (@p0) RETURNING Id", 1);
        var group = new List<Post>();
        while (await queue.WaitToReadAsync())
        {
            group.Clear();
            for (var count = 0; count < 2_000 && queue.TryRead(out var post); count += post.Rows.Count) group.Add(post);
            using var transaction = connection.BeginTransaction();
            row.Transaction = link.Transaction = name.Transaction = transaction;
            foreach (var statement in group.SelectMany(p => p.Rows))
            {
                var sequence = (long)Scalar(row, statement.Id.ToByteArray(), IdOf(statement.Verb), (object?)statement.Registration?.ToByteArray() ?? DBNull.Value, statement.Body)!;
                foreach (var (value, usage) in statement.Links) Scalar(link, IdOf(value), usage, sequence);
            }
            transaction.Commit();
            foreach (var post in group) post.Done.SetResult();
        }

        long IdOf(string value)
        {
            if (names.TryGetValue(value, out var id)) return id;
            id = (long)Scalar(name, value)!;
            lock (names) return names[value] = id;
        }
    }

    private static async Task ReadAsync(HttpContext http, string source, Dictionary<string, long> names)
    {
        var query = http.Request.Query;
        using var connection = Open(source);
        using var command = connection.CreateCommand();
        if (query.TryGetValue("agent", out var agent))
        {
            using var json = JsonDocument.Parse(agent.ToString());
            Ask("SELECT s.Body FROM Links l JOIN Statements s ON s.Seq = l.Seq WHERE l.Name = @p0 AND l.Usage = 0 ORDER BY l.Seq DESC LIMIT 100", IdOf(Row.KeyOf(json.RootElement)));
        }
        else if (query.ContainsKey("related_activities"))
            Ask("SELECT s.Body FROM Links l JOIN Statements s ON s.Seq = l.Seq WHERE l.Name = @p0 AND l.Usage = 2 ORDER BY l.Seq DESC LIMIT 100", IdOf(query["activity"]!));
        else if (query.TryGetValue("verb", out var verb))
            Ask("SELECT s.Body FROM Links l JOIN Statements s ON s.Seq = l.Seq WHERE l.Name = @p0 AND l.Usage = 1 AND s.Verb = @p1 ORDER BY l.Seq DESC LIMIT 100", IdOf(query["activity"]!), IdOf(verb!));
        else if (query.TryGetValue("registration", out var registration))
            Ask("SELECT Body FROM Statements WHERE Registration = @p0 ORDER BY Seq DESC LIMIT 100", Guid.Parse(registration!).ToByteArray());
        else Ask($"SELECT Body FROM Statements ORDER BY Seq {(query.ContainsKey("since") ? "ASC" : "DESC")} LIMIT 100");

        var answer = new ArrayBufferWriter<byte>(65536);
        answer.Write("{\"statements\":["u8);
        using (var reader = command.ExecuteReader())
            for (var first = true; reader.Read(); first = false)
            {
                if (!first) answer.Write(","u8);
                answer.Write((byte[])reader[0]);
            }
        answer.Write("]}"u8);
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(answer.WrittenMemory);

        void Ask(string sql, params object[] values)
        {
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"@p{i}", values[i]);
        }

        long IdOf(string value)
        {
            lock (names) return names.GetValueOrDefault(value, -1);
        }
    }

    private static SqliteConnection Open(string source)
    {
        var connection = new SqliteConnection(source);
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter($"@p{i}", null));
        return command;
    }

    private static object? Scalar(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command.ExecuteScalar();
    }

    private sealed record Post(List<Row> Rows)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <param name="Links">Names with their usage: 0 the actor, 1 the object, 2 a context activity, 3 the instructor.</param>
    private sealed record Row(Guid Id, string Verb, Guid? Registration, byte[] Body, List<(string Name, int Usage)> Links)
    {
        public static Row Of(JsonElement statement)
        {
            var links = new List<(string, int)> { (KeyOf(statement.GetProperty("actor")), 0), (statement.GetProperty("object").GetProperty("id").GetString()!, 1) };
            Guid? registration = null;
            if (statement.TryGetProperty("context", out var context))
            {
                if (context.TryGetProperty("registration", out var id)) registration = id.GetGuid();
                if (context.TryGetProperty("instructor", out var instructor)) links.Add((KeyOf(instructor), 3));
                if (context.TryGetProperty("contextActivities", out var lists))
                    links.AddRange(lists.EnumerateObject().SelectMany(l => l.Value.EnumerateArray()).Select(a => (a.GetProperty("id").GetString()!, 2)));
            }
            return new Row(statement.GetProperty("id").GetGuid(), statement.GetProperty("verb").GetProperty("id").GetString()!, registration, JsonSerializer.SerializeToUtf8Bytes(statement), links);
        }

        public static string KeyOf(JsonElement agent) =>
            agent.TryGetProperty("account", out var account) ? $"{account.GetProperty("homePage").GetString()}|{account.GetProperty("name").GetString()}"
            : agent.TryGetProperty("mbox", out var mbox) ? mbox.GetString()! : agent.GetProperty("mbox_sha1sum").GetString()!;
    }
}
