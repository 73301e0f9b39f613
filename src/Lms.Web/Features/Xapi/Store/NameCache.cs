using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

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

    /// <summary>Where a name's number is looked for first: 47 bits, which databases store in six bytes.</summary>
    public static long FirstId(string name) => HashOf(Encoding.UTF8.GetBytes(name)) & 0x7FFF_FFFF_FFFF;

    private static long HashOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }
}

/// <summary>The caches of the three kinds of names.</summary>
public sealed class KnownNames
{
    public NameCache Agents { get; } = new();
    public NameCache Activities { get; } = new();
    public NameCache Verbs { get; } = new();
}
