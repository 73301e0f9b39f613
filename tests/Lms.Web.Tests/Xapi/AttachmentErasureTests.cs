using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Xapi.Privacy;
using Lms.Web.Features.Xapi.Statements;
using Lms.Web.Jobs;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lms.Web.Tests.Xapi;

/// <summary>The bytes of an erased agent's attachments go, too, as soon as that takes nothing from anybody else.</summary>
public sealed class AttachmentErasureTests : IAsyncLifetime
{
    private readonly TestSite _site = LrsSite.NewSite();
    private Lrs _lrs = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        _lrs = new Lrs(_site.Address, "1.0.3");
    }

    public ValueTask DisposeAsync()
    {
        _lrs.Dispose();
        return _site.DisposeAsync();
    }

    [Fact]
    public async Task Files_that_nobody_else_has_are_deleted_and_shared_ones_stay()
    {
        var (own, shared, long512, elsewhere) = (Bytes(), Bytes(), Bytes(), Bytes());
        var mail = await SendAsync(Sha256(own), Sha256(shared), Sha512(long512), Sha512(elsewhere));
        await SendAsync(Sha256(shared));
        // The same bytes by another hash: they are the same file.
        await SendAsync(Sha256(elsewhere));
        await EraseAsync(mail);
        Assert.True(await HasAsync(Sha256(own)));

        await LaterAsync(hours: 3);

        Assert.False(await HasAsync(Sha256(own)));
        Assert.False(await HasAsync(Sha512(long512)));
        Assert.True(await HasAsync(Sha256(shared)));
        Assert.True(await HasAsync(Sha512(elsewhere)));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_site.DataFolder, "attachments"), "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task A_file_whose_bytes_came_again_meanwhile_waits_for_its_statement()
    {
        var bytes = Bytes();
        await EraseAsync(await SendAsync(Sha256(bytes)));
        await LaterAsync(hours: 3, andThen: () => SendAsync(Sha256(bytes)));
        Assert.True(await HasAsync(Sha256(bytes)));

        // Its file is kept for as long as a statement has it, and the search that came too early left nothing behind.
        await LaterAsync(hours: 3);
        Assert.True(await HasAsync(Sha256(bytes)));
        Assert.False(await _site.ReadAsync(db => db.Outbox.AnyAsync(m => m.Job == nameof(DeleteAttachments))));
    }

    [Fact]
    public async Task A_file_that_is_fresh_is_looked_for_again_and_once_gone_is_no_trouble()
    {
        var bytes = Bytes();
        await EraseAsync(await SendAsync(Sha256(bytes)));
        await LaterAsync(hours: 0);
        Assert.True(await HasAsync(Sha256(bytes)));
        var message = await _site.ReadAsync(db => db.Outbox.Where(m => m.Job == nameof(DeleteAttachments)).Select(m => m.Payload).SingleAsync());

        await LaterAsync(hours: 3);
        Assert.False(await HasAsync(Sha256(bytes)));
        // What a crash between the file and its message leaves is the message.
        await _site.RunAsync(async s =>
        {
            s.GetRequiredService<Outbox>().Add(System.Text.Json.JsonSerializer.Deserialize<AttachmentsDropped>(message)!);
            return await s.GetRequiredService<Lms.Web.Data.LmsDbContext>().SaveChangesAsync(Ct);
        });
        await _site.RunJobsAsync();
        Assert.False(await _site.ReadAsync(db => db.Outbox.AnyAsync(m => m.Job == nameof(DeleteAttachments))));
    }

    [Fact]
    public async Task Where_only_the_identity_goes_the_files_stay()
    {
        var bytes = Bytes();
        await EraseAsync(await SendAsync(Sha256(bytes)), withContent: false);
        await LaterAsync(hours: 3);
        Assert.True(await HasAsync(Sha256(bytes)));
    }

    private static byte[] Bytes() => Encoding.UTF8.GetBytes($"the report of {Guid.NewGuid()}");

    private static (string Sha2, byte[] Bytes) Sha256(byte[] bytes) => (Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes);

    private static (string Sha2, byte[] Bytes) Sha512(byte[] bytes) => (Convert.ToHexStringLower(SHA512.HashData(bytes)), bytes);

    /// <summary>Stores a statement of somebody new with attachments; returns who it was.</summary>
    private async Task<string> SendAsync(params (string Sha2, byte[] Bytes)[] attachments)
    {
        var mail = $"{Guid.NewGuid():N}@gone.example";
        var statement = Sample.Statement(("actor", $$"""{"mbox":"mailto:{{mail}}"}"""));
        statement["attachments"] = new JsonArray([.. attachments.Select(a =>
        {
            var attachment = Multipart.Attachment(a.Bytes);
            attachment["sha2"] = a.Sha2;
            return attachment;
        })]);
        var body = new Multipart().Statements(statement);
        foreach (var (sha2, bytes) in attachments) body.Part($"Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}", bytes);
        (await _lrs.SendAsync(HttpMethod.Post, "statements", body.End())).Expect(200);
        return mail;
    }

    private async Task EraseAsync(string mail, bool withContent = true)
    {
        var agent = await Counted.AgentAsync(_site, $"mbox|mailto:{mail}");
        using var manager = await _site.SignedInAsync(Role.Administrator);
        var fields = new Dictionary<string, string> { ["reason"] = "Left", ["typed"] = (agent % 10_000).ToString("0000", System.Globalization.CultureInfo.InvariantCulture) };
        if (withContent) fields["withContent"] = "true";
        await manager.SubmitAsync($"/statements/erase/{agent}", fields);
        await _site.RunJobsAsync();
    }

    /// <summary>Lets files grow old and waiting messages be due.</summary>
    private async Task LaterAsync(int hours, Func<Task>? andThen = null)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(_site.DataFolder, "attachments"), "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddHours(-hours));
        if (andThen is not null) await andThen();
        await _site.ReadAsync(db => db.Outbox.Where(m => m.Job == nameof(DeleteAttachments)).ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, DateTime.UtcNow.AddMinutes(-1))));
        await _site.RunJobsAsync();
    }

    private Task<bool> HasAsync((string Sha2, byte[] Bytes) attachment) => _site.RunAsync(async s =>
    {
        await using var file = await s.GetRequiredService<AttachmentStore>().OpenAsync(attachment.Sha2, Ct);
        return file is not null;
    });
}
