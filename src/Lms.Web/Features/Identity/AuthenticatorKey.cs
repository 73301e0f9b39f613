using QRCoder;

namespace Lms.Web.Features.Identity;

/// <summary>A TOTP key (RFC 6238) as an authenticator app takes it: scanned, or typed by hand.</summary>
public sealed record AuthenticatorKey(string Key, string Email)
{
    public string Uri => $"otpauth://totp/Seedlot:{System.Uri.EscapeDataString(Email)}?secret={Key}&issuer=Seedlot&digits=6&period=30";

    /// <summary>The key in groups of four.</summary>
    public string Groups => string.Join(' ', Key.Chunk(4).Select(group => new string(group)));

    /// <summary>Black on white in every theme, with its quiet zone: that is what cameras read.</summary>
    public string Svg()
    {
        using var data = QRCodeGenerator.GenerateQrCode(Uri, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(5, "#000000", "#ffffff", drawQuietZones: true);
    }
}
