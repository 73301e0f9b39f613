using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Tests;

/// <summary>
/// Each row is one broken file. The sign ‸ stands where the finding must point and is taken out before the file is read;
/// the last column is a part of the sentence that says what to do.
/// </summary>
public sealed class Refusing_broken_manuscripts
{
    [Theory]
    [MemberData(nameof(Courses))]
    [MemberData(nameof(Lessons))]
    [MemberData(nameof(Texts))]
    [MemberData(nameof(Questions))]
    [MemberData(nameof(Drawings))]
    public void A_broken_manuscript_is_refused_with_its_place_and_a_cure(string code, string file, string marked, string help)
    {
        var offset = marked.IndexOf('‸', StringComparison.Ordinal);
        Assert.True(offset >= 0);
        var before = marked[..offset];
        var (line, column) = (1 + before.Count(c => c == '\n'), offset - before.LastIndexOf('\n'));
        using var manuscript = file == Manuscript.Figure ? Manuscript.WithText("![Flow](flow.svg)\n") : new Manuscript();
        manuscript.Write(file, marked.Replace("‸", "", StringComparison.Ordinal));

        var content = manuscript.Read();

        var finding = Assert.Single(content.Findings, f => f.Code == code && f.Severity == Severity.Error);
        Assert.Equal((file, line, column), (finding.File, finding.Line, finding.Column));
        Assert.Contains(help, finding.Suggestion, StringComparison.Ordinal);
        Assert.Matches("[.…]$", finding.Message);
        Assert.Matches("[.?…]$", finding.Suggestion);
        Assert.False(content.Ok);
        if (file.StartsWith("courses/", StringComparison.Ordinal)) Assert.Empty(content.Courses);
    }

    private const string CourseYaml = "courses/c1/course.yaml";

    public static TheoryData<string, string, string, string> Courses => new()
    {
        { "key-missing", CourseYaml, "‸" + Course("id: c1\n", ""), "address" },
        { "key-unknown", CourseYaml, Course("id: c1\n", "id: c1\n‸titel: x\n"), "Did you mean “title”?" },
        { "name-invalid", CourseYaml, Course("id: c1", "id: ‸C1!"), "lower-case" },
        { "version-invalid", CourseYaml, Course("1.0", "‸one"), "major.minor" },
        { "language-tag", CourseYaml, Course("language: en", "language: ‸English"), "tag such as en" },
        { "language-tag", CourseYaml, Course("{ en: All of it. }", "{ en: All, ‸of it: x }"), "quotes" },
        { "language-missing", CourseYaml, Course("{ en: Course one }", "‸{ fr: Cours un }"), "en: …" },
        { "value-kind", CourseYaml, Course("{ en: Course one }", "‸Course one"), "{ en: … }" },
        { "lesson-missing", CourseYaml, Course("[01-first]", "[‸01-frist]"), "Did you mean “01-first”?" },
        { "lesson-twice", CourseYaml, Course("[01-first]", "[01-first, ‸01-first]"), "Remove" },
        { "name-invalid", CourseYaml, Course("[01-first]", "[01-first, ‸../../etc]"), "lower-case" },
        { "number-invalid", CourseYaml, Course("pass: 80", "pass: ‸180"), "digits" },
        { "objective-unknown", CourseYaml, Course("{ l1-o1: 1 }", "{ ‸l1-01: 1 }"), "Did you mean “l1-o1”?" },
        { "blueprint-short", CourseYaml, Course("{ l1-o1: 1 }", "{ ‸l1-o1: 3 }"), "more questions" },
        { "value-unknown", CourseYaml, Course("completion", "‸complete"), "Did you mean “completion”?" },
        { "yaml-duplicate", CourseYaml, Course("id: c1\n", "id: c1\n‸id: c2\n"), "Keep one" },
        { "yaml-syntax", CourseYaml, Course("id: c1\n", "id: c1\ntitle: { en: ‸\"x }\n").Split("version")[0], "quotes" },
        { "yaml-alias", CourseYaml, Course("id: c1", "id: ‸&a c1"), "quotes" },
        { "yaml-too-deep", CourseYaml, "id: [[[[[[[[[[[[‸[[[[[[[x]]]]]]]]]]]]]]]]]]]\n", "fewer levels" },
        { "yaml-documents", CourseYaml, Course("id: c1", "id: c1") + "‸---\nid: c2\n", "---" },
        { "course-unknown", "programmes.yaml", "- { id: base, title: { en: B }, courses: [‸c2] }\n", "Did you mean “c1”?" },
        { "value-kind", "programmes.yaml", "‸id: base\n", "- id:" },
        { "id-twice", "standards.yaml", "- { id: doc-a, title: A, year: 2023 }\n- { id: ‸doc-a, title: A, year: 2023 }\n", "Keep one" },
        { "link-refused", "standards.yaml", "- { id: doc-a, title: A, year: 2023, url: ‸\"javascript:alert(1)\" }\n", "https://" },
        { "value-kind", "glossary/en.yaml", "‸capa: just words\n", "term" },
    };

    public static TheoryData<string, string, string, string> Lessons => new()
    {
        { "front-matter-missing", Manuscript.Lesson, "‸Text without front matter.\n", "---" },
        { "front-matter-missing", Manuscript.Lesson, "‸---\nid: l1\n", "---" },
        { "key-missing", Manuscript.Lesson, Lesson("id: l1\n", "").Replace("title: First", "‸title: First", StringComparison.Ordinal), "id" },
        { "key-unknown", Manuscript.Lesson, Lesson("bloom:", "‸blooom: x\nbloom:"), "Did you mean “bloom”?" },
        { "value-unknown", Manuscript.Lesson, Lesson("bloom: understand", "bloom: ‸know"), "Use one of" },
        { "number-invalid", Manuscript.Lesson, Lesson("minutes: 20", "minutes: ‸twenty"), "digits" },
        { "id-twice", Manuscript.Lesson, Lesson("text: Explain it }\n", "text: Explain it }\n  - { id: ‸l1-o1, text: Again }\n"), "another id" },
        { "reference-malformed", Manuscript.Lesson, Lesson("[doc-a 2023 1.4]", "[‸Annex 1]"), "document, year and clause" },
        { "reference-unknown", Manuscript.Lesson, Lesson("[doc-a 2023 1.4]", "[‸doc-b 2023 1.4]"), "Did you mean “doc-a”?" },
        { "reference-year", Manuscript.Lesson, Lesson("[doc-a 2023 1.4]", "[‸doc-a 2017 1.4]"), "doc-a 2023 1.4" },
        { "lesson-unknown", Manuscript.Lesson, Lesson("minutes: 20", "minutes: 20\nprerequisites: [‸l7]"), "Did you mean “l1”?" },
        { "prerequisite-later", Manuscript.Lesson, Lesson("minutes: 20", "minutes: 20\nprerequisites: [‸l1]"), "order" },
        { "glossary-unknown", Manuscript.Lesson, Lesson("minutes: 20", "minutes: 20\nglossary: [‸cappa]"), "Did you mean “capa”?" },
        { "date-invalid", Manuscript.Lesson, Lesson("minutes: 20", "minutes: 20\nreviewed_on: ‸yesterday"), "2026-03-31" },
        { "review-incomplete", Manuscript.Lesson, Lesson("minutes: 20", "minutes: 20\nstatus: ‸reviewed"), "reviewed_by" },
        { "flag-invalid", Manuscript.Lesson, Lesson("minutes: 20", "minutes: 20\nfacts:\n  - { claim: a, source: b, verified: ‸yes }"), "true or false" },
        { "key-missing", Manuscript.Lesson, Lesson("minutes: 20", "minutes: 20\nfacts:\n  - ‸{ claim: a, source: b }"), "verified: false" },
        { "lesson-empty", Manuscript.Lesson, Manuscript.LessonHead + "‸", "below the front matter" },
        { "translation-id", Manuscript.French, "---\nid: ‸l2\ntitle: T\nobjectives: [{ id: l1-o1, text: X }]\n---\nTexte.\n", "id: l1" },
        { "translation-objectives", Manuscript.French, "---\nid: l1\ntitle: T\nobjectives: [{ id: ‸l1-o2, text: X }]\n---\nTexte.\n", "l1-o1" },
        { "language-tag", "courses/c1/01-first/lesson.french.md", "‸---\nid: l1\n", "lesson.fr.md" },
        { "translation-of-source", "courses/c1/01-first/lesson.en.md", "‸---\nid: l1\n", "lesson.md" },
    };

    public static TheoryData<string, string, string, string> Texts => new()
    {
        { "raw-html", Manuscript.Lesson, Text("Here ‸<b>bold</b"), "Markdown" },
        { "raw-html", Manuscript.Lesson, Text("‸<script>alert(1)</script>"), "Markdown" },
        { "comment-misplaced", Manuscript.Lesson, Text("a\n\n‸<!-- hidden -->"), "<!-- item" },
        { "heading-level", Manuscript.Lesson, Text("‸# Title"), "##" },
        { "callout-unknown", Manuscript.Lesson, Text("‸> [!WARNNG]\n> x"), "Did you mean “WARNING”?" },
        { "link-refused", Manuscript.Lesson, Text("a ‸[x](javascript:alert(1))"), "https://" },
        { "link-refused", Manuscript.Lesson, Text("a ‸[x](data:text/html;base64,AA)"), "https://" },
        { "link-refused", Manuscript.Lesson, Text("a ‸[x](other.md)"), "lesson:ID" },
        { "link-refused", Manuscript.Lesson, Text("a ‸[x](//evil.example)"), "https://" },
        { "lesson-unknown", Manuscript.Lesson, Text("‸[x](lesson:l2)"), "Did you mean “l1”?" },
        { "glossary-unknown", Manuscript.Lesson, Text("‸[x](glossary:kapa)"), "Did you mean “capa”?" },
        { "footnote-undefined", Manuscript.Lesson, Text("a[^a] b‸[^aa]\n\n[^a]: doc-a 2023 1.4"), "Did you mean “a”?" },
        { "footnote-twice", Manuscript.Lesson, Text("a[^a]\n\n[^a]: doc-a 2023 1.4\n[^a]: ‸doc-a 2023 1.5"), "another label" },
        { "reference-malformed", Manuscript.Lesson, Text("a[^a]\n\n[^a]: ‸see the guide"), "document, year and clause" },
        { "figure-missing", Manuscript.Lesson, Text("‸![a](missing.svg)"), "remove" },
        { "figure-alt", Manuscript.Lesson, Text("‸![](missing.svg)"), "cannot see" },
        { "figure-path", Manuscript.Lesson, Text("‸![a](../../../etc/passwd.svg)"), "same folder" },
        { "figure-path", Manuscript.Lesson, Text("‸![a](https://example.org/a.svg)"), "same folder" },
        { "figure-type", Manuscript.Lesson, Text("‸![a](a.gif)"), ".svg" },
        { "name-invalid", Manuscript.Lesson, Text("‸![a](A_b.svg)"), "lower-case" },
        { "maths-command", Manuscript.Lesson, Text("$a ‸\\tims b$"), "Did you mean “times”?" },
        { "maths-unclosed", Manuscript.Lesson, Text("$\\frac{a}{b‸$"), "bracket" },
        { "maths-script-twice", Manuscript.Lesson, Text("$$\na^2‸^3\n$$"), "braces" },
        { "maths-chemistry", Manuscript.Lesson, Text("$\\ce{H2‸&O}$"), "H2SO4" },
        { "too-deep", Manuscript.Lesson, Text("‸" + new string('>', 200) + " x"), "fewer levels" },
        { "passage-too-long", Manuscript.Lesson, Text("‸" + string.Concat(Enumerable.Repeat("word word word\n\n", 8000))), "Divide" },
        { "paragraph-too-long", Manuscript.Lesson, Text("‸" + new string('[', 30_000)), "blank lines" },
    };

    public static TheoryData<string, string, string, string> Questions => new()
    {
        { "item-id", Manuscript.Bank, Item("<!-- item\nid: q1\n", "<!-- item\n‸"), "id:" },
        { "item-objective", Manuscript.Bank, Item("objective: l1-o1\n", "").Replace("id: q1", "‸id: q1", StringComparison.Ordinal), "objective:" },
        { "objective-unknown", Manuscript.Bank, Item("objective: l1-o1\n", "objective: l1-o9\n") .Replace("id: q1", "‸id: q1", StringComparison.Ordinal), "Did you mean “l1-o1”?" },
        { "key-unknown", Manuscript.Bank, Item("id: q1\n", "id: q1\n‸dificulty: 2\n"), "Did you mean “difficulty”?" },
        { "number-invalid", Manuscript.Bank, Item("id: q1\n", "id: q1\ndifficulty: ‸4\n"), "digits" },
        { "reference-year", Manuscript.Bank, Item("id: q1\n", "id: q1\nclause: ‸doc-a 2020 1\n"), "2023" },
        { "id-twice", Manuscript.Bank, Manuscript.Item + "\n" + Item("id: q1", "‸id: q1"), "another id" },
        { "item-stem", Manuscript.Bank, Item("Which is the widest?\n", "").Replace("<!-- item", "‸<!-- item", StringComparison.Ordinal), "above its answers" },
        { "item-answers", Manuscript.Bank, "‸<!-- item\nid: q1\nobjective: l1-o1\n-->\nWhy?\n\n", "[(X)] right" },
        { "key-missing", Manuscript.Bank, "‸" + Item("[(X)] The system", "[( )] The system <!-- No. -->"), "[(X)]" },
        { "key-several", Manuscript.Bank, "‸" + Item("[( )]", "[(X)]"), "[[X]]" },
        { "options-few", Manuscript.Bank, "‸" + Item("[( )] Control <!-- part: It is a part. -->\n", ""), "wrong answer" },
        { "options-same", Manuscript.Bank, "‸" + Item("[( )] Control", "[( )] The system"), "Change" },
        { "option-empty", Manuscript.Bank, Item("[(X)] The system", "‸[(X)]"), "behind the brackets" },
        { "rationale-missing", Manuscript.Bank, Item("[( )] Control <!-- part: It is a part. -->", "‸[( )] Control"), "<!-- part:" },
        { "rationale-missing", Manuscript.Bank, "‸" + Item("****\nThe system contains the rest.\n****\n", ""), "****" },
        { "rationale-unclosed", Manuscript.Bank, Item("****\nThe system contains the rest.\n****\n", "‸****\nThe system contains the rest.\n"), "****" },
        { "comment-unclosed", Manuscript.Bank, Item("<!-- part: It is a part. -->", "‸<!-- part: It is a part."), "-->" },
        { "comment-unclosed", Manuscript.Bank, "‸<!-- item\nid: q1\n", "-->" },
        { "text-outside-item", Manuscript.Bank, Manuscript.Item + "\n‸Stray text.\n", "<!-- item" },
        { "text-after-rationale", Manuscript.Bank, Item("part. -->", "part. --> ‸more"), "before its comment" },
        { "item-mixed", Manuscript.Bank, Item("[( )] Control", "‸[[ ]] Control"), "one kind" },
        { "ordering-numbers", Manuscript.Bank, Answers("[#1] a\n‸[#3] b\n"), "[#2]" },
        { "matching-shape", Manuscript.Bank, Answers("[(A) (B)]\n‸[(X) ( ) ( )] row\n"), "pair of brackets" },
        { "matching-key", Manuscript.Bank, Answers("[(A) (B)]\n‸[(X) (X)] row\n"), "(X)" },
        { "matching-shape", Manuscript.Bank, Answers("‸[(X) ( )] row\n"), "[(one column)" },
        { "number-malformed", Manuscript.Bank, Answers("‸[[75 ± much]]\n"), "[[75 ± 0.5]]" },
        { "unit-without-number", Manuscript.Bank, Answers("[[blue]] ‸mm\n"), "number" },
        { "mistake-right", Manuscript.Bank, Answers("[[75 ± 2]]\n‸[[!76]] <!-- num: Off. -->\n"), "tolerance" },
        { "number-malformed", Manuscript.Bank, Answers("[[75]]\n‸[[!many]] <!-- num: Off. -->\n"), "[[!150]]" },
        { "list-key", Manuscript.Bank, Answers("‸[[(a)|(b)|c]]\n"), "exactly one" },
        { "gap-empty", Manuscript.Bank, Answers("‸[[a||b]]\n"), "|" },
        { "raw-html", Manuscript.Bank, Item("[( )] Control", "[( )] ‸<img src=x onerror=alert(1)>"), "Markdown" },
        { "translation-item-missing", "courses/c1/questions.fr.md", "‸<!-- source_hash: x -->\n", "Translate" },
        { "translation-item-extra", "courses/c1/questions.fr.md", Manuscript.Item + "\n" + Item("<!-- item\nid: q1", "‸<!-- item\nid: q2"), "Did you mean “q1”?" },
        { "translation-item-differs", "courses/c1/questions.fr.md", "‸<!-- item\nid: q1\n-->\nQuoi ?\n\n[( )] Le contrôle <!-- part: Non. -->\n[(X)] Le système\n****\nOui.\n****\n", "translate the words only" },
    };

    public static TheoryData<string, string, string, string> Drawings => new()
    {
        { "svg-element", Manuscript.Figure, Svg("‸<script>alert(1)</script>"), "paths" },
        { "svg-element", Manuscript.Figure, Svg("‸<foreignObject/>"), "paths" },
        { "svg-element", Manuscript.Figure, Svg("‸<style>a{}</style>"), "classes" },
        { "svg-element", Manuscript.Figure, Svg("‸<image href=\"https://example.org/x.png\"/>"), "paths" },
        { "svg-script", Manuscript.Figure, Svg("<rect ‸onclick=\"x()\"/>"), "Remove" },
        { "svg-style", Manuscript.Figure, Svg("<rect ‸style=\"fill:red\"/>"), "classes" },
        { "svg-attribute", Manuscript.Figure, Svg("<rect ‸heigth=\"3\"/>"), "Did you mean “height”?" },
        { "svg-class", Manuscript.Figure, Svg("<rect ‸class=\"brnad\"/>"), "Did you mean “brand”?" },
        { "svg-reference", Manuscript.Figure, Svg("<use ‸href=\"https://example.org/a.svg#b\"/>"), "this file" },
        { "svg-reference", Manuscript.Figure, Svg("<path ‸marker-end=\"url(https://example.org/#a)\"/>"), "url(#id)" },
        { "svg-use-nested", Manuscript.Figure, Svg("<g id=\"a\"><rect id=\"r\"/><use href=\"#r\"/></g>‸<use href=\"#a\"/>"), "inner part" },
        { "svg-doctype", Manuscript.Figure, "‸<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&b;</svg>", "DOCTYPE" },
        { "svg-syntax", Manuscript.Figure, "<svg xmlns=\"http://www.w3.org/2000/svg\"><g></‸svg>", "plain SVG" },
        { "svg-root", Manuscript.Figure, "‸<html/>", "<svg" },
        { "svg-viewbox", Manuscript.Figure, "‸<svg xmlns=\"http://www.w3.org/2000/svg\"><rect/></svg>", "viewBox" },
        { "svg-too-deep", Manuscript.Figure, Svg(string.Concat(Enumerable.Repeat("<g>", 24)) + "‸<g/>" + string.Concat(Enumerable.Repeat("</g>", 24))), "Ungroup" },
        { "file-too-large", Manuscript.Figure, "‸" + Svg(new string(' ', 31 * 1024)), "smaller" },
    };

    private static string Course(string part, string instead) => Replace(Manuscript.CourseYaml, part, instead);

    private static string Lesson(string part, string instead) => Replace(Manuscript.LessonHead + "Text.\n", part, instead);

    private static string Text(string text) => Manuscript.LessonHead + text + "\n";

    private static string Item(string part, string instead) => Replace(Manuscript.Item, part, instead);

    private static string Answers(string answers) => $"<!-- item\nid: q1\nobjective: l1-o1\n-->\nWhat?\n\n{answers}****\nSo it is.\n****\n";

    private static string Svg(string inside) => $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\">\n{inside}\n</svg>";

    private static string Replace(string text, string part, string instead) =>
        text.Contains(part, StringComparison.Ordinal) ? text.Replace(part, instead, StringComparison.Ordinal) : throw new ArgumentException($"The text lacks “{part}”.");
}
