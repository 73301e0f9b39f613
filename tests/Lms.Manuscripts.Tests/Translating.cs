using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Tests;

public sealed class Translating
{
    private const string French = "---\nid: l1\ntitle: Première leçon\nobjectives: [{ id: l1-o1, text: Expliquer }]\n---\nTexte.\n";
    private const string FrenchBank = "<!-- item\nid: q1\n-->\nLequel ?\n\n[(X)] Le système\n[( )] Le contrôle <!-- part: Une partie. -->\n****\nOui.\n****\n";

    private static Manuscript Translated() => new((Manuscript.French, French), ("courses/c1/questions.fr.md", FrenchBank), ("courses/c1/course.yaml", """
        id: c1
        version: 1.0
        language: en
        title: { en: Course one, fr: Premier cours }
        summary: { en: All of it., fr: Tout. }
        modules:
          - title: { en: Module, fr: Module }
            lessons: [01-first]
        assessment:
          title: { en: Final, fr: Finale }
          pass: 80
          blueprint: { l1-o1: 1 }

        """));

    [Fact]
    public void A_whole_translation_is_offered_and_stale_only_until_its_hash_is_written()
    {
        using var manuscript = Translated();
        Assert.Equal(["source-hash-missing", "source-hash-missing"], manuscript.Read().Findings.Select(f => f.Code));

        Assert.Equal(["courses/c1/questions.fr.md", Manuscript.French], ContentReader.WriteSourceHashes(manuscript.Root));

        var fresh = manuscript.Read();
        Assert.Empty(fresh.Findings);
        Assert.Empty(ContentReader.WriteSourceHashes(manuscript.Root));
        var course = fresh.Courses.Single();
        Assert.Equal(["en", "fr"], course.Languages);
        Assert.False(course.Lessons.Single().Texts["fr"].Stale);
        Assert.Equal("Expliquer", course.Lessons.Single().Objectives.Single().Text["fr"]);
        Assert.Equal(("q1", "l1-o1", "Lequel ?"), (course.Bank["fr"].Single().Id, course.Bank["fr"].Single().Objective, course.Bank["fr"].Single().StemText));
    }

    [Fact]
    public void A_changed_source_makes_its_translation_stale_and_a_review_does_not()
    {
        using var manuscript = Translated();
        ContentReader.WriteSourceHashes(manuscript.Root);

        manuscript.Write(Manuscript.Lesson, Manuscript.LessonHead.Replace("minutes: 20", "minutes: 20\nreviewed_by: A. Expert\nreviewed_on: 2026-03-31\nstatus: reviewed", StringComparison.Ordinal) + "Text.\r\n");
        Assert.Empty(manuscript.Read().Findings);

        manuscript.Write(Manuscript.Lesson, Manuscript.LessonHead + "Another text.\n");
        var content = manuscript.Read();
        Assert.Equal(("translation-stale", Severity.Warning), (content.Findings.Single().Code, content.Findings.Single().Severity));
        Assert.True(content.Courses.Single().Lessons.Single().Texts["fr"].Stale);
    }

    [Fact]
    public void A_partial_translation_is_a_warning_and_not_offered()
    {
        using var manuscript = new Manuscript((Manuscript.French, French));

        var content = manuscript.Read();

        var partial = content.Findings.Single(f => f.Code == "translation-partial");
        Assert.Contains("questions.fr.md", partial.Suggestion, StringComparison.Ordinal);
        Assert.Equal(["en"], content.Courses.Single().Languages);
        Assert.Equal(["en"], content.Courses.Single().Bank.Keys);
    }
}
