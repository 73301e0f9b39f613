using System.Text;
using System.Text.RegularExpressions;
using Lms.Web.Features.Assessment;
using Lms.Web.Features.Shared;
using Manuscript = Lms.Manuscripts.Courses;

namespace Lms.Web.Features.Authoring.Export;

/// <summary>The pages of a package: a lesson as the site shows it, and the assessment's, which its script fills.</summary>
public sealed partial class ExportPages(ExportWords words)
{
    internal string Lesson(ExportedCourse course, Manuscript.Lesson lesson)
    {
        var text = course.TextOf(lesson);
        var checks = text.Blocks.Where(b => b.Check is not null).Select(b => new { item = b.Check!, order = ItemOrder.InLesson(b.Check!) }).ToList();
        var number = 0;
        var article = new StringBuilder();
        article.Append(Head(course, lesson, text));
        foreach (var block in text.Blocks)
            article.Append(block.Check is null
                ? $"<div class=\"prose\" {In(course)}>{block.Html}</div>\n"
                : $"<form data-check=\"{number++}\"></form>\n");
        article.Append(Sources(lesson));
        var body = $"""
            <div class="split">
            {Contents(course, lesson)}
            <article class="lesson">
            {article}</article>
            </div>
            {Dock($"""<button type="button" class="btn quiet" data-previous hidden>{Say("Back")}</button><button type="button" class="btn" data-done hidden>{Say("Mark done and continue")}</button>""")}
            """;
        var last = course.Content.Assessment is null && lesson == course.Published.Lessons[^1];
        return Page(text.Title, "../", body, "wrap", ExportJson.Of(new { checks, last }), course);
    }

    internal string Assessment(ExportedCourse course, Manuscript.Assessment assessment)
    {
        var bank = course.Content.Bank[course.Language];
        var unit = new
        {
            title = assessment.Title.In(course.Language),
            version = course.Published.Row.Hash[..12],
            pass = assessment.Pass,
            attempts = assessment.Attempts,
            minutes = assessment.Minutes,
            waitHours = assessment.WaitHours,
            blueprint = assessment.Blueprint,
            count = assessment.Blueprint.Sum(rule => Math.Min(rule.Value, bank.Count(i => i.Objective == rule.Key))),
            objectives = course.Content.Lessons.SelectMany(l => l.Objectives).DistinctBy(o => o.Id).ToDictionary(o => o.Id, o => o.Text.In(course.Language)),
            bank,
        };
        return Page(unit.title, "", $"<div id=\"sitting\"></div>\n{Dock("")}", "wrap narrow", ExportJson.Of(unit), course);
    }

    private static string Page(string title, string root, string body, string width, string unit, ExportedCourse course)
    {
        var ui = System.Globalization.CultureInfo.CurrentUICulture.Name;
        var page = $"""
            <!doctype html>
            <html lang="{ui}" dir="{LanguageNames.Direction(ui)}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{E(title)} · {E(course.Title)}</title>
            <link rel="stylesheet" href="{root}course.css">
            <script src="{root}course.js" defer></script>
            </head>
            <body>
            <main class="{width}">
            {body}
            </main>
            <script type="application/json" id="unit">{unit}</script>
            </body>
            </html>

            """;
        return OutwardLink().Replace(LessonLink().Replace(page.ReplaceLineEndings("\n"), link => Link(course, link)), "$0 target=${quote}_blank${quote}");
    }

    // Only SCORM 2004 lets a lesson ask for another; elsewhere the platform's own contents lead there.
    private static string Link(ExportedCourse course, Match link)
    {
        var text = link.Groups["text"].Value;
        if (course.Format != PackageFormat.Scorm2004 || course.Published.LessonAt(link.Groups["slug"].Value) is not { } lesson) return $"<em>{text}</em>";
        var quote = link.Groups["quote"].Value;
        return $"<a href={quote}#{quote} data-target={quote}{ExportedCourse.ItemOf(lesson)}{quote}>{text}</a>";
    }

    private string Head(ExportedCourse course, Manuscript.Lesson lesson, Manuscript.LessonText text)
    {
        var lessons = course.Published.Lessons;
        var at = lessons.Index().First(l => l.Item == lesson).Index + 1;
        var module = course.Content.Modules.Index().First(m => m.Item.Lessons.Contains(lesson)).Index + 1;
        List<string> head = [];
        head.Add("<ul class=\"meta\">");
        head.Add($"<li>{Say("Module {0} · Lesson {1}", module, at)}</li>");
        if (lesson.Minutes > 0) head.Add($"<li>{Icons.Draw("clock")}<bdi>{E(Durations.Text(lesson.Minutes))}</bdi></li>");
        head.Add($"</ul>\n<h1 {In(course)}>{E(text.Title)}</h1>");
        if (lessons.Where(l => lesson.Prerequisites.Contains(l.Id)).ToList() is { Count: > 0 } first)
            head.Add($"<div class=\"notice\">{Icons.Draw("info")}<div><p>{Say("Study first what this lesson builds on:")}</p><ul {In(course)}>{string.Concat(first.Select(l => $"<li>{E(course.TextOf(l).Title)}</li>"))}</ul></div></div>");
        if (text.Stale) head.Add($"<div class=\"notice wait\">{Icons.Draw("warning")}<p>{Say("This translation is older than the original text, which has changed since.")}</p></div>");
        if (lesson.Facts.Any(f => !f.Verified)) head.Add($"<p><a class=\"chip wait\" href=\"#unverified\">{Icons.Draw("warning")}{Say("Some figures of this lesson are not verified yet.")}</a></p>");
        if (lesson.Objectives.Count > 0)
            head.Add($"<div class=\"goals\"><h2>{Say("What you will be able to do")}</h2><ul>{string.Concat(lesson.Objectives.Select(o => $"<li>{Icons.Draw("check")}<span {In(course)}>{E(o.Text.In(course.Language))}</span></li>"))}</ul></div>");
        return Lines(head);
    }

    /// <summary>Where the lesson stands in the course. In SCORM 2004 its steps lead there, as far as the platform allows.</summary>
    private string Contents(ExportedCourse course, Manuscript.Lesson open)
    {
        var asks = course.Format == PackageFormat.Scorm2004;
        List<string> list = [];
        foreach (var module in course.Content.Modules)
        {
            list.Add($"<p class=\"module\" {In(course)}>{E(module.Title.In(course.Language))}</p>\n<ol class=\"toc\">");
            foreach (var lesson in module.Lessons) list.Add(Step(ExportedCourse.ItemOf(lesson), course.TextOf(lesson).Title, lesson == open));
            list.Add("</ol>");
        }
        if (course.Content.Assessment is { } assessment) list.Add($"<ol class=\"toc\">\n{Step(ExportedCourse.AssessmentItem, assessment.Title.In(course.Language), false)}\n</ol>");
        var (at, all) = (course.Published.Lessons.Index().First(l => l.Item == open).Index + 1, course.Published.Lessons.Count);
        return $"""
            <nav aria-label="{Say("Lessons")}"><details class="lessons">
            <summary><span><b {In(course)}>{E(course.Title)}</b><span class="meta">{Say("{0} of {1}", at, all)}</span></span>{Icons.Draw("down")}</summary>
            {Lines(list)}</details></nav>
            """;

        string Step(string item, string title, bool isOpen)
        {
            var element = asks && !isOpen ? "button" : "span";
            var attributes = asks && !isOpen ? $" type=\"button\" data-target=\"{item}\" disabled" : isOpen ? " aria-current=\"step\"" : "";
            return $"<li{(isOpen ? " class=\"now\"" : "")}><{element} class=\"step\"{attributes}><span class=\"dot\"></span><span {In(course)}>{E(title)}</span></{element}></li>";
        }
    }

    private string Sources(Manuscript.Lesson lesson)
    {
        List<string> foot = [];
        if (lesson.Standards.Count > 0)
        {
            foot.Add($"<section class=\"ref\" aria-labelledby=\"standards\"><h2 id=\"standards\">{Say("What this lesson rests on")}</h2><dl class=\"facts\">");
            foreach (var document in lesson.Standards.GroupBy(s => $"{s.Title} ({s.Year})"))
                foot.Add($"<dt><bdi class=\"ltr\">{E(document.Key)}</bdi></dt><dd><bdi class=\"ltr\">{E(string.Join(" · ", document.Select(s => s.Clause)))}</bdi></dd>");
            foot.Add("</dl></section>");
        }
        if (lesson.Facts.Where(f => !f.Verified).ToList() is { Count: > 0 } unverified)
        {
            foot.Add($"<section class=\"notice wait\" aria-labelledby=\"unverified\">{Icons.Draw("warning")}<div><h2 id=\"unverified\">{Say("Not verified yet")}</h2><p>{Say("An expert has not confirmed these. Do not rely on them at work.")}</p><ul>");
            foreach (var fact in unverified)
                foot.Add($"<li>{E(fact.Claim)}{(fact.Value is null ? "" : $": <bdi class=\"ltr\">{E($"{fact.Value} {fact.Unit}")}</bdi>")} <span class=\"muted\">({Say("source: {0}", fact.Source)})</span></li>");
            foot.Add("</ul></div></section>");
        }
        foot.Add($"<p class=\"ref\">{(lesson.Review is { } review ? Say("Reviewed by {0} on {1}.", review.By, Dates.Text(review.On)) : Say("Draft: no expert has reviewed this lesson yet."))}</p>");
        return Lines(foot);
    }

    private string Dock(string buttons) =>
        $"<div class=\"dock\"><span class=\"lamp\" role=\"status\" data-state=\"idle\">{Say("Nothing to save yet")}</span><span class=\"row\">{buttons}</span></div>";

    private string Say(string english) => E(words.Of(english));

    private string Say(string english, params object[] values) => E(words.Of(english, values));

    private static string Lines(List<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private static string E(string text) => Markup.Encode(text);

    private static string In(ExportedCourse course) => $"lang=\"{course.Language}\" dir=\"{LanguageNames.Direction(course.Language)}\"";

    // In the page itself, or in the JSON of a question, where quotation marks are escaped and no mark of HTML stands as it is.
    [GeneratedRegex("(?:<|\\\\u003c)a href=(?<quote>\\\\?\")\\./(?<slug>[a-z0-9-]+)\\\\?\">(?<text>.*?)(?:<|\\\\u003c)/a>")]
    private static partial Regex LessonLink();

    // A page that leads away in its own frame would end the session.
    [GeneratedRegex("(?<= href=(?<quote>\\\\?\")https?:[^ ]*) rel=\\\\?\"noopener\\\\?\"")]
    private static partial Regex OutwardLink();
}
