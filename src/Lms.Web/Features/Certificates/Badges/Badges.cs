using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lms.Web.Data;
using Lms.Web.Features.Catalog;
using Lms.Web.Features.Xapi;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Lms.Web.Features.Certificates;

/// <summary>A certificate as an Open Badges 3.0 credential: a verifiable credential signed as a JSON Web Token.</summary>
public sealed class Badges(LmsDbContext db, BadgeKeys keys, CertificateIssuers issuers, XapiAddresses addresses)
{
    private const string Credentials = "https://www.w3.org/ns/credentials/v2";
    private const string OpenBadges = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
    private const string Schema = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";

    public string IssuerId => $"{addresses.Root}/badges/issuer";
    public string StatusId => $"{addresses.Root}/badges/status";
    public string KeyAddress(string keyId) => $"{addresses.Root}/badges/keys/{keyId}";
    private static string IdOf(Guid certificate) => $"urn:uuid:{certificate}";

    /// <summary>The signed credential (OB 3.0 8.2: compact JWS, whose payload is the credential itself).</summary>
    public async Task<string> SignAsync(Certificate certificate, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var credential = await CredentialAsync(certificate, ct);
        // The registered claims repeat what the credential says (OB 3.0 8.2.4.1).
        credential["iss"] = IssuerId;
        credential["jti"] = IdOf(certificate.Id);
        credential["nbf"] = Seconds(certificate.IssuedAt);
        if (certificate.ExpiresAt is { } end) credential["exp"] = Seconds(end);

        var (keyId, key) = await keys.SigningAsync(ct);
        using (key)
        {
            var signing = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = KeyAddress(keyId) }, SecurityAlgorithms.EcdsaSha256)
            {
                // The key is disposed of below; a provider kept for the next time would sign with nothing.
                CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
            };
            return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(credential.ToJsonString(), signing);
        }
    }

    /// <summary>Who issues: the installation, which holds the keys; the centre on the paper is the credential's source.</summary>
    public async Task<JsonObject> IssuerAsync(CancellationToken ct) => new()
    {
        ["@context"] = new JsonArray(Credentials, OpenBadges),
        ["id"] = IssuerId,
        ["type"] = new JsonArray("Profile"),
        ["name"] = (await issuers.HubAsync(ct)).Name,
        ["url"] = addresses.Root,
    };

    /// <summary>What is achieved by completing a published course version; null when there is none that earns a certificate.</summary>
    public async Task<JsonObject?> AchievementAsync(string slug, string number, CourseLibrary library, CancellationToken ct)
    {
        var id = await (from version in db.CourseVersions
                        join course in db.Courses on version.CourseId equals course.Id
                        where course.Slug == slug
                        select new { version.Id, version.Major, version.Minor }).ToListAsync(ct);
        if (id.Find(v => $"{v.Major}.{v.Minor}" == number) is not { } found) return null;
        var published = await library.GetAsync(found.Id, ct);
        if (published.Content.Certificate is not { } policy) return null;
        var achievement = Achievement(slug, number, policy.Type, published.Content.Title.In("en"), published.Content.Summary.In("en"));
        achievement.Insert(0, "@context", new JsonArray(Credentials, OpenBadges));
        return achievement;
    }

    /// <summary>The credentials that don't stand any more (1EdTech Revocation List Status Method 1.0); expiry is in each credential itself.</summary>
    public async Task<JsonObject> StatusAsync(CancellationToken ct)
    {
        // It names opaque ids only, and whoever asks for the list does not say in which they are interested.
        var withdrawn = await db.Certificates.IgnoreQueryFilters()
            .Where(c => c.Status != CertificateStatus.Active).OrderBy(c => c.Id).Select(c => new { c.Id, c.Status }).ToListAsync(ct);
        return new JsonObject
        {
            ["id"] = StatusId,
            ["issuer"] = IssuerId,
            ["revokedCredentials"] = new JsonArray([.. withdrawn.Select(c => new JsonObject
            {
                ["id"] = IdOf(c.Id),
                ["revoked"] = true,
                ["revocationReason"] = c.Status == CertificateStatus.Superseded ? "superseded" : "revoked",
            })]),
        };
    }

    private async Task<JsonObject> CredentialAsync(Certificate certificate, CancellationToken ct)
    {
        var course = await db.CourseVersions.Where(v => v.Id == certificate.CourseVersionId)
            .Join(db.Courses, v => v.CourseId, c => c.Id, (_, c) => c)
            .Select(c => new { c.Slug, c.Card }).SingleAsync(ct);
        var title = certificate.CourseTitle.In(certificate.Language);
        var credential = new JsonObject
        {
            ["@context"] = new JsonArray(Credentials, OpenBadges),
            ["id"] = IdOf(certificate.Id),
            ["type"] = new JsonArray("VerifiableCredential", "OpenBadgeCredential"),
            ["name"] = title,
            ["issuer"] = new JsonObject { ["id"] = IssuerId, ["type"] = new JsonArray("Profile"), ["name"] = (await issuers.HubAsync(ct)).Name, ["url"] = addresses.Root },
            ["validFrom"] = Machine(certificate.IssuedAt),
            ["awardedDate"] = Machine(certificate.CompletedAt),
        };
        if (certificate.ExpiresAt is { } end) credential["validUntil"] = Machine(end);
        credential["credentialSubject"] = Subject(certificate, Achievement(course.Slug, certificate.CourseNumber, certificate.Type, title, course.Card.Summary.In(certificate.Language)));
        credential["evidence"] = new JsonArray(new JsonObject
        {
            ["id"] = addresses.Certificate(certificate.Serial),
            ["type"] = new JsonArray("Evidence"),
            ["name"] = certificate.Serial,
        });
        credential["credentialStatus"] = new JsonObject { ["id"] = StatusId, ["type"] = "1EdTechRevocationList" };
        credential["credentialSchema"] = new JsonArray(new JsonObject { ["id"] = Schema, ["type"] = "1EdTechJsonSchemaValidator2019" });
        return credential;
    }

    // The holder is the opaque id that statements use, hashed with the certificate's id: badges of one person can't be matched.
    private static JsonObject Subject(Certificate certificate, JsonObject achievement)
    {
        var salt = certificate.Id.ToString("N");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(certificate.LearnerId + salt)));
        return new JsonObject
        {
            ["type"] = new JsonArray("AchievementSubject"),
            ["identifier"] = new JsonArray(new JsonObject
            {
                ["type"] = "IdentityObject", ["hashed"] = true, ["identityHash"] = $"sha256${hash}", ["identityType"] = "systemId", ["salt"] = salt,
            }),
            ["source"] = new JsonObject { ["id"] = $"urn:uuid:{certificate.CentreId}", ["type"] = new JsonArray("Profile"), ["name"] = certificate.Issuer.Name },
            ["achievement"] = achievement,
        };
    }

    private JsonObject Achievement(string slug, string number, string type, string title, string summary) => new()
    {
        ["id"] = $"{addresses.Root}/badges/achievements/{slug}/{number}",
        ["type"] = new JsonArray("Achievement"),
        ["achievementType"] = type == "competency" ? "Competency" : "Certificate",
        ["name"] = title,
        ["description"] = summary,
        ["version"] = number,
        ["criteria"] = new JsonObject { ["id"] = addresses.Course(slug) },
    };

    private static long Seconds(DateTime at) => new DateTimeOffset(at).ToUnixTimeSeconds();

    private static string Machine(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
