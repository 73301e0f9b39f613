using System.Text;
using Lms.Standards.Packages;
using Lms.Standards.Scorm.Manifest;

namespace Lms.Standards.Tests.Scorm;

/// <summary>Manifests to read, whole and in parts.</summary>
internal static class Manifests
{
    public const string Namespaces2004 = """
        xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"
        xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"
        """;

    /// <summary>A course of 2004 with one item, which holds <paramref name="within"/>.</summary>
    public static string Of2004(string within, string more = "") => $"""
        <manifest identifier="M" {Namespaces2004}>
          <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
          <organizations default="O"><organization identifier="O"><title>Course</title>
            <item identifier="I" identifierref="R"><title>One</title>{within}</item>
          </organization></organizations>
          <resources><resource identifier="R" type="webcontent" adlcp:scormType="sco" href="a.html"/></resources>{more}
        </manifest>
        """;

    public const string Of12 = """
        <?xml version="1.0"?>
        <manifest identifier="golf" version="1.1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
          <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
          <organizations default="B">
            <organization identifier="A"><title>Other</title><item identifier="a1" identifierref="R1"><title>x</title></item></organization>
            <organization identifier="B"><title>  Golf
              explained </title>
              <item identifier="one" identifierref="R1" isvisible="true" parameters="?page=1"><title>Playing</title>
                <adlcp:prerequisites type="aicc_script">two</adlcp:prerequisites><adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed>
                <adlcp:timelimitaction>exit,no message</adlcp:timelimitaction><adlcp:datafromlms>seed=1</adlcp:datafromlms><adlcp:masteryscore>80</adlcp:masteryscore>
              </item>
              <item identifier="part"><title>Part</title><item identifier="two" identifierref="R2"><title>Par</title></item></item>
            </organization>
          </organizations>
          <resources xml:base="shared/">
            <resource identifier="R1" type="webcontent" adlcp:scormtype="sco" href="play/Playing%20it.html?lang=en#top" xml:base="golf/"><file href="play/Playing%20it.html"/><dependency identifierref="D"/></resource>
            <resource identifier="R2" type="webcontent" adlcp:scormtype="asset" href="par.html"/>
            <resource identifier="D" type="webcontent" adlcp:scormtype="asset"><file href="common\api.js"/></resource>
          </resources>
        </manifest>
        """;

    public static ReadManifest Read(string xml)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(xml));
        var loaded = PackageXml.Load(stream, "imsmanifest.xml");
        Assert.Empty(loaded.Findings);
        return ManifestReader.Read(loaded.Document!);
    }

    public static ScormManifest Accepted(string xml)
    {
        var read = Read(xml);
        Assert.DoesNotContain(read.Findings, f => f.Severity == Severity.Error);
        return read.Manifest!;
    }

    public static ActivityDefinition Item(string within) => Accepted(Of2004(within)).Organization().Root.Children[0];

    public static PackageFinding Refused(string xml)
    {
        var read = Read(xml);
        Assert.Null(read.Manifest);
        var finding = Assert.Single(read.Findings, f => f.Severity == Severity.Error);
        Assert.All(new[] { finding.Message, finding.Cure }, text => Assert.EndsWith(".", text));
        return finding;
    }
}
