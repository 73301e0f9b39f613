namespace Lms.Standards.Scorm.Sequencing;

/// <summary>
/// What must be done before an activity of SCORM 1.2, in AICC script: identifiers joined by <c>&amp;</c>, <c>|</c> and <c>~</c> (not), statuses
/// compared by <c>=</c> and <c>&lt;&gt;</c>, and counted sets such as <c>2*{A, B, C}</c>. (SCORM 1.2 CAM 2.3.2.5)
/// </summary>
internal sealed class Prerequisites
{
    private static readonly Dictionary<string, string> s_statuses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["P"] = "passed", ["C"] = "completed", ["F"] = "failed", ["I"] = "incomplete", ["B"] = "browsed", ["N"] = "not attempted",
    };

    private readonly string _script;
    private int _at;
    private Func<string, string> _statusOf = _ => "";

    private Prerequisites(string script) => _script = script;

    /// <summary>Null for no script, and for one that can't be read: what can't be understood bars nobody.</summary>
    public static Prerequisites? Parse(string? script)
    {
        if (string.IsNullOrWhiteSpace(script)) return null;
        var read = new Prerequisites(script);
        read.Either();
        return read._at == script.Length ? read : null;
    }

    /// <summary>Whether they are met, by each activity's status in SCORM 1.2's words.</summary>
    public bool AreMet(Func<string, string> statusOf)
    {
        var evaluation = new Prerequisites(_script) { _statusOf = statusOf };
        return evaluation.Either();
    }

    private bool Either()
    {
        var result = Both();
        while (Take('|')) result |= Both();
        return result;
    }

    private bool Both()
    {
        var result = Term();
        while (Take('&')) result &= Term();
        return result;
    }

    private bool Term()
    {
        if (Take('~')) return !Term();
        if (Take('('))
        {
            var inner = Either();
            Take(')');
            return inner;
        }
        var word = Word();
        if (Take('*')) return Counted(int.TryParse(word, out var count) ? count : 0);
        if (TakeNotEqual()) return !Is(word, Word());
        if (Take('=')) return Is(word, Word());
        return _statusOf(word) is "passed" or "completed";
    }

    private bool Counted(int count)
    {
        var met = 0;
        if (!Take('{')) return false;
        do
        {
            if (Either()) met++;
        }
        while (Take(','));
        Take('}');
        return met >= count;
    }

    private bool Is(string id, string status) =>
        _statusOf(id).Equals(s_statuses.GetValueOrDefault(status, status), StringComparison.OrdinalIgnoreCase);

    private string Word()
    {
        Space();
        if (_at < _script.Length && _script[_at] == '"')
        {
            var end = _script.IndexOf('"', _at + 1);
            var quoted = end < 0 ? _script[(_at + 1)..] : _script[(_at + 1)..end];
            _at = end < 0 ? _script.Length : end + 1;
            Space();
            return quoted;
        }
        var start = _at;
        while (_at < _script.Length && !"&|~()=<*{},".Contains(_script[_at], StringComparison.Ordinal)) _at++;
        return _script[start.._at].Trim();
    }

    private bool Take(char c)
    {
        Space();
        if (_at >= _script.Length || _script[_at] != c) return false;
        _at++;
        Space();
        return true;
    }

    private bool TakeNotEqual()
    {
        Space();
        if (!_script.AsSpan(_at).StartsWith("<>")) return false;
        _at += 2;
        return true;
    }

    private void Space()
    {
        while (_at < _script.Length && char.IsWhiteSpace(_script[_at])) _at++;
    }
}
