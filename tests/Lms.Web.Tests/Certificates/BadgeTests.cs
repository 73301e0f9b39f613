using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lms.Web.Data;
using Lms.Web.Features.Certificates;
using Lms.Web.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Lms.Web.Tests.Certificates;

public sealed class BadgeTests(TestSite site) : IClassFixture<TestSite>
{
    [Fact]
    public async Task A_badge_is_signed_with_a_published_key_and_says_what_the_certificate_says()
    {
        var (token, certificate, person) = await BadgeAsync();

        Assert.True((await ValidateAsync(token)).IsValid);
        var header = Part(token, 0);
        Assert.Equal("ES256", header.GetProperty("alg").GetString());
        var credential = Part(token, 1);
        Assert.Equal(["VerifiableCredential", "OpenBadgeCredential"], credential.GetProperty("type").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal(credential.GetProperty("issuer").GetProperty("id").GetString(), credential.GetProperty("iss").GetString());
        Assert.Equal(credential.GetProperty("id").GetString(), credential.GetProperty("jti").GetString());
        Assert.Equal(new DateTimeOffset(certificate.ExpiresAt!.Value).ToUnixTimeSeconds(), credential.GetProperty("exp").GetInt64());
        var subject = credential.GetProperty("credentialSubject");
        Assert.Equal("Clean hands", subject.GetProperty("achievement").GetProperty("name").GetString());
        var identity = subject.GetProperty("identifier")[0];
        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(person + identity.GetProperty("salt").GetString())));
        Assert.Equal($"sha256${expected}", identity.GetProperty("identityHash").GetString());
    }

    [Fact]
    public async Task A_badge_names_its_holder_neither_by_name_nor_by_address_nor_by_id()
    {
        var (token, _, person) = await BadgeAsync();
        var credential = Part(token, 1).GetRawText();

        Assert.DoesNotContain("@example.org", credential, StringComparison.Ordinal);
        Assert.DoesNotContain("Ana Lima", credential, StringComparison.Ordinal);
        Assert.DoesNotContain(person.ToString(), credential, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_badge_that_was_changed_does_not_verify()
    {
        var (token, _, _) = await BadgeAsync();
        var parts = token.Split('.');
        var forged = Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("Clean hands", "Surgery", StringComparison.Ordinal));

        Assert.False((await ValidateAsync($"{parts[0]}.{forged}.{parts[2]}")).IsValid);
    }

    [Fact]
    public async Task Everything_that_a_badge_points_to_is_there()
    {
        var (token, _, _) = await BadgeAsync();
        var credential = Part(token, 1);

        var issuer = await GetAsync(credential.GetProperty("issuer").GetProperty("id").GetString()!);
        Assert.Equal(credential.GetProperty("iss").GetString(), issuer.GetProperty("id").GetString());
        var id = credential.GetProperty("credentialSubject").GetProperty("achievement").GetProperty("id").GetString()!;
        Assert.Equal(id, (await GetAsync(id)).GetProperty("id").GetString());
        var kid = Part(token, 0).GetProperty("kid").GetString()!;
        Assert.Equal(kid, (await GetAsync(kid)).GetProperty("kid").GetString());
    }

    [Fact]
    public async Task The_status_list_names_a_badge_from_the_moment_its_certificate_is_revoked()
    {
        var (token, certificate, _) = await BadgeAsync();
        var credential = Part(token, 1);
        var status = credential.GetProperty("credentialStatus").GetProperty("id").GetString()!;
        var id = credential.GetProperty("id").GetString()!;
        Assert.DoesNotContain(id, Revoked(await GetAsync(status)));

        await site.RunAsync(s => s.GetRequiredService<CertificateService>().RevokeAsync(certificate.Id, "Copied", Guid.NewGuid(), default));

        Assert.Contains(id, Revoked(await GetAsync(status)));
    }

    [Fact]
    public async Task A_key_of_last_year_is_followed_by_a_new_one_and_stays_published()
    {
        await using var other = new TestSite();
        await other.InitializeAsync();
        var old = await other.RunAsync(async services =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var db = services.GetRequiredService<LmsDbContext>();
            var row = new BadgeKey
            {
                KeyId = "old", PublicKey = key.ExportSubjectPublicKeyInfo(), CreatedAt = DateTime.UtcNow.AddDays(-400),
                ProtectedPrivateKey = services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Lms.Web.BadgeKeys").Protect(key.ExportPkcs8PrivateKey()),
            };
            db.Add(row);
            await db.SaveChangesAsync();
            return row.KeyId;
        });

        var signing = await other.RunAsync(async s => (await s.GetRequiredService<BadgeKeys>().SigningAsync(default)).KeyId);

        using var visitor = other.Visitor();
        var kids = (await visitor.Http.GetFromJsonAsync<JsonElement>("/.well-known/jwks.json", TestContext.Current.CancellationToken)).GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("kid").GetString()!).ToList();
        Assert.NotEqual(old, signing);
        Assert.Contains(kids, k => k.EndsWith("/" + signing, StringComparison.Ordinal));
        Assert.Contains(kids, k => k.EndsWith("/" + old, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_private_key_is_kept_only_under_the_programs_own_protection()
    {
        await BadgeAsync();
        var row = await site.ReadAsync(db => db.BadgeKeys.OrderBy(k => k.CreatedAt).FirstAsync());

        using var key = ECDsa.Create();
        Assert.ThrowsAny<CryptographicException>(() => key.ImportPkcs8PrivateKey(row.ProtectedPrivateKey, out _));
    }

    private async Task<(string Token, Certificate Certificate, Guid Person)> BadgeAsync()
    {
        using var holder = await site.SignedInAsync();
        var person = await site.ReadAsync(db => db.Users.FindAsync(holder.PersonId).AsTask());
        var certificate = await site.CertificateAsync(learner: person);
        using var reply = await holder.GetAsync($"/certificates/{certificate.Id}/badge");
        return (await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync(), certificate, holder.PersonId);
    }

    private async Task<TokenValidationResult> ValidateAsync(string token)
    {
        using var visitor = site.Visitor();
        var keys = new JsonWebKeySet(await visitor.Http.GetStringAsync(new Uri("/.well-known/jwks.json", UriKind.Relative), TestContext.Current.CancellationToken));
        return await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = "http://localhost:5080/badges/issuer",
            ValidateAudience = false,
            IssuerSigningKeys = keys.GetSigningKeys(),
        });
    }

    // The addresses are those of the public site; here it answers elsewhere.
    private async Task<JsonElement> GetAsync(string address)
    {
        using var visitor = site.Visitor();
        return await visitor.Http.GetFromJsonAsync<JsonElement>(new Uri(address).PathAndQuery, TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string?> Revoked(JsonElement list) => list.GetProperty("revokedCredentials").EnumerateArray().Select(c => c.GetProperty("id").GetString());

    private static JsonElement Part(string token, int part) => JsonDocument.Parse(Base64UrlEncoder.Decode(token.Split('.')[part])).RootElement;
}
