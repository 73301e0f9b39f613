using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Lms.Web.Features.Identity;

/// <summary>A secret of 256 random bits: its text goes to a person once, its hash into the database. A salt would add nothing.</summary>
internal static class Secret
{
    public static (string Text, byte[] Hash) New()
    {
        var bytes = RandomNumberGenerator.GetBytes(32);
        return (WebEncoders.Base64UrlEncode(bytes), SHA256.HashData(bytes));
    }

    /// <summary>The text of a secret alone, for one that is kept by <see cref="TextHashOf"/>.</summary>
    public static string NewText() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 of a secret's text in lower-case hex, by which the tokens of launches are kept and found.</summary>
    public static string TextHashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The hash of a secret that somebody sent, or null when it can't be one.</summary>
    public static byte[]? HashOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length != 43) return null;
        try
        {
            return SHA256.HashData(WebEncoders.Base64UrlDecode(text));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
