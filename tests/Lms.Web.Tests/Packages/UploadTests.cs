using System.Net;
using System.Text;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Packages;
using Lms.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lms.Web.Tests.Packages;

/// <summary>How a person's browser brings a package, whole or in pieces.</summary>
public sealed class UploadTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task A_form_without_a_script_brings_a_package()
    {
        using var browser = await site.SignedInAsync(Role.Instructor);
        var token = await FormAsync(browser);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new StringContent("en"), "language" },
            { new StringContent("Always"), "policy" },
            { new StringContent("competency"), "certificate" },
            { new StringContent("12"), "months" },
            { new ByteArrayContent(ImportTests.Unique().Build()), "file", "Hygiène (final).zip" },
        };
        using var reply = await browser.Http.PostAsync(new Uri("/packages/uploads/form", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        var package = await ImportedAsync(browser, reply.Headers.Location!.OriginalString);
        Assert.Equal((UpdatePolicy.Always, "Hand hygiene"), (package.UpdatePolicy, package.Title));
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var browser = await site.SignedInAsync(Role.Instructor);
        await FormAsync(browser);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(ImportTests.Unique().Build()), "file", "x.zip" } };
        using var reply = await browser.Http.PostAsync(new Uri("/packages/uploads/form", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.False(await site.ReadAsync(db => db.PackageUploads.AnyAsync(u => u.PersonId == browser.PersonId)));
    }

    [Fact]
    public async Task A_dropped_connection_is_gone_on_from_where_it_stopped()
    {
        using var browser = await site.SignedInAsync(Role.Instructor);
        var token = await FormAsync(browser);
        var upload = ImportTests.Unique().Add("big.bin", Noise(300_000)).Build();
        var url = await BeginAsync(browser, token, upload.Length);

        await DropAsync(browser, url, token, upload[..120_000], upload.Length);
        var offset = await WaitForOffsetAsync(browser, url);
        Assert.InRange(offset, 1, 120_000);

        Assert.Equal(HttpStatusCode.Conflict, (await PatchAsync(browser, url, token, offset + 1, upload[(int)(offset + 1)..])).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await PatchAsync(browser, url, token, offset, upload[(int)offset..^1000])).StatusCode);
        await site.RestartAsync();
        using var again = await SameAsync(browser);
        var fresh = await FormAsync(again);
        Assert.Equal(upload.Length - 1000, await OffsetAsync(again, url));
        Assert.Equal(HttpStatusCode.NoContent, (await PatchAsync(again, url, fresh, upload.Length - 1000, upload[^1000..])).StatusCode);
        Assert.Equal("Hand hygiene", (await ImportedAsync(again, $"/packages/import/{url.Split('/')[^1]}")).Title);
    }

    [Fact]
    public async Task Nobody_else_sees_or_goes_on_with_an_upload()
    {
        using var browser = await site.SignedInAsync(Role.Instructor);
        var token = await FormAsync(browser);
        var url = await BeginAsync(browser, token, 100);
        using var other = await site.SignedInAsync(Role.Instructor);
        var others = await FormAsync(other);
        Assert.Equal(HttpStatusCode.NotFound, (await PatchAsync(other, url, others, 0, new byte[10])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{url}/progress")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/packages/import/{url.Split('/')[^1]}")).StatusCode);
    }

    [Fact]
    public async Task More_bytes_than_were_announced_are_not_taken()
    {
        using var browser = await site.SignedInAsync(Role.Instructor);
        var token = await FormAsync(browser);
        var url = await BeginAsync(browser, token, 10);
        Assert.Equal(HttpStatusCode.Conflict, (await PatchAsync(browser, url, token, 0, new byte[2000])).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await TryBeginAsync(browser, token, 3L << 30)).StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_with_a_package_is_listed_on_its_page()
    {
        using var browser = await site.SignedInAsync(Role.Instructor);
        var token = await FormAsync(browser);
        var upload = ImportTests.Unique().Add("../evil.html", "x").Build();
        var url = await BeginAsync(browser, token, upload.Length);
        await PatchAsync(browser, url, token, 0, upload);
        for (var tries = 0; tries < 100; tries++)
        {
            var page = await browser.PageAsync($"/packages/import/{url.Split('/')[^1]}");
            if (page.QuerySelector("table.data") is { } findings)
            {
                Assert.Contains("../evil.html", findings.TextContent, StringComparison.Ordinal);
                return;
            }
            await Task.Delay(100);
        }
        Assert.Fail("The findings never came.");
    }

    [Fact]
    public async Task A_new_version_waits_until_somebody_has_seen_what_it_changes()
    {
        using var keeper = await Keeper.OfAsync(site);
        var id = await keeper.ImportedAsync(ImportTests.Unique().Build());
        using var browser = await site.SignedInAsync(Role.Instructor);
        var token = await FormAsync(browser, $"?package={id}");
        var upload = ImportTests.Unique(Lms.Standards.Tests.Packages.Sample.Scorm12.Replace("\"read\"", "\"other\"", StringComparison.Ordinal)).Build();
        var url = await BeginAsync(browser, token, upload.Length, ("package", id.ToString()));
        await PatchAsync(browser, url, token, 0, upload);
        await ImportedAsync(browser, $"/packages/import/{url.Split('/')[^1]}");

        var preview = await browser.PageAsync($"/packages/{id}/versions/2");
        Assert.Contains("Read on", preview.QuerySelector(".panel-box")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await CurrentAsync(id));
        using var published = await browser.SubmitAsync($"/packages/{id}/versions/2", new() { ["policy"] = "Always" });
        Assert.Equal(HttpStatusCode.Redirect, published.StatusCode);
        Assert.Equal(2, await CurrentAsync(id));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.SubmitAsync($"/packages/{id}", new() { ["policy"] = "9" }, action: "handler=Policy")).StatusCode);
    }

    private Task<int> CurrentAsync(Guid id) =>
        site.ReadAsync(db => db.PackageVersions.Where(v => db.Packages.Any(p => p.Id == id && p.CurrentVersionId == v.Id)).Select(v => v.Number).SingleAsync());

    private async Task<Browser> SameAsync(Browser browser)
    {
        var again = await site.SignInAsync((await site.ReadAsync(db => db.Users.SingleAsync(u => u.Id == browser.PersonId))).Email!);
        again.PersonId = browser.PersonId;
        return again;
    }

    private async Task<Package> ImportedAsync(Browser browser, string page)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            using var reply = await browser.GetAsync(page);
            if (reply.StatusCode == HttpStatusCode.Redirect)
            {
                var id = Guid.Parse(reply.Headers.Location!.OriginalString.Split('/')[2]);
                return await site.ReadAsync(db => db.Packages.SingleAsync(p => p.Id == id));
            }
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            Assert.DoesNotContain("notice bad", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await Task.Delay(100);
        }
        throw new TimeoutException("The import never ended.");
    }

    private static async Task<string> FormAsync(Browser browser, string query = "") =>
        (await browser.PageAsync($"/packages/new{query}")).QuerySelector("form[data-upload] [name=__RequestVerificationToken]")!.GetAttribute("value")!;

    private static async Task<string> BeginAsync(Browser browser, string token, long length, params (string Name, string Value)[] fields)
    {
        using var reply = await TryBeginAsync(browser, token, length, fields);
        Assert.Equal(HttpStatusCode.Created, reply.StatusCode);
        return reply.Headers.Location!.OriginalString;
    }

    private static async Task<HttpResponseMessage> TryBeginAsync(Browser browser, string token, long length, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/packages/uploads", UriKind.Relative));
        request.Headers.Add("X-Form-Token", token);
        request.Headers.Add("Upload-Length", length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", string.Join(',', fields.Append(("filename", "course.zip")).Select(f => $"{f.Item1} {Convert.ToBase64String(Encoding.UTF8.GetBytes(f.Item2))}")));
        return await browser.Http.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> PatchAsync(Browser browser, string url, string token, long offset, byte[] piece)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(url, UriKind.Relative)) { Content = new ByteArrayContent(piece) };
        request.Content.Headers.ContentType = new("application/offset+octet-stream");
        request.Headers.Add("X-Form-Token", token);
        request.Headers.Add("Upload-Offset", offset.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return await browser.Http.SendAsync(request);
    }

    private static async Task<long> OffsetAsync(Browser browser, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(url, UriKind.Relative));
        using var reply = await browser.Http.SendAsync(request);
        return long.Parse(reply.Headers.GetValues("Upload-Offset").Single(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<long> WaitForOffsetAsync(Browser browser, string url)
    {
        for (var tries = 0; tries < 50; tries++)
        {
            if (await OffsetAsync(browser, url) is > 0 and var offset)
            {
                await Task.Delay(300);
                return Math.Max(offset, await OffsetAsync(browser, url));
            }
            await Task.Delay(100);
        }
        throw new TimeoutException("Nothing arrived.");
    }

    /// <summary>Announces all of it and breaks off after the first part.</summary>
    private static async Task DropAsync(Browser browser, string url, string token, byte[] part, int announced)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(url, UriKind.Relative)) { Content = new Broken(part, announced) };
        request.Content.Headers.ContentType = new("application/offset+octet-stream");
        request.Headers.Add("X-Form-Token", token);
        request.Headers.Add("Upload-Offset", "0");
        await Assert.ThrowsAnyAsync<Exception>(() => browser.Http.SendAsync(request));
    }

    private sealed class Broken(byte[] part, long announced) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(part);
            await stream.FlushAsync();
            await Task.Delay(500);
            throw new IOException("The train went into a tunnel.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = announced;
            return true;
        }
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);
        return bytes;
    }
}
