using QRCoder;

namespace MailAdmin.Isolated.OneTimeCodes;

/// <summary>QR codes as text, for terminals.</summary>
public static class QrCodeText
{
    /// <summary>A QR code in half blocks, two rows to a line, light on a dark ground, with the quiet zone around it.</summary>
    public static string Render(string text)
    {
        using QRCodeData data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.L);
        using var code = new AsciiQRCode(data);
        return code.GetGraphicSmall(drawQuietZones: true, invert: false, endOfLine: "\n");
    }
}
