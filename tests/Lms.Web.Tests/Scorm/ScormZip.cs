using System.IO.Compression;
using System.Text;

namespace Lms.Web.Tests.Scorm;

/// <summary>Small SCORM packages, made by the test itself.</summary>
public static class ScormZip
{
    /// <summary>SCORM 1.2: one SCO that passes with 80 points.</summary>
    public static byte[] One12(string title = "Clean hands", string page = "<!doctype html><title>SCO</title>") => Zip($"""
        <manifest identifier="{Guid.NewGuid():n}" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
          <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
          <organizations default="course"><organization identifier="course"><title>{title}</title>
            <item identifier="only" identifierref="sco"><title>Only part</title><adlcp:masteryscore>80</adlcp:masteryscore></item>
          </organization></organizations>
          <resources><resource identifier="sco" type="webcontent" adlcp:scormtype="sco" href="only.html"><file href="only.html"/></resource></resources>
        </manifest>
        """, ("only.html", page));

    /// <summary>SCORM 2004: parts <c>part1</c>, <c>part2</c>, … in order, each with an objective; the learner may choose, too.</summary>
    public static byte[] Parts2004(int count = 3, string title = "In order", string page = "<!doctype html><title>SCO</title>", string sequencing = "") => Zip($"""
        <manifest identifier="{Guid.NewGuid():n}" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss" xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3">
          <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
          <organizations default="course"><organization identifier="course"><title>{title}</title>
            {string.Concat(Enumerable.Range(1, count).Select(i => $"""
            <item identifier="part{i}" identifierref="sco{i}"><title>Part {i}</title>
              <imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="goal{i}"/></imsss:objectives></imsss:sequencing>
              {(i == 1 ? """<adlcp:data><adlcp:map targetID="notes"/></adlcp:data>""" : i == 2 ? """<adlcp:data><adlcp:map targetID="notes" writeSharedData="false"/></adlcp:data>""" : "")}
            </item>
            """))}
            <imsss:sequencing><imsss:controlMode choice="true" flow="true"/>{sequencing}</imsss:sequencing>
          </organization></organizations>
          <resources>{string.Concat(Enumerable.Range(1, count).Select(i => $"""<resource identifier="sco{i}" type="webcontent" adlcp:scormType="sco" href="part{i}.html"><file href="part{i}.html"/></resource>"""))}</resources>
        </manifest>
        """, [.. Enumerable.Range(1, count).Select(i => ($"part{i}.html", page))]);

    private static byte[] Zip(string manifest, params (string Path, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in files.Prepend(("imsmanifest.xml", manifest)))
            {
                using var file = zip.CreateEntry(path).Open();
                file.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return bytes.ToArray();
    }
}
