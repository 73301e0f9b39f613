using System.Security.Cryptography;
using System.Text;

namespace Lms.Standards.Cmi5;

/// <summary>
/// The ids by which the LMS names units, blocks and courses in statements: never the publisher's own, and the same on every launch, in every
/// registration and in every version of a package that keeps the publisher's id. (8.1.5, 9.4)
/// </summary>
/// <param name="packageIri">The LMS's IRI of the package, which no other package has.</param>
public sealed class LmsIds(string packageIri)
{
    /// <summary>IRI of the course.</summary>
    public string Course => $"{packageIri}/course";

    /// <summary>IRI of a block.</summary>
    public string Block(string publisherId) => $"{packageIri}/block/{Digest(publisherId)}";

    /// <summary>IRI of a unit.</summary>
    public string Unit(string publisherId) => $"{packageIri}/au/{Digest(publisherId)}";

    private static string Digest(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));
}
