using System.Collections.Frozen;
using System.Globalization;

namespace Lms.Standards.Scorm.DataModel;

/// <summary>The error codes of a standard's run-time environment for what can go wrong with an element (RTE 3.1.7; SCORM 1.2 RTE, 3.4).</summary>
internal sealed record ErrorCodes(
    int Get, int Set, int Unknown, int Empty, int ReadOnly, int WriteOnly, int Type, int Range, int Dependency, int Gap,
    int NoChildren, int NoCount, int Keyword)
{
    public static ErrorCodes Scorm2004 { get; } = new(301, 351, 401, 403, 404, 405, 406, 407, 408, 351, 301, 301, 404);
    public static ErrorCodes Scorm12 { get; } = new(201, 201, 201, 0, 403, 404, 405, 405, 201, 201, 202, 203, 402);
}

/// <summary>
/// The data model of one content object: values by element, held to the table of its standard. What a browser has answered to a content
/// object and what the server keeps follow the same rules, in <c>model.js</c> and here. Not safe for use by several threads.
/// </summary>
public sealed class ScormDataModel
{
    private static readonly Table Table2004 = new(ScormElements.Scorm2004, ErrorCodes.Scorm2004);
    private static readonly Table Table12 = new(ScormElements.Scorm12, ErrorCodes.Scorm12);

    private readonly Table _table;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, ElementAccess> _access;

    /// <param name="scorm2004">SCORM 2004; otherwise 1.2.</param>
    /// <param name="values">What is known, by element.</param>
    /// <param name="access">What the manifest denies the content object, by element (shared data).</param>
    public ScormDataModel(bool scorm2004, IEnumerable<KeyValuePair<string, string>> values, IReadOnlyDictionary<string, ElementAccess>? access = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        _table = scorm2004 ? Table2004 : Table12;
        _access = access ?? new Dictionary<string, ElementAccess>();
        foreach (var (path, value) in values) Put(path, value);
    }

    /// <summary>What was set or put, by element.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>A value whatever the content object may read; empty when there is none.</summary>
    public string this[string path] =>
        _values.GetValueOrDefault(path) ?? (_table.Find(path) is { } place ? place.Element.Initial : null) ?? "";

    /// <summary>How many entries a collection has, such as <c>cmi.objectives</c>.</summary>
    public int Count(string collection) => _counts.GetValueOrDefault(collection);

    /// <summary>Reads an element as the content object does: its value, or an empty one and why.</summary>
    public (string Value, int Error) Get(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (_table.Find(path) is not { } place) return ("", _table.UnknownCode(path));
        if (place.Indexes.Any(i => i.Index >= Count(i.Collection))) return ("", _table.Codes.Get);
        if (!AccessTo(place).HasFlag(ElementAccess.Read)) return ("", _table.Codes.WriteOnly);
        if (ScormDecisions.Of(place.Path, _values) is { } decided) return (decided, 0);
        if (_values.TryGetValue(place.Path, out var value) && (value.Length > 0 || !place.Element.Rules.HasFlag(ElementRules.EmptyIsNone))) return (value, 0);
        if (place.Counts is { } collection) return (Count(collection).ToString(CultureInfo.InvariantCulture), 0);
        return place.Element.Initial is { } initial ? (initial, 0) : ("", _table.Codes.Empty);
    }

    /// <summary>Sets an element as the content object does. Returns the error code, 0 when it was set.</summary>
    public int Set(string path, string value)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(value);
        if (_table.Find(path) is not { } place) return path.Length == 0 ? _table.Codes.Set : _table.Codes.Unknown;
        if (Writable(place) is not 0 and var denied) return denied;
        if (Dependency(place) is not 0 and var missing) return missing;
        if (Fit(place, value) is not 0 and var wrong) return wrong;
        Keep(place, value);
        return 0;
    }

    /// <summary>
    /// Takes over what the browser's data model holds after a content object set it there: whole values, which need not be appended again.
    /// Returns the error code of a value that no content object could have set.
    /// </summary>
    public int Apply(string path, string value)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(value);
        if (_table.Find(path) is { } place && place.Element.Rules.HasFlag(ElementRules.Appends)) _values.Remove(path);
        return Set(path, value);
    }

    /// <summary>Sets what the learning management system says, without the content object's limits.</summary>
    public void Put(string path, string value)
    {
        ArgumentNullException.ThrowIfNull(path);
        _values[path] = value;
        for (var at = path.IndexOf('.', StringComparison.Ordinal); at >= 0; at = path.IndexOf('.', at + 1))
        {
            var length = path.AsSpan(at + 1).IndexOfAnyExceptInRange('0', '9');
            var digits = length < 0 ? path.AsSpan(at + 1) : path.AsSpan(at + 1, length);
            if (digits.Length == 0) continue;
            var collection = path[..at];
            _counts[collection] = Math.Max(Count(collection), int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) + 1);
        }
    }

    private ElementAccess AccessTo(Place place) => _access.TryGetValue(place.Path, out var access) ? access : place.Element.Access;

    private int Writable(Place place)
    {
        if (place.Element.Type == "keyword") return _table.Codes.Keyword;
        if (!AccessTo(place).HasFlag(ElementAccess.Write)) return _table.Codes.ReadOnly;
        // Which shared data there is, the manifest says.
        var gap = place.Indexes.Any(i => i.Index > Count(i.Collection) || (i.Collection == "adl.data" && i.Index == Count(i.Collection)));
        return gap ? _table.Codes.Gap : 0;
    }

    private int Dependency(Place place)
    {
        var needed = place.Element.Rules.HasFlag(ElementRules.NeedsType) ? "type" : place.Element.Rules.HasFlag(ElementRules.NeedsId) ? "id" : null;
        return needed is null || _values.ContainsKey($"{place.Entry}.{needed}") ? 0 : _table.Codes.Dependency;
    }

    private int Fit(Place place, string value)
    {
        var element = place.Element;
        var type = element.Rules.HasFlag(ElementRules.NeedsType) ? _values.GetValueOrDefault($"{place.Entry}.type") : null;
        if (element.Type == "pattern" && place.Indexes[^1].Index > 0 && Responses.HasOnePattern(type)) return _table.Codes.Set;
        switch (place.Check(value, type))
        {
            case ElementFit.WrongType: return _table.Codes.Type;
            case ElementFit.OutOfRange: return _table.Codes.Range;
        }
        if (element.Rules.HasFlag(ElementRules.Once) && _values.TryGetValue(place.Path, out var before) && before != value) return _table.Codes.Set;
        var unique = element.Rules.HasFlag(ElementRules.Unique) || (element.Type == "pattern" && Responses.HasDistinctPatterns(type));
        return unique && IsTaken(place, value) ? _table.Codes.Set : 0;
    }

    private bool IsTaken(Place place, string value)
    {
        var ((collection, own), field) = (place.Indexes[^1], place.Path[(place.Path.LastIndexOf('.') + 1)..]);
        return Enumerable.Range(0, Count(collection)).Any(i => i != own && _values.GetValueOrDefault($"{collection}.{i}.{field}") == value);
    }

    private void Keep(Place place, string value)
    {
        var before = _values.GetValueOrDefault(place.Path);
        // Another type of interaction: what was answered to the earlier one is none of its answers.
        if (before is not null && before != value && place.Indexes.Length > 0 && place.Path.EndsWith(".type", StringComparison.Ordinal))
            ForgetResponses($"{place.Entry}.");
        Put(place.Path, place.Element.Rules.HasFlag(ElementRules.Appends) ? before + value : value);
    }

    private void ForgetResponses(string entry)
    {
        foreach (var path in _values.Keys.Where(p =>
            p.StartsWith($"{entry}learner_response", StringComparison.Ordinal) || p.StartsWith($"{entry}correct_responses.", StringComparison.Ordinal)).ToList())
            _values.Remove(path);
        _counts.Remove($"{entry}correct_responses");
    }

    /// <summary>Where a path leads: its row, and the collections that it passes. An index that was written 01 is 1 in <paramref name="Path"/>.</summary>
    private sealed record Place(string Path, ScormElement Element, ElementTypes.Check Check, (string Collection, int Index)[] Indexes)
    {
        /// <summary>The collection that the element counts.</summary>
        public string? Counts { get; } = Path.EndsWith("._count", StringComparison.Ordinal) ? Path[..^"._count".Length] : null;

        /// <summary>The outermost entry, such as <c>cmi.interactions.3</c>.</summary>
        public string Entry => string.Create(CultureInfo.InvariantCulture, $"{Indexes[0].Collection}.{Indexes[0].Index}");
    }

    private sealed class Table(IReadOnlyList<ScormElement> rows, ErrorCodes codes)
    {
        private static readonly string[] Targets = ["adl.nav.request_valid.choice.", "adl.nav.request_valid.jump."];

        private readonly FrozenDictionary<string, (ScormElement Element, ElementTypes.Check Check)> _rows =
            rows.ToFrozenDictionary(r => r.Name, r => (r, ElementTypes.CheckFor(r.Type)), StringComparer.Ordinal);

        public ErrorCodes Codes => codes;

        public Place? Find(string path)
        {
            if (Targets.FirstOrDefault(t => path.StartsWith(t + "{target=", StringComparison.Ordinal)) is { } target && path.EndsWith('}'))
                return At(path, target + "t", []);

            List<(string, int)> indexes = [];
            var (own, name) = (path.Split('.'), path.Split('.'));
            for (var i = 0; i < own.Length; i++)
            {
                if (!IsIndex(own[i])) continue;
                var index = int.Parse(own[i], NumberStyles.None, CultureInfo.InvariantCulture);
                indexes.Add((string.Join('.', own[..i]), index));
                own[i] = index.ToString(CultureInfo.InvariantCulture);
                name[i] = "n";
            }
            return At(string.Join('.', own), string.Join('.', name), [.. indexes]);
        }

        public int UnknownCode(string path)
        {
            if (path.Length == 0) return codes.Get;
            var end = path.LastIndexOf('.');
            var parent = string.Join('.', path[..Math.Max(0, end)].Split('.').Select(t => IsIndex(t) ? "n" : t));
            var known = _rows.Keys.Any(name => name == parent || name.StartsWith(parent + ".", StringComparison.Ordinal));
            return (known, path[(end + 1)..]) switch
            {
                (true, "_children") => codes.NoChildren,
                (true, "_count") => codes.NoCount,
                (true, "_version") => codes.Get,
                _ => codes.Unknown,
            };
        }

        private Place? At(string path, string name, (string, int)[] indexes) =>
            _rows.TryGetValue(name, out var row) ? new Place(path, row.Element, row.Check, indexes) : null;

        private static bool IsIndex(string token) => token.Length is > 0 and < 10 && token.All(char.IsAsciiDigit);
    }
}
