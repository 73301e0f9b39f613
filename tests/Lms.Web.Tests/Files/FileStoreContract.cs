using System.Security.Cryptography;
using Lms.Web.Files;

namespace Lms.Web.Tests.Files;

/// <summary>What every store of files does, whatever it keeps them in.</summary>
public abstract class FileStoreContract
{
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A new and empty store.</summary>
    private protected abstract Task<IFileStore> EmptyAsync();

    /// <summary>The clock that the store goes by.</summary>
    protected MovableClock Clock { get; } = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64 << 10)]
    [InlineData((64 << 10) + 1)]
    [InlineData(9 << 20)]
    public async Task What_was_put_is_read_back_under_the_hash_of_its_bytes(int length)
    {
        var store = await EmptyAsync();
        var bytes = RandomNumberGenerator.GetBytes(length);

        var name = await store.PutAsync(bytes, Ct);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), name);
        await using var stream = await store.OpenAsync(name, Ct);
        Assert.Equal(length, stream!.Length);
        Assert.Equal(bytes, await ReadAsync(stream));
    }

    [Fact]
    public async Task The_same_bytes_are_kept_once_however_often_and_at_once_they_come()
    {
        var store = await EmptyAsync();
        var bytes = RandomNumberGenerator.GetBytes(5 << 20);

        var names = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => store.PutAsync(bytes, Ct)));

        Assert.Equal(await store.NamesAsync(Ct).SingleAsync(Ct), Assert.Single(names.Distinct()));
        await using var stream = await store.OpenAsync(names[0], Ct);
        Assert.Equal(bytes, await ReadAsync(stream!));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("")]
    [InlineData("../../../../../etc/passwd")]
    [InlineData("ABCDEF0000000000000000000000000000000000000000000000000000000000")]
    public async Task What_is_not_there_is_null(string name) => Assert.Null(await (await EmptyAsync()).OpenAsync(name, Ct));

    [Fact]
    public async Task A_file_is_read_from_any_place_in_it()
    {
        var store = await EmptyAsync();
        var bytes = RandomNumberGenerator.GetBytes(3 << 20);
        await using var stream = (await store.OpenAsync(await store.PutAsync(bytes, Ct), Ct))!;

        foreach (var at in new[] { 2_000_000, 10, 65_530, bytes.Length - 3, 0, 1_000_000 })
        {
            stream.Position = at;
            var piece = new byte[Math.Min(100_000, bytes.Length - at)];
            await stream.ReadExactlyAsync(piece, Ct);
            Assert.Equal(bytes.AsSpan(at, piece.Length).ToArray(), piece);
        }
        stream.Seek(0, SeekOrigin.End);
        Assert.Equal(0, await stream.ReadAsync(new byte[10], Ct));
    }

    [Fact]
    public async Task A_stage_keeps_all_of_its_files_or_none()
    {
        var store = await EmptyAsync();
        var (kept, dropped) = (new[] { "one"u8.ToArray(), "two"u8.ToArray(), RandomNumberGenerator.GetBytes(9 << 20), "one"u8.ToArray() }, "three"u8.ToArray());
        using (var stage = store.Stage())
        {
            foreach (var bytes in kept) await stage.AddAsync(new MemoryStream(bytes), Ct);
            Assert.Empty(await store.NamesAsync(Ct).ToListAsync(Ct));
            await stage.KeepAsync(Ct);
        }
        using (var stage = store.Stage()) await stage.AddAsync(new MemoryStream(dropped), Ct);

        Assert.Equal(kept.Select(b => Convert.ToHexStringLower(SHA256.HashData(b))).Distinct().Order(), (await store.NamesAsync(Ct).ToListAsync(Ct)).Order());
        await using var largest = await store.OpenAsync(Convert.ToHexStringLower(SHA256.HashData(kept[2])), Ct);
        Assert.Equal(kept[2], await ReadAsync(largest!));
    }

    [Fact]
    public async Task A_file_is_deleted_unless_its_bytes_came_again_since()
    {
        var store = await EmptyAsync();
        var name = await store.PutAsync("an attachment"u8.ToArray(), Ct);
        Clock.Advance(TimeSpan.FromHours(2));
        var before = Clock.GetUtcNow().UtcDateTime;
        Clock.Advance(TimeSpan.FromHours(2));
        await store.PutAsync("an attachment"u8.ToArray(), Ct);

        Assert.False(await store.DeleteAsync(name, before, Ct));
        Clock.Advance(TimeSpan.FromHours(2));
        Assert.True(await store.DeleteAsync(name, Clock.GetUtcNow().UtcDateTime, Ct));
        Assert.True(await store.DeleteAsync(name, Clock.GetUtcNow().UtcDateTime, Ct));
        Assert.Null(await store.OpenAsync(name, Ct));
        Assert.Empty(await store.NamesAsync(Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task Making_the_place_for_files_again_changes_nothing_and_the_store_answers()
    {
        var store = await EmptyAsync();
        var name = await store.PutAsync("kept"u8.ToArray(), Ct);
        await store.PrepareAsync(Ct);
        Assert.True(await store.AnswersAsync(Ct));
        Assert.Equal(name, await store.NamesAsync(Ct).SingleAsync(Ct));
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Ct);
        return copy.ToArray();
    }

    /// <summary>The time now, and on from there as a test moves it.</summary>
    protected sealed class MovableClock : TimeProvider
    {
        private TimeSpan _ahead;

        public void Advance(TimeSpan by) => _ahead += by;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;
    }
}
