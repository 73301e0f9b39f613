using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Lms.Web.Files;
using Lms.Web.Files.AzureBlob;
using Lms.Web.Tests.Files;

namespace Lms.Web.Tests.Cloud.Files;

public sealed class AzureBlobFileStoreTests : FileStoreContract, IAsyncLifetime
{
    private readonly string _stages = Directory.CreateTempSubdirectory("seedlot-blobs-").FullName;
    private readonly List<BlobContainerClient> _containers = [];
    private readonly Requests _requests = new();

    private protected override async Task<IFileStore> EmptyAsync()
    {
        _containers.Add(Azurite.Container(_requests));
        var store = new AzureBlobFileStore(_containers[^1], "files/", _stages, Clock);
        await store.PrepareAsync(Ct);
        return store;
    }

    [Fact]
    public async Task A_piece_in_the_middle_of_a_film_is_read_from_there_and_not_from_the_start()
    {
        var store = await EmptyAsync();
        var bytes = RandomNumberGenerator.GetBytes(20 << 20);
        var name = await store.PutAsync(bytes, Ct);
        _requests.Forget();

        await using var stream = (await store.OpenAsync(name, Ct))!;
        stream.Position = 15 << 20;
        var piece = new byte[100_000];
        await stream.ReadExactlyAsync(piece, Ct);

        Assert.Equal(bytes.AsSpan(15 << 20, piece.Length).ToArray(), piece);
        Assert.Equal(["GET bytes=0-65535", $"GET bytes={15 << 20}-{(15 << 20) + (256 << 10) - 1}"], _requests.Seen);
    }

    [Fact]
    public async Task All_of_a_film_takes_few_requests_and_a_small_file_takes_one()
    {
        var store = await EmptyAsync();
        var bytes = RandomNumberGenerator.GetBytes(100 << 20);
        var (film, page) = (await store.PutAsync(bytes, Ct), await store.PutAsync("a page"u8.ToArray(), Ct));
        _requests.Forget();
        await using (var stream = (await store.OpenAsync(page, Ct))!) await stream.CopyToAsync(Stream.Null, Ct);
        Assert.Equal("GET bytes=0-65535", Assert.Single(_requests.Seen));
        _requests.Forget();
        await using (var stream = (await store.OpenAsync(film, Ct))!) Assert.Equal(film, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, Ct)));
        Assert.InRange(_requests.Seen.Count, 2, 9);
    }

    [Fact]
    public async Task A_large_file_is_sent_in_blocks_and_what_is_there_is_not_sent_again()
    {
        var store = await EmptyAsync();
        var bytes = RandomNumberGenerator.GetBytes(9 << 20);
        await store.PutAsync(bytes, Ct);
        // It is asked for, sent in three blocks, and committed.
        Assert.Equal(1 + 3 + 1, _requests.Seen.Count(r => r == "PUT") - 1);
        _requests.Forget();
        await store.PutAsync(bytes, Ct);
        Assert.Equal("PUT", Assert.Single(_requests.Seen));
    }

    [Fact]
    public async Task The_two_stores_of_one_container_see_nothing_of_each_other()
    {
        var files = await EmptyAsync();
        var attachments = new AzureBlobFileStore(_containers[^1], "attachments/", _stages, Clock);
        var name = await files.PutAsync("both"u8.ToArray(), Ct);
        Assert.Null(await attachments.OpenAsync(name, Ct));
        Assert.True(await attachments.DeleteAsync(name, DateTime.MaxValue, Ct));
        Assert.NotNull(await files.OpenAsync(name, Ct));
        Assert.Empty(await attachments.NamesAsync(Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task Whoever_stores_a_file_while_it_is_deleted_has_it_afterwards()
    {
        var store = await EmptyAsync();
        for (var i = 0; i < 20; i++)
        {
            var bytes = RandomNumberGenerator.GetBytes(1000);
            var name = await store.PutAsync(bytes, Ct);
            Clock.Advance(TimeSpan.FromHours(1));
            var since = Clock.GetUtcNow().UtcDateTime;
            Clock.Advance(TimeSpan.FromHours(1));
            await Task.WhenAll(store.PutAsync(bytes, Ct), store.DeleteAsync(name, since, Ct));
            await using var stream = await store.OpenAsync(name, Ct);
            Assert.NotNull(stream);
        }
    }

    [Fact]
    public async Task A_store_that_nobody_answers_for_says_so_and_leaves_nothing_half_done()
    {
        var container = new BlobServiceClient(Azurite.Nobody()["LMS:Files:ConnectionString"], new BlobClientOptions { Retry = { MaxRetries = 0 } }).GetBlobContainerClient("none");
        var store = new AzureBlobFileStore(container, "files/", _stages, Clock);
        Assert.False(await store.AnswersAsync(Ct));
        foreach (var ask in new Func<Task>[] { () => store.PrepareAsync(Ct), () => store.PutAsync(new byte[1], Ct), () => store.OpenAsync(new string('0', 64), Ct), () => store.DeleteAsync(new string('0', 64), DateTime.MaxValue, Ct), async () => await store.NamesAsync(Ct).ToListAsync(Ct) })
            Assert.Contains("does not answer", (await Assert.ThrowsAsync<FilesUnavailableException>(ask)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_told_as_what_it_is()
    {
        var wrong = System.Text.RegularExpressions.Regex.Replace(Azurite.Connection(), "AccountKey=[^;]*", $"AccountKey={Convert.ToBase64String(new byte[64])}");
        var store = new AzureBlobFileStore(new BlobServiceClient(wrong).GetBlobContainerClient("none"), "files/", _stages, Clock);
        var failure = await Assert.ThrowsAsync<FilesUnavailableException>(() => store.PutAsync(new byte[1], Ct));
        Assert.Contains("refuses the program", failure.Message, StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var container in _containers) await container.DeleteIfExistsAsync();
        Directory.Delete(_stages, recursive: true);
    }
}
