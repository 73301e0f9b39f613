namespace Lms.Standards.Tests.Packages;

/// <summary>Small packages of each standard.</summary>
internal static class Sample
{
    public const string Scorm12 = """
        <?xml version="1.0" encoding="UTF-8"?>
        <manifest identifier="hygiene" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
          <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
          <organizations default="org">
            <organization identifier="org"><title>Hand hygiene</title>
              <item identifier="wash" identifierref="r1"><title>Wash your hands</title><adlcp:masteryscore>80</adlcp:masteryscore></item>
              <item identifier="read" identifierref="r2"><title>Read on</title></item>
            </organization>
          </organizations>
          <resources>
            <resource identifier="r1" type="webcontent" adlcp:scormtype="sco" href="wash/index.html"><file href="wash/index.html"/></resource>
            <resource identifier="r2" type="webcontent" adlcp:scormtype="asset" href="read.html"><file href="read.html"/></resource>
          </resources>
        </manifest>
        """;

    public const string Scorm2004 = """
        <?xml version="1.0" encoding="UTF-8"?>
        <manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
          <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
          <organizations default="org">
            <organization identifier="org"><title>Gowning</title>
              <item identifier="module"><title>Module</title>
                <item identifier="one" identifierref="r1"><title>One</title></item>
              </item>
            </organization>
          </organizations>
          <resources><resource identifier="r1" type="webcontent" adlcp:scormType="sco" href="one.html"><file href="one.html"/></resource></resources>
        </manifest>
        """;

    public const string Cmi5 = """
        <?xml version="1.0" encoding="utf-8"?>
        <courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
          <course id="https://example.org/courses/buffers"><title><langstring lang="en">Buffers</langstring></title><description><langstring lang="en">Preparing them.</langstring></description></course>
          <au id="https://example.org/courses/buffers/1" moveOn="Passed" masteryScore="0.8"><title><langstring lang="en">Weighing</langstring></title><description><langstring lang="en">By the SOP.</langstring></description><url>https://content.example.org/weighing.html</url></au>
        </courseStructure>
        """;

    public const string TinCan = """
        <?xml version="1.0" encoding="utf-8"?>
        <tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>
          <activity id="https://example.org/tour" type="http://adlnet.gov/expapi/activities/course"><name>Plant tour</name><description lang="en-US">Around the plant.</description><launch lang="en-US">index.html</launch></activity>
        </activities></tincan>
        """;

    public const string Page = "<!doctype html><title>x</title>";

    public static ZipBuilder Of12(string folder = "", string manifest = Scorm12) =>
        new ZipBuilder().Add($"{folder}imsmanifest.xml", manifest).Add($"{folder}wash/index.html", Page).Add($"{folder}read.html", Page);
}
