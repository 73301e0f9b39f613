using Lms.Manuscripts.Questions;

namespace Lms.Manuscripts.Tests;

public sealed class Grading_answers
{
    private static Item Read(string answers, string stem = "What?\n\n")
    {
        using var manuscript = new Manuscript((Manuscript.Bank, $"<!-- item\nid: q1\nobjective: l1-o1\n-->\n{stem}{answers}****\nSo it is.\n****\n"));
        var content = manuscript.Read();
        Assert.Empty(content.Findings);
        return content.Courses.Single().Bank["en"].Single();
    }

    private const string Single = "[( )] a <!-- part: A. -->\n[(X)] b\n[( )] c <!-- conf: C. -->\n";
    private const string Multiple = "[[X]] a <!-- Yes. -->\n[[X]] b\n[[ ]] c <!-- conf: C. -->\n[[ ]] d <!-- conf: D. -->\n";
    private const string Matching = "[(Hub) (Centre (regional)) (Employer)]\n[( ) ( ) (X)] authorises\n[(X) ( ) ( )] invents <!-- conf: The hub. -->\n";
    private const string Ordering = "[#2] second\n[#1] first\n[#3] third\n";
    private const string Cloze = "GMP belongs to [[(assurance)|sales]] since [[1968 ± 1]] in [[Geneva|Genève]].\n";

    [Theory]
    [InlineData(Single, "1", true, 1.0)]
    [InlineData(Single, "0", false, 0.0)]
    [InlineData(Single, "0,1", false, 0.0)]
    [InlineData(Single, "3", false, 0.0)]
    [InlineData(Single, "-1", false, 0.0)]
    [InlineData(Single, "x", false, 0.0)]
    [InlineData(Single, "", false, 0.0)]
    [InlineData(Multiple, "1,0", true, 1.0)]
    [InlineData(Multiple, "0", false, 0.5)]
    [InlineData(Multiple, "0,1,2", false, 0.5)]
    [InlineData(Multiple, "0,1,2,3", false, 0.0)]
    [InlineData(Multiple, "0,0", false, 0.0)]
    [InlineData("[[color|colour]]\n", "  COLOUR ", true, 1.0)]
    [InlineData("[[color|colour]]\n", "colours", false, 0.0)]
    [InlineData("[[l’eau pure]]\n", "L'eau  pure", true, 1.0)]
    [InlineData("[[Ⅳ]]\n", "IV", true, 1.0)]
    [InlineData("[[75 ± 0.5]] mm\n", "75.5", true, 1.0)]
    [InlineData("[[75 ± 0.5]] mm\n", "75;4 mm", false, 0.0)]
    [InlineData("[[75 ± 0.5]] mm\n", "75 mm", true, 1.0)]
    [InlineData("[[75 ± 0.5]] mm\n", "75.51", false, 0.0)]
    [InlineData("[[75 ± 2 %]]\n", "76.5", true, 1.0)]
    [InlineData("[[3 520 000]]\n", "3520000", true, 1.0)]
    [InlineData("[[3520000]]\n", "3 520 000", true, 1.0)]
    [InlineData("[[3520000]]\n", "3.52e6", true, 1.0)]
    [InlineData("[[3520]]\n", "٣٥٢٠", true, 1.0)]
    [InlineData("[[3520]]\n", "３５２０", true, 1.0)]
    [InlineData("[[-20]]\n", "−20", true, 1.0)]
    [InlineData("[[1500]]\n", "1.500", true, 1.0)]
    [InlineData("[[1500]]\n", "NaN", false, 0.0)]
    [InlineData("[[1500]]\n", "99999999999999999999999999999999999", false, 0.0)]
    [InlineData("[[one|(two)|three]] <!-- num: 1. --> <!-- num: 3. -->\n", "1", true, 1.0)]
    [InlineData(Matching, "2,0", true, 1.0)]
    [InlineData(Matching, "2,1", false, 0.5)]
    [InlineData(Matching, "2", false, 0.5)]
    [InlineData(Matching, "2,0,0", false, 0.0)]
    [InlineData(Ordering, "0,1,2", true, 1.0)]
    [InlineData(Ordering, "0,2,1", false, 1 / 3.0)]
    [InlineData(Ordering, "0,0,0", false, 0.0)]
    [InlineData(Ordering, "0,1", false, 0.0)]
    public void A_response_is_graded(string answers, string response, bool correct, double score)
    {
        var grade = Read(answers).Grade(response.Length == 0 ? [] : response.Split(','));

        Assert.Equal(correct, grade.Correct);
        Assert.Equal(score, grade.Score, 5);
    }

    [Theory]
    [InlineData("75,5")]
    [InlineData("75٫5")]
    [InlineData("75.5")]
    public void A_decimal_comma_is_as_good_as_a_point(string typed) =>
        Assert.True(Read("[[75.5]]\n").Grade([typed]).Correct);

    [Theory]
    [InlineData("assurance|1969|Geneve", 2 / 3.0)]
    [InlineData("assurance|1968|genève", 1)]
    [InlineData("sales", 0)]
    [InlineData("a|b|c|d", 0)]
    public void A_cloze_counts_its_gaps(string response, double score)
    {
        var item = Assert.IsType<ClozeItem>(Read(Cloze, stem: ""));

        Assert.Equal("GMP belongs to ____ since ____ in ____.", item.StemText);
        Assert.Equal(score, item.Grade(response.Split('|')).Score, 5);
    }

    [Fact]
    public void The_plain_text_of_a_question_has_its_words_apart_and_its_numbers_together()
    {
        Assert.Equal("Complete. GMP belongs to ____.", Read("GMP belongs to [[(assurance)|sales]].\n", stem: "Complete.\n\n").StemText);
        Assert.Equal("Issued: 10\u202f200. How many?", Read(Single, stem: "Issued: 10 200. How many?\n\n").StemText);
    }

    [Fact]
    public void Feedback_speaks_of_what_was_chosen()
    {
        Assert.Equal(new Feedback(2, "conf", "C."), Read(Single).Grade(["2"]).Feedback.Single());
        Assert.Equal([0, 2], Read(Multiple).Grade(["2", "0"]).Feedback.Select(f => f.Index));
        Assert.Equal(new Feedback(1, "conf", "The hub."), Read(Matching).Grade(["2", "1"]).Feedback.Single());
        Assert.Equal(new Feedback(0, "num", "Twice."), Read("[[75]]\n[[!150]] <!-- num: Twice. -->\n").Grade(["150"]).Feedback.Single());
    }

    [Fact]
    public void A_null_in_a_response_is_wrong()
    {
        foreach (var answers in new[] { Single, Multiple, Matching, Ordering, "[[a]]\n", "[[1]]\n" })
        {
            var item = Read(answers);
            Assert.False(item.Grade([null!]).Correct);
            Assert.False(item.Grade(null!).Correct);
        }
    }
}
