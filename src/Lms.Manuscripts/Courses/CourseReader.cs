using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;
using Lms.Manuscripts.Markdown;
using Lms.Manuscripts.Markdown.Figures;
using Lms.Manuscripts.Markdown.References;
using Lms.Manuscripts.Questions.Notation;
using Lms.Manuscripts.Yaml;

namespace Lms.Manuscripts.Courses;

/// <summary>Reads one course folder, file by file, and then looks at the whole.</summary>
internal sealed class CourseReader
{
    private readonly ContentFolder _content;
    private readonly Library _library;
    private readonly Report _report;
    private readonly CourseFile _course;
    private readonly string _folder;
    private readonly FigureStore _figures;
    private readonly List<LessonFolder> _lessons = [];
    private readonly Dictionary<string, string> _slugs = new(StringComparer.Ordinal);

    private CourseReader(ContentFolder content, string folder, CourseFile course, Library library, Report report)
    {
        (_content, _folder, _course, _library, _report) = (content, folder, course, library, report);
        _figures = new FigureStore(content, report);
    }

    /// <summary>The id in course.yaml, and the course unless there is an error.</summary>
    public static (string? Id, Place IdAt, Course? Course) Read(ContentFolder content, string folder, Library library, Report report, CancellationToken ct)
    {
        if (CourseFile.Read(content, Path.Combine(folder, "course.yaml"), report) is not { } file) return default;
        return (file.Id, file.IdAt, new CourseReader(content, folder, file, library, report).Read(ct));
    }

    private Course? Read(CancellationToken ct)
    {
        foreach (var name in _course.Modules.SelectMany(m => m.Lessons)) FindLesson(name);
        WarnOfUnlisted();
        foreach (var lesson in _lessons)
        {
            ct.ThrowIfCancellationRequested();
            lesson.ReadFiles(_content, _course.Language, _library, _report);
            if (lesson.Source is { Id.Length: > 0 } source && !_slugs.TryAdd(source.Id, lesson.Slug))
                _report.Error(source.IdAt, "id-twice", $"Two lessons have the id “{source.Id}”.", "Give one of the two another id.");
        }
        var banks = BankFolders().ToList();
        foreach (var bank in banks) bank.ReadFiles(_content, _course.Language, _report);
        foreach (var lesson in _lessons)
        {
            ct.ThrowIfCancellationRequested();
            lesson.Render(language => notes => Scope(lesson.Folder, language, notes), _course.Language, _library, _report);
        }
        foreach (var bank in banks) bank.Render(f => notes => Scope(bank.Folder, f, notes), _library, _report);
        WarnOfUnusedFigures();
        CourseChecks.Run(_course, _lessons, banks, _report);
        var languages = CourseLanguages.Complete(_course, _lessons, banks, _report);
        return _report.Errors == 0 ? Build(languages, banks) : null;
    }

    private Course Build(IReadOnlyList<string> languages, List<BankFolder> banks)
    {
        var byName = _lessons.ToDictionary(l => l.Name, StringComparer.Ordinal);
        return new Course
        {
            Id = _course.Id, Version = _course.Version, Language = _course.Language, Languages = languages,
            Title = _course.Title, Summary = _course.Summary, Audience = _course.Audience,
            Modules = [.. _course.Modules.Select(m => new Module { Title = m.Title, Lessons = [.. m.Lessons.Where(l => byName.ContainsKey(l.Value!)).Select(l => byName[l.Value!].Build()).OfType<Lesson>()] })],
            Assessment = _course.Assessment, Certificate = _course.Certificate, Assets = _figures.Assets,
            Bank = languages.ToDictionary(l => l, l => (IReadOnlyList<Questions.Item>)[.. banks.SelectMany(b => b.Items[l])], StringComparer.Ordinal),
        };
    }

    private void FindLesson(YamlScalar name)
    {
        var folder = Path.Combine(_folder, name.Value!);
        if (!Names.IsValid(name.Value!)) _report.Error(name.At, "name-invalid", $"“{name.Value}” is not the name of a lesson's folder.", Names.Rule);
        else if (_lessons.Any(l => l.Name == name.Value)) _report.Error(name.At, "lesson-twice", $"The lesson “{name.Value}” is listed twice.", "Remove one of the two.");
        else if (!Directory.Exists(folder)) _report.Error(name.At, "lesson-missing", $"There is no folder “{name.Value}”.", Nearest.Suggest(name.Value!, LessonFoldersThere()));
        else if (_content.IsLinked(folder)) _report.Error(name.At, "file-link", $"The folder “{name.Value}” is a symbolic link.", "Put the folder itself there.");
        else
        {
            var lesson = new LessonFolder(name.Value!, folder);
            if (_lessons.Any(l => l.Slug == lesson.Slug)) _report.Error(name.At, "slug-twice", $"Two lessons have the address “{lesson.Slug}”.", "Rename one of the folders: the number does not count.");
            _lessons.Add(lesson);
        }
    }

    private IEnumerable<string> LessonFoldersThere() =>
        Directory.EnumerateDirectories(_folder).Where(d => File.Exists(Path.Combine(d, "lesson.md"))).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal);

    private void WarnOfUnlisted()
    {
        foreach (var name in LessonFoldersThere().Where(n => _lessons.All(l => l.Name != n)))
            _report.Warning(new Place(_content.Name(Path.Combine(_folder, name, "lesson.md")), 1, 1), "lesson-unlisted", $"No module of course.yaml lists “{name}”.", "Add it to a module, or remove the folder.");
    }

    private IEnumerable<BankFolder> BankFolders() => _lessons.Select(l => l.Folder).Prepend(_folder)
        .Where(f => Directory.EnumerateFiles(f, "questions*.md").Any()).Select(f => new BankFolder(f));

    private void WarnOfUnusedFigures()
    {
        foreach (var path in _lessons.SelectMany(l => Directory.EnumerateFiles(l.Folder).Order(StringComparer.Ordinal)))
            if (Path.GetExtension(path) is ".svg" or ".png" or ".jpg" or ".jpeg" or ".webp" && !_figures.WasShown(path))
                _report.Warning(new Place(_content.Name(path), 1, 1), "figure-unused", "No text shows this figure.", "Show it with “![alternative text](name)”, or remove the file.");
    }

    private Scope Scope(string folder, string language, Footnotes notes) => new()
    {
        Language = language, Report = _report, Standards = _library.Standards, Glossary = _library.Glossary,
        Figures = new FigureFolder(folder, _figures), Footnotes = notes, Slugs = _slugs,
    };
}
