using Lms.Manuscripts.Courses;
using Lms.Manuscripts.Questions;

namespace Lms.Manuscripts.Tests;

public sealed class Reading_a_course
{
    private const string Drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><rect id=\"a\" class=\"brand\" width=\"40\" height=\"20\"/></svg>";

    [Fact]
    public void The_small_course_reads_without_a_finding()
    {
        using var manuscript = new Manuscript();

        var content = manuscript.Read();

        Assert.Empty(content.Findings);
        Assert.Equal("base", content.Programmes.Single().Id);
        var course = content.Courses.Single();
        Assert.Equal(("c1", new CourseNumber(1, 0), "First lesson"), (course.Id, course.Version, course.Lessons.Single().Texts["en"].Title));
        Assert.Equal(new StandardRef("doc-a", "Guide A", 2023, "1.4"), course.Lessons.Single().Standards.Single());
        Assert.Equal("q1", course.Bank["en"].Single().Id);
    }

    [Fact]
    public void A_lesson_is_shown_with_its_figure_question_term_and_source()
    {
        using var manuscript = Manuscript.WithText("""
            ## Why

            Use [CAPA](glossary:capa) for 3 520 000 particles.[^a]

            ![A flow](flow.svg "The flow")

            What is it?
            [( )] Wrong <!-- conf: No. -->
            [(X)] Right

            After.

            [^a]: doc-a 2023 1.4 — about it
            """, (Manuscript.Figure, Drawing));

        var content = manuscript.Read();

        Assert.Empty(content.Findings);
        var lesson = content.Courses.Single().Lessons.Single();
        var blocks = lesson.Texts["en"].Blocks;
        Assert.Equal(4, blocks.Count);
        Assert.Contains("<h2 id=\"h-why\">Why</h2>", blocks[0].Html, StringComparison.Ordinal);
        Assert.Contains("<bdi>3\u202F520\u202F000</bdi>", blocks[0].Html, StringComparison.Ordinal);
        Assert.Contains("popovertarget=\"g-capa\"", blocks[0].Html, StringComparison.Ordinal);
        Assert.Contains("<rect id=\"f-a\" class=\"brand\"", blocks[0].Html, StringComparison.Ordinal);
        Assert.Contains("<figcaption>The flow</figcaption>", blocks[0].Html, StringComparison.Ordinal);
        Assert.Equal("l1-check-1", blocks[1].Check!.Id);
        Assert.True(blocks[1].Check!.Grade(["1"]).Correct);
        Assert.Equal("conf", blocks[1].Check!.Grade(["0"]).Feedback.Single().Code);
        Assert.Contains("<bdi dir=\"ltr\">1.4</bdi> — about it", blocks[3].Html, StringComparison.Ordinal);
        Assert.Equal(content.Courses.Single().Assets.Keys, lesson.Texts["en"].Assets);
    }

    [Fact]
    public void A_course_survives_its_canonical_json()
    {
        using var manuscript = Manuscript.WithText("Which?\n[[ ]] a\n[[X]] b\n[[?]] Think.\n");
        var course = manuscript.Read().Courses.Single();

        var json = Canonical.Json(course);
        var back = Canonical.Read<Course>(json);

        Assert.Equal(json, Canonical.Json(back));
        Assert.True(Assert.IsType<ChoiceItem>(back.Lessons.Single().Texts["en"].Blocks.Single().Check).Multiple);
        Assert.Equal(64, Canonical.Hash(json).Length);
    }
}
