using Lms.Manuscripts.Findings;

namespace Lms.Manuscripts.Tests;

public sealed class Refusing_tricks
{
    [Fact]
    public void A_link_out_of_the_folder_is_not_followed()
    {
        using var manuscript = Manuscript.WithText("![Secret](secret.svg)\n");
        File.CreateSymbolicLink(Path.Combine(manuscript.Root, "courses/c1/01-first/secret.svg"), "/etc/hostname");
        File.CreateSymbolicLink(Path.Combine(manuscript.Root, "courses/c1/02-second"), "/tmp");

        var findings = manuscript.Read().Findings;

        Assert.Contains(findings, f => f is { Code: "file-link", File: "courses/c1/01-first/secret.svg", Severity: Severity.Error });
    }

    [Theory]
    [InlineData("not-utf8", new byte[] { (byte)'a', (byte)'\n', 0xC3, 0xA9, (byte)'b', 0xFF, 0xFE }, 2, 3)]
    [InlineData("not-utf8", new byte[] { 0xFF, 0xFE, (byte)'a', 0 }, 1, 1)]
    [InlineData("not-text", new byte[] { (byte)'a', (byte)'\n', 0xC3, 0xA9, 0, (byte)'b' }, 2, 2)]
    public void A_file_that_is_not_text_is_refused_where_it_is_not(string code, byte[] bytes, int line, int column)
    {
        using var manuscript = new Manuscript();
        manuscript.Write(Manuscript.Lesson, bytes);

        Assert.Contains(manuscript.Read().Findings, f => f.Code == code && f.File == Manuscript.Lesson && (f.Line, f.Column) == (line, column));
    }

    [Fact]
    public void A_file_of_more_than_a_megabyte_is_refused()
    {
        using var manuscript = Manuscript.WithText(new string('x', 1_100_000));

        Assert.Contains(manuscript.Read().Findings, f => f.Code == "file-too-large" && f.File == Manuscript.Lesson);
    }

    [Theory]
    [InlineData("figure-extension", "photo.jpg", 320, 200)]
    [InlineData("figure-pixels", "photo.png", 2000, 200)]
    public void A_picture_is_judged_by_its_bytes_not_by_its_name(string code, string name, int width, int height)
    {
        using var manuscript = Manuscript.WithText($"![Photo]({name})\n");
        manuscript.Write("courses/c1/01-first/" + name, Png(width, height));

        var finding = Assert.Single(manuscript.Read().Findings, f => f.Severity == Severity.Error);

        Assert.Equal((code, "courses/c1/01-first/" + name), (finding.Code, finding.File));
    }

    [Fact]
    public void A_picture_that_is_none_is_refused()
    {
        using var manuscript = Manuscript.WithText("![Photo](photo.png)\n");
        manuscript.Write("courses/c1/01-first/photo.png", "<script>alert(1)</script>");

        Assert.Equal("figure-format", Assert.Single(manuscript.Read().Findings).Code);
    }

    [Fact]
    public void A_picture_is_shown_by_the_hash_of_its_bytes_with_its_size()
    {
        using var manuscript = Manuscript.WithText("![Photo](photo.png \"A photo\")\n");
        var bytes = Png(320, 200);
        manuscript.Write("courses/c1/01-first/photo.png", bytes);

        var course = manuscript.Read().Courses.Single();

        var text = course.Lessons.Single().Texts["en"];
        Assert.Contains($"<img src=\"/files/{Canonical.Hash(bytes)}\" alt=\"Photo\" width=\"320\" height=\"200\" loading=\"lazy\">", text.Blocks[0].Html, StringComparison.Ordinal);
        Assert.Equal(bytes.Length, text.AssetBytes);
        Assert.Equal("image/png", course.Assets[Canonical.Hash(bytes)].MediaType);
    }

    [Fact]
    public void Two_courses_with_one_id_are_not_both_published()
    {
        using var manuscript = new Manuscript();
        manuscript.Write("courses/c2/course.yaml", File.ReadAllText(Path.Combine(manuscript.Root, "courses/c1/course.yaml")));
        manuscript.Write("courses/c2/01-first/lesson.md", Manuscript.LessonHead + "Text.\n");
        manuscript.Write("courses/c2/questions.md", Manuscript.Item);

        var content = manuscript.Read();

        Assert.Equal(("id-twice", "courses/c2/course.yaml"), (content.Findings.Single().Code, content.Findings.Single().File));
        Assert.Single(content.Courses);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_and_other_courses_still_read()
    {
        using var manuscript = Manuscript.WithText("# One\n\n<b>two</b>\n\n[three](javascript:x)\n");
        manuscript.Write("courses/c2/course.yaml", File.ReadAllText(Path.Combine(manuscript.Root, "courses/c1/course.yaml")).Replace("id: c1", "id: c2", StringComparison.Ordinal));
        manuscript.Write("courses/c2/01-first/lesson.md", Manuscript.LessonHead + "Text.\n");
        manuscript.Write("courses/c2/questions.md", Manuscript.Item);

        var content = manuscript.Read();

        Assert.Equal(["heading-level", "raw-html", "raw-html", "link-refused"], content.Findings.Select(f => f.Code));
        Assert.Equal("c2", content.Courses.Single().Id);
    }

    // Signature and IHDR; the reader looks no further.
    internal static byte[] Png(int width, int height) =>
        [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, (byte)(width >> 8), (byte)width, 0, 0, (byte)(height >> 8), (byte)height, 8, 2, 0, 0, 0, 0, 0, 0, 0];
}
