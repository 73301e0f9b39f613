using FsCheck;
using FsCheck.Fluent;
using Lms.Manuscripts.Questions;
using Lms.Manuscripts.Questions.Gift;

namespace Lms.Manuscripts.Tests;

/// <summary>No input crashes the reader or hangs it. Inputs are made of the notation's own marks, so that they get far.</summary>
public sealed class Reading_anything
{
    private static readonly string[] s_marks =
    [
        "[[", "]]", "[(", ")]", "[( )] ", "[(X)] ", "[[ ]] ", "[[X]] ", "[[?]]", "[#1] ", "[(A) (B)]\n", "[[75 ± 2 %]]", "[[!7]]", "|", "****\n", "<!-- item\n", "-->", "<!--",
        "id: q1\n", "objective: l1-o1\n", "\n", "\n\n", "- ", "> ", "> [!GMP]\n", "# ", "## ", "$", "$$\n", "\\frac", "\\left(", "\\right", "\\ce{", "{", "}", "^", "_", "~", "*", "**", "`", "```\n",
        "[^a]", "[^a]: doc-a 2023 1\n", "[x](glossary:capa)", "[x](javascript:y)", "![a](flow.svg)", "<b>", "</", "&#x0;", "&amp;", "\\", "3 520 000", "٣", "\uD83D\uDE00", "\u202E", "\uFEFF", "\0", "---\n", ": ", "&a", "*a", "'", "\"",
        "::t::", "{=a ~b}", "{#1:2}", "=a -> b", "~%50%", "####", "//", "<svg ", "xmlns=\"http://www.w3.org/2000/svg\" ", "viewBox=\"0 0 1 1\"", ">", "/>", "</svg>", "<g id=\"a\">", "<use href=\"#a\"/>", "<!DOCTYPE x [", "word ",
    ];

    private static readonly Arbitrary<string> s_texts = Gen.Elements(s_marks).ListOf().Select(parts => string.Concat(parts)).ToArbitrary();

    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(120);

    [Fact]
    public void No_lesson_crashes_the_reader()
    {
        using var manuscript = new Manuscript();
        Check.One(s_config, Prop.ForAll(s_texts, text =>
        {
            manuscript.Write(Manuscript.Lesson, Manuscript.LessonHead + text);
            return HasNoScript(manuscript.Read());
        }));
    }

    [Fact]
    public void No_bank_front_matter_or_drawing_crashes_the_reader()
    {
        using var manuscript = Manuscript.WithText("![a](flow.svg)\n");
        Check.One(s_config, Prop.ForAll(s_texts, text =>
        {
            manuscript.Write(Manuscript.Bank, text);
            manuscript.Write(Manuscript.Figure, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">{text}</svg>");
            manuscript.Write("standards.yaml", text);
            manuscript.Write("courses/c2/course.yaml", text);
            manuscript.Write(Manuscript.French, "---\n" + text);
            return HasNoScript(manuscript.Read());
        }));
    }

    [Fact]
    public void No_gift_crashes_its_reader() =>
        Check.One(s_config.WithMaxTest(1000), Prop.ForAll(s_texts, text => GiftFormat.Read(text).Items.All(i => i.Id.Length > 0)));

    [Fact]
    public void No_response_crashes_grading()
    {
        using var manuscript = new Manuscript((Manuscript.Bank, string.Concat(new[]
        {
            "[(X)] a\n[( )] b <!-- B. -->\n", "[[X]] a\n[[ ]] b <!-- B. -->\n", "[[word]]\n", "[[75 ± 1]]\n", "[(A) (B)]\n[(X) ( )] r\n", "[#1] a\n[#2] b\n",
        }.Select((a, i) => $"<!-- item\nid: q{i}\nobjective: l1-o1\n-->\nWhat?\n\n{a}****\nSo.\n****\n\n")) + "<!-- item\nid: q9\nobjective: l1-o1\n-->\nA [[b]] c [[1]] d [[(e)|f]].\n****\nSo.\n****\n"));
        var items = manuscript.Read().Courses.Single().Bank["en"];
        var anything = Gen.OneOf(s_texts.Generator, ArbMap.Default.GeneratorFor<string>(), Gen.Choose(-2, 5).Select(i => $"{i}"), Gen.Constant("\uD800"), Gen.Constant("9".PadRight(400, '9')));

        Check.One(s_config, Prop.ForAll(anything.ListOf().ToArbitrary(), response => items.Select(i => i.Grade([.. response])).All(g => g.Score is >= 0 and <= 1 && g.Correct == (g.Score == 1))));
    }

    // What the sanitiser promises, looked for in what it let pass.
    private static bool HasNoScript(Content content) => content.Courses
        .SelectMany(c => c.Lessons).SelectMany(l => l.Texts.Values).SelectMany(t => t.Blocks).Select(b => b.Html ?? b.Check!.StemHtml)
        .All(html => !html.Contains("<script", StringComparison.OrdinalIgnoreCase) && !html.Contains("\"javascript:", StringComparison.OrdinalIgnoreCase) && !html.Contains("<b>", StringComparison.Ordinal) | html.Contains("class=\"gloss\"", StringComparison.Ordinal));
}
