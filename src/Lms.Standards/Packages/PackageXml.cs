using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Lms.Standards.Packages;

/// <summary>A document of a package, or why there is none.</summary>
/// <param name="Document">With line numbers; null when it was refused.</param>
/// <param name="Findings">An error where it was refused.</param>
public sealed record LoadedXml(XDocument? Document, IReadOnlyList<PackageFinding> Findings);

/// <summary>
/// The one way in which XML of a package is read: no document type, no entity, nothing fetched, and bounds on size and depth. It forgives what
/// tools write: a byte order mark or none, UTF-16, white space ahead of the declaration, a declaration that names another encoding than the file has.
/// </summary>
public static class PackageXml
{
    /// <summary>The longest document, in bytes: a manifest of ten thousand items takes 5 MB.</summary>
    public const int MostBytes = 32 << 20;

    /// <summary>The deepest nesting of elements.</summary>
    public const int MostDepth = 128;

    private static readonly UTF8Encoding s_utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a document; what can't be read is a finding that names <paramref name="file"/>.</summary>
    public static LoadedXml Load(Stream stream, string file)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (ReadBounded(stream) is not { } bytes)
            return Refused("xml-too-large", file, $"The file is larger than {MostBytes >> 20} MB.", "Leave out what is not structure, or split the package.");
        var text = Decode(bytes).TrimStart('\uFEFF', ' ', '\t', '\r', '\n', '\0');
        if (text.Length == 0) return Refused("xml-empty", file, "The file is empty.", "Export the package again.");
        try
        {
            return DeepestElement(text) is { } line
                ? Refused("xml-too-deep", $"{file}:{line}", $"Elements are nested deeper than {MostDepth}.", "Flatten the structure.")
                : new LoadedXml(Parse(text), []);
        }
        catch (XmlException broken)
        {
            return text.Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
                ? Refused("xml-doctype", file, "The file has a document type declaration, with which entities can read other files.", "Remove the DOCTYPE and write each character as it is.")
                : Refused("xml-broken", $"{file}:{broken.LineNumber}:{broken.LinePosition}", $"The file is not well-formed XML: {broken.Message}", "Mend it, or export the package again.");
        }
    }

    private static LoadedXml Refused(string code, string place, string message, string cure) => new(null, [PackageFinding.Error(code, place, message, cure)]);

    // Edited by hand, a manifest loses declarations of prefixes that mean one thing to everybody.
    private static XmlParserContext UsualPrefixes()
    {
        var names = new XmlNamespaceManager(new NameTable());
        names.AddNamespace("xsi", "http://www.w3.org/2001/XMLSchema-instance");
        names.AddNamespace("adlcp", "http://www.adlnet.org/xsd/adlcp_v1p3");
        names.AddNamespace("adlseq", "http://www.adlnet.org/xsd/adlseq_v1p3");
        names.AddNamespace("adlnav", "http://www.adlnet.org/xsd/adlnav_v1p3");
        names.AddNamespace("imsss", "http://www.imsglobal.org/xsd/imsss");
        names.AddNamespace("lom", "http://ltsc.ieee.org/xsd/LOM");
        return new XmlParserContext(names.NameTable, names, null, XmlSpace.None);
    }

    private static XmlReader Reader(string text) => XmlReader.Create(new StringReader(text), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostBytes,
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    }, UsualPrefixes());

    // A tree is only built of what can be walked without fear.
    private static int? DeepestElement(string text)
    {
        using var reader = Reader(text);
        while (reader.Read())
            if (reader.Depth > MostDepth) return ((IXmlLineInfo)reader).LineNumber;
        return null;
    }

    private static XDocument Parse(string text)
    {
        using var reader = Reader(text);
        return XDocument.Load(reader, LoadOptions.SetLineInfo);
    }

    private static byte[]? ReadBounded(Stream stream)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            if (kept.Length + read > MostBytes) return null;
            kept.Write(buffer, 0, read);
        }
        return kept.ToArray();
    }

    /// <summary>The bytes say more of their encoding than the declaration does: it is asked last.</summary>
    private static string Decode(byte[] bytes)
    {
        switch (bytes)
        {
            case [0xFF, 0xFE, 0, 0, ..]: return Encoding.UTF32.GetString(bytes);
            case [0xFF, 0xFE, ..] or [(byte)'<', 0, ..]: return Encoding.Unicode.GetString(bytes);
            case [0xFE, 0xFF, ..] or [0, (byte)'<', ..]: return Encoding.BigEndianUnicode.GetString(bytes);
        }
        try
        {
            return s_utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Declared(bytes).GetString(bytes);
        }
    }

    private static Encoding Declared(byte[] bytes)
    {
        var head = Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 200));
        var at = head.IndexOf("encoding=", StringComparison.OrdinalIgnoreCase);
        if (at < 0 || head.Length < at + 11) return Encoding.Latin1;
        var name = head[(at + 10)..].Split(head[at + 9])[0];
        var known = CodePagesEncodingProvider.Instance.GetEncoding(name);
        return known ?? Encoding.Latin1;
    }
}
