using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Lms.Standards.Cmi5;
using Microsoft.AspNetCore.DataProtection;

namespace Lms.Web.Features.Cmi5;

/// <summary>Whose contents are open in a browser, and how.</summary>
internal sealed record ContentsTicket(Guid RegistrationId, LaunchMode Mode, string? ReturnUrl);

/// <summary>
/// Addresses of contents pages: whoever was let in by a launch ticket comes back to them from each unit, without a sign-in, for as long as a working day.
/// </summary>
internal sealed class ContentsTokens(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Holds = TimeSpan.FromHours(12);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("cmi5 contents").ToTimeLimitedDataProtector();

    public string PathOf(ContentsTicket ticket) => PathOf(_protector.Protect(JsonSerializer.Serialize(ticket), Holds));

    public static string PathOf(string token) => $"/packages/units/{token}";

    public static string PathOf(string token, int unit) => string.Create(CultureInfo.InvariantCulture, $"{PathOf(token)}/{unit}");

    /// <summary>Null when it is none, or too old.</summary>
    public ContentsTicket? Read(string token)
    {
        try
        {
            return JsonSerializer.Deserialize<ContentsTicket>(_protector.Unprotect(token));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
