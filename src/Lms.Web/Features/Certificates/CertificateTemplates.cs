using Lms.Web.Data;

namespace Lms.Web.Features.Certificates;

/// <summary>
/// The template in use: <c>certificate.svg</c> in the data folder where the operator put one that can be used, else the one that
/// comes with the program.
/// </summary>
public sealed class CertificateTemplates(DataFolder folder, ILogger<CertificateTemplates> log)
{
    private readonly CertificateTemplate _own = Own("certificate");
    private (DateTime WrittenAt, CertificateTemplate? Template, string? Refused) _operators;

    /// <summary>The file that an operator may write.</summary>
    public string Path => System.IO.Path.Combine(folder.Root, "certificate.svg");

    /// <summary>Why the operator's file is not used; null when it is, or when there is none.</summary>
    public string? Refused => Operators().Refused;

    public CertificateTemplate Current => Operators().Template ?? _own;

    private (DateTime WrittenAt, CertificateTemplate? Template, string? Refused) Operators()
    {
        // The file's time is the year 1601 when there is none.
        var writtenAt = File.GetLastWriteTimeUtc(Path);
        var known = _operators;
        if (known.WrittenAt == writtenAt || !File.Exists(Path)) return File.Exists(Path) ? known : default;
        var (template, refused) = new FileInfo(Path).Length > CertificateTemplate.MostBytes ? (null, "It is too large.") : CertificateTemplate.Read(File.ReadAllBytes(Path));
        if (refused is not null) log.LogError("The certificate template {Path} is not used. {Reason}", Path, refused);
        return _operators = (writtenAt, template, refused);
    }

    /// <summary>One of the drawings that come with the program: the certificate, the badge, or what is seen of a certificate where somebody links to it.</summary>
    internal static CertificateTemplate Own(string name)
    {
        using var file = typeof(CertificateTemplates).Assembly.GetManifestResourceStream($"Lms.Web.Features.Certificates.{name}.svg")!;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var (template, refused) = CertificateTemplate.Read(bytes, isCertificate: name == "certificate");
        return template ?? throw new InvalidOperationException(refused);
    }
}
