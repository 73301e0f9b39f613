using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Lms.Manuscripts.Yaml;

/// <summary>
/// Reads YAML into nodes with places. Anchors and aliases are refused (a small file could stand for a huge one), and so
/// are duplicate keys and deep nesting.
/// </summary>
internal sealed class YamlReader
{
    private const int MostDepth = 12;
    private readonly Fragment _source;
    private readonly Report _report;
    private readonly Parser _parser;

    private YamlReader(Fragment source, Report report)
    {
        (_source, _report) = (source, report);
        _parser = new Parser(new Scanner(new StringReader(source.Text), skipComments: true));
    }

    public static YamlNode? Read(SourceFile file, Report report) => Read(new Fragment(file.Name, file.Lines), report);

    /// <summary>The document; null, with a finding, when it can't be read, and null without one when it is empty.</summary>
    public static YamlNode? Read(Fragment source, Report report)
    {
        try
        {
            return new YamlReader(source, report).Document();
        }
        catch (YamlException e)
        {
            report.Error(Locate(source, e.Start), "yaml-syntax", $"The YAML can't be read: {Plain(e)}.",
                "Check indentation, brackets and quotes; put quotes round a text that contains a colon, a comma or a #.");
        }
        catch (Refused e)
        {
            report.Error(e.At, e.Code, e.Message, e.Suggestion);
        }
        // The scanner indexes past its buffer on some truncated input.
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            report.Error(source.Start, "yaml-syntax", "The YAML can't be read.", "Check indentation, brackets and quotes.");
        }
        return null;
    }

    private YamlNode? Document()
    {
        _parser.MoveNext();
        while (_parser.Current is StreamStart or DocumentStart) _parser.MoveNext();
        if (_parser.Current is null or StreamEnd or DocumentEnd) return null;
        var node = Node(0);
        while (_parser.Current is DocumentEnd) _parser.MoveNext();
        if (_parser.Current is not (null or StreamEnd))
            throw new Refused(Here, "yaml-documents", "The file holds more than one YAML document.", "Remove the line with --- and what belongs to the other document.");
        return node;
    }

    private Place Here => Locate(_source, _parser.Current?.Start ?? Mark.Empty);

    private YamlNode Node(int depth)
    {
        var at = Here;
        if (depth > MostDepth) throw new Refused(at, "yaml-too-deep", "The YAML is nested too deeply.", "Write it with fewer levels.");
        switch (_parser.Current)
        {
            case AnchorAlias:
                throw new Refused(at, "yaml-alias", "Anchors (&) and aliases (*) are not used here.", "Write the value out, or put quotes round a text that starts with * or &.");
            case Scalar scalar:
                RefuseAnchor(scalar, at);
                _parser.MoveNext();
                var empty = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null";
                return new YamlScalar(at, empty ? null : scalar.Value);
            case SequenceStart list:
                RefuseAnchor(list, at);
                return List(at, depth);
            case MappingStart map:
                RefuseAnchor(map, at);
                return Map(at, depth);
            default:
                throw new Refused(at, "yaml-syntax", "The YAML ends too early.", "Close every bracket and quote.");
        }
    }

    private YamlList List(Place at, int depth)
    {
        var items = new List<YamlNode>();
        _parser.MoveNext();
        while (_parser.Current is not SequenceEnd) items.Add(Node(depth + 1));
        _parser.MoveNext();
        return new YamlList(at, items);
    }

    private YamlMap Map(Place at, int depth)
    {
        var entries = new List<YamlEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        _parser.MoveNext();
        while (_parser.Current is not MappingEnd)
        {
            if (Node(depth + 1) is not YamlScalar { Value: { } name } key)
                throw new Refused(at, "yaml-key", "A key must be a single word.", "Write “key: value”.");
            var value = Node(depth + 1);
            if (keys.Add(name)) entries.Add(new YamlEntry(name, key.At, value));
            else _report.Error(key.At, "yaml-duplicate", $"“{name}” is written twice.", "Keep one of the two.");
        }
        _parser.MoveNext();
        return new YamlMap(at, entries);
    }

    private static void RefuseAnchor(NodeEvent node, Place at)
    {
        if (!node.Anchor.IsEmpty)
            throw new Refused(at, "yaml-alias", "Anchors (&) and aliases (*) are not used here.", "Write the value out, or put quotes round a text that starts with * or &.");
    }

    private static Place Locate(Fragment source, Mark mark)
    {
        if (source.Lines.Count == 0) return source.Start;
        var line = source.Lines[(int)Math.Clamp(mark.Line - 1, 0, source.Lines.Count - 1)];
        return new Place(source.File, line.Number, line.Column + (int)Math.Clamp(mark.Column - 1, 0, line.Text.Length));
    }

    private static string Plain(YamlException e)
    {
        var text = e.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return text.Length == 0 ? "it is malformed" : char.ToLowerInvariant(text[0]) + text[1..Math.Min(text.Length, 160)];
    }

    private sealed class Refused(Place at, string code, string message, string suggestion) : Exception(message)
    {
        public Place At => at;
        public string Code => code;
        public string Suggestion => suggestion;
    }
}
