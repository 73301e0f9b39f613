namespace Lms.Standards.Packages;

/// <summary>The specification that a package follows.</summary>
public enum PackageStandard
{
    /// <summary>SCORM 1.2, and content packages of its time that say no better.</summary>
    Scorm12,

    /// <summary>SCORM 2004, 2nd to 4th edition.</summary>
    Scorm2004,

    /// <summary>cmi5: a <c>cmi5.xml</c>, with or without the files that it launches.</summary>
    Cmi5,

    /// <summary>A plain xAPI activity that is started by the <c>tincan.xml</c> launch method.</summary>
    TinCan,
}
