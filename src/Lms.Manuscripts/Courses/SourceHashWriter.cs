using Lms.Manuscripts.Files;
using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Courses;

/// <summary>Writes present hashes into a folder's translations.</summary>
internal static class SourceHashWriter
{
    public static IEnumerable<string> Write(ContentFolder content, string folder, Library library)
    {
        var ignored = new Report();
        if (Text("lesson.md") is { } lesson && LessonFile.Read(lesson, isTranslation: false, library, ignored) is { } source)
            foreach (var name in Write(content, folder, "lesson", text => SourceHash.InLesson(text, SourceHash.Of(source)))) yield return name;
        if (Text("questions.md") is { } questions)
            foreach (var name in Write(content, folder, "questions", text => SourceHash.InQuestions(text, SourceHash.Of(questions)))) yield return name;

        SourceFile? Text(string name) => File.Exists(Path.Combine(folder, name)) ? content.ReadText(Path.Combine(folder, name), ignored) : null;
    }

    private static IEnumerable<string> Write(ContentFolder content, string folder, string name, Func<string, string> with)
    {
        var ignored = new Report();
        foreach (var (_, path) in TranslatedFiles.Find(folder, name, "", content, ignored).Where(f => f.Language.Length > 0))
        {
            if (content.ReadText(path, ignored) is not { } file) continue;
            var text = with(file.Text);
            if (text == file.Text) continue;
            File.WriteAllText(path, text);
            yield return content.Name(path);
        }
    }
}
