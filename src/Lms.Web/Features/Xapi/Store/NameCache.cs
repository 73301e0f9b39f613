using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Lms.Web.Data;

namespace Lms.Web.Features.Xapi.Store;

/// <summary>Names that are in the database for good, kept to save a look-up for each use. Bounded: a flood of new names empties it.</summary>
public sealed class NameCache
{
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<string, long> _ids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(long Id, long Hash), bool> _seen = new();
    // Counted here: a concurrent dictionary locks itself whole to be counted.
    private int _idCount, _seenCount;

    public long? Find(string name) => _ids.TryGetValue(name, out var id) ? id : null;

    public void Remember(string name, long id)
    {
        if (_ids.TryAdd(name, id)) Bound(_ids, ref _idCount);
    }

    /// <summary>After the name was deleted.</summary>
    public void Forget(string name)
    {
        if (!_ids.TryRemove(name, out var id)) return;
        foreach (var seen in _seen.Keys.Where(s => s.Id == id)) _seen.TryRemove(seen, out _);
    }

    /// <summary>Whether this description of the name was taken in before, so that nothing needs to be read or merged.</summary>
    public bool HasSeen(long id, ReadOnlySpan<byte> description) => _seen.ContainsKey((id, HashOf(description)));

    public void Saw(long id, ReadOnlySpan<byte> description)
    {
        if (_seen.TryAdd((id, HashOf(description)), true)) Bound(_seen, ref _seenCount);
    }

    private static void Bound<TKey, TValue>(ConcurrentDictionary<TKey, TValue> entries, ref int count)
        where TKey : notnull
    {
        if (Interlocked.Increment(ref count) < Most) return;
        entries.Clear();
        Interlocked.Exchange(ref count, 0);
    }

    /// <summary>The name as every database can hold it: some have no text with the character U+0000.</summary>
    public static string Storable(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Contains('\0', StringComparison.Ordinal) ? name.Replace('\0', '\u001A') : name;
    }

    /// <summary>Where a name's number is looked for first: 47 bits, which databases store in six bytes.</summary>
    public static long FirstId(string name) => HashOf(Encoding.UTF8.GetBytes(name)) & 0x7FFF_FFFF_FFFF;

    private static long HashOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }
}

/// <summary>The caches of the three kinds of names. Take one before reading from the database what is to be remembered in it.</summary>
public sealed class KnownNames(SharedOrder? order = null)
{
    private readonly Lock _lock = new();
    private volatile Caches _caches = new(0);

    public NameCache Agents => _caches.Agents;
    public NameCache Activities => _caches.Activities;
    public NameCache Verbs => _caches.Verbs;

    /// <summary>Begins to change agents in statements: while the transaction is open, no other one does, and deletes names that this one knows.</summary>
    internal async Task BeginErasingAsync(DbTransaction transaction, CancellationToken ct)
    {
        if (order is not null) Expect((await order.BeginErasingAsync(transaction, ct)).Names);
    }

    /// <summary>Keeps others from using a name that this transaction is about to delete.</summary>
    internal Task HoldAsync(DbTransaction transaction, CancellationToken ct) => order?.HoldNamesAsync(transaction, ct) ?? Task.CompletedTask;

    /// <summary>Forgets all that is older: another process has deleted names.</summary>
    internal void Expect(int version)
    {
        if (_caches.Version >= version) return;
        lock (_lock)
        {
            if (_caches.Version < version) _caches = new Caches(version);
        }
    }

    private sealed class Caches(int version)
    {
        public int Version { get; } = version;
        public NameCache Agents { get; } = new();
        public NameCache Activities { get; } = new();
        public NameCache Verbs { get; } = new();
    }
}
