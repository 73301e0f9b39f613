using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Markdown;
using Lms.Manuscripts.Markdown.Figures;
using Lms.Manuscripts.Markdown.References;
using Lms.Manuscripts.Questions.Notation;

namespace Lms.Manuscripts.Courses;

/// <summary>A lesson's text with the questions in it and where each stands.</summary>
internal sealed record ReadLesson(LessonText Text, IReadOnlyList<ReadItem> Checks);

/// <summary>Renders a lesson's text in one language.</summary>
internal static class LessonReader
{
    public static ReadLesson Read(LessonFile lesson, Func<Footnotes, Scope> scopeWith, Library library, Report report)
    {
        var (notes, lines) = Footnotes.Extract(lesson.Source.Name, lesson.Body, library.Standards, report);
        var scope = scopeWith(notes);
        var items = new ItemReader(scope, inBank: false);
        var blocks = new List<LessonBlock>();
        var checks = new List<ReadItem>();
        var unnamed = 0;
        foreach (var piece in Cutter.Cut(lesson.Source.Name, lines, report))
            if (piece.Item is { } raw)
            {
                if (items.Read(raw, $"{lesson.Id}-check-{unnamed + 1}", lesson.Objectives is [var first, ..] ? first.Id : "") is not { } check) continue;
                if (check.Head.Id is null) unnamed++;
                checks.Add(check);
                blocks.Add(new LessonBlock(null, check.Item));
            }
            else if (MarkdownText.Block(piece.Text!, scope).Html is { Length: > 0 } html) blocks.Add(new LessonBlock(html, null));
        if (lesson.Body.All(l => l.IsBlank)) report.Error(lesson.Source.At(lesson.Source.Lines.Count), "lesson-empty", "The lesson has no text.", "Write it below the front matter.");
        if (FootnoteList.Html(scope) is { } sources) blocks.Add(new LessonBlock(sources, null));
        foreach (var note in notes.Unused)
            report.Warning(note.At, "footnote-unused", $"No text refers to the footnote “{note.Label}”.", $"Write “[^{note.Label}]” where it belongs, or remove it.");
        var figures = scope.Figures.Shown;
        return new ReadLesson(new LessonText
        {
            Title = lesson.Title, Blocks = blocks, Assets = [.. figures.Select(f => f.Hash).Order(StringComparer.Ordinal)], AssetBytes = figures.Sum(f => (long)f.Asset.Bytes.Length),
        }, checks);
    }
}
