using System.Text;

namespace Lms.Standards.Cmi5;

/// <summary>The three parts of an address.</summary>
/// <param name="Path">What is before the query.</param>
/// <param name="Query">Without its question mark; empty where there is none.</param>
/// <param name="Fragment">With its hash; empty where there is none.</param>
public sealed record AddressParts(string Path, string Query, string Fragment)
{
    /// <summary>Takes an address apart; it need be no valid one.</summary>
    public static AddressParts Of(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var hash = url.IndexOf('#');
        var fragment = hash < 0 ? "" : url[hash..];
        var rest = hash < 0 ? url : url[..hash];
        var mark = rest.IndexOf('?');
        return mark < 0 ? new AddressParts(rest, "", fragment) : new AddressParts(rest[..mark], rest[(mark + 1)..], fragment);
    }
}

/// <summary>The address with which a unit is launched: its own, and the launch parameters in its query. (8.1)</summary>
public static class LaunchUrl
{
    private static readonly string[] s_names = ["endpoint", "fetch", "actor", "registration", "activityId"];

    /// <summary>Adds parameters to an address whose query and fragment stay.</summary>
    /// <param name="url">The unit's own full address.</param>
    /// <param name="parameters">Name and value; each value is encoded.</param>
    public static string With(string url, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var parts = AddressParts.Of(url);
        var added = string.Join('&', parameters.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        return $"{parts.Path}?{(parts.Query.Length == 0 ? "" : parts.Query.TrimEnd('&') + "&")}{added}{parts.Fragment}";
    }

    /// <summary>The cmi5 launch of a unit.</summary>
    public static string Of(string url, LaunchParameters launch)
    {
        ArgumentNullException.ThrowIfNull(launch);
        string[] values = [launch.Endpoint, launch.Fetch, launch.Actor, launch.Registration.ToString(), launch.ActivityId];
        return With(url, s_names.Zip(values, KeyValuePair.Create));
    }

    /// <summary>Encodes what a URL may not hold; what is encoded already stays.</summary>
    public static string Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAny(UnitUrl.Unsafe) && Ascii.IsValid(text)) return text;
        var encoded = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && !UnitUrl.Unsafe.Contains((char)rune.Value)) encoded.Append(rune);
            else encoded.Append(Uri.EscapeDataString(rune.ToString()));
        }
        return encoded.ToString();
    }

    /// <summary>The names in a query that collide with those of the launch. (8.1.0.0-6)</summary>
    internal static IEnumerable<string> Conflicts(string query) =>
        query.Split('&').Select(p => Uri.UnescapeDataString(p.Split('=')[0].Replace('+', ' '))).Where(s_names.Contains).Distinct();
}

/// <summary>What a unit is told when it is launched. (8.1.1 to 8.1.5)</summary>
/// <param name="Endpoint">Where its xAPI requests go.</param>
/// <param name="Fetch">Where it gets its token, once.</param>
/// <param name="Actor">The learner, a JSON object.</param>
/// <param name="Registration">The learner's enrolment in the course.</param>
/// <param name="ActivityId">The LMS's IRI of the unit.</param>
public sealed record LaunchParameters(string Endpoint, string Fetch, string Actor, Guid Registration, string ActivityId);
