using Lms.Manuscripts.Questions;
using Lms.Manuscripts.Questions.Gift;

namespace Lms.Manuscripts.Tests;

public sealed class Exchanging_gift
{
    private const string Head = "<!-- item\nid: q1\nobjective: l1-o1\ndifficulty: 3\nclause: doc-a 2023 1.4\n-->\nWhat *is* {it} = 5 ~ 6 # 7: `x`?\n\n";

    [Theory]
    [InlineData("[( )] a: {b} <!-- part: Not = all. -->\n[(X)] 1 < 2\n", "1")]
    [InlineData("[[X]] a\n[[ ]] b <!-- No. -->\n[[X]] c\n[[X]] d\n", "0,2,3")]
    [InlineData("[[colour|color]]\n", "color")]
    [InlineData("[[75 ± 0.5]]\n[[!150]] <!-- old: Twice. -->\n", "75.5")]
    [InlineData("[[a|(b)|c]] <!-- conf: A. --> <!-- conf: C. -->\n", "1")]
    [InlineData("[(Hub) (Centre)]\n[( ) (X)] runs\n[(X) ( )] leads\n[(X) ( )] owns\n", "1,0,0")]
    [InlineData("[#1] first\n[#2] second\n[#3] third\n", "0,1,2")]
    public void A_question_comes_back_from_gift_as_it_went(string answers, string right)
    {
        using var manuscript = new Manuscript((Manuscript.Bank, Head + answers + "****\nBecause *so*.\n****\n"));
        var content = manuscript.Read();
        Assert.Empty(content.Findings);
        var item = content.Courses.Single().Bank["en"].Single();

        var import = GiftFormat.Read(GiftFormat.Write([item]));

        Assert.Empty(import.Findings);
        var back = Assert.Single(import.Items);
        Assert.Equal((item.GetType(), item.Id, item.Objective, item.Difficulty, item.StemHtml, item.RationaleHtml), (back.GetType(), back.Id, back.Objective, back.Difficulty, back.StemHtml, back.RationaleHtml));
        // Columns of a matching come in the order in which the rows name them.
        var response = item is MatchingItem m && back is MatchingItem b ? m.Rows.Select(r => b.Columns.ToList().IndexOf(m.Columns[r.Column]).ToString(System.Globalization.CultureInfo.InvariantCulture)) : right.Split(',');
        Assert.True(item.Grade(right.Split(',')).Correct);
        Assert.True(back.Grade([.. response]).Correct);
        Assert.Contains("clause: doc-a 2023 1.4", import.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void What_moodle_writes_is_understood()
    {
        var import = GiftFormat.Read("""
            // question: 1  name: Grades
            $CATEGORY: $course$/top/GMP

            ::Grades::[html]<p>Which grade is <b>cleanest</b>?</p>{
            	=<p>A</p>#<p>Yes</p>
            	~<p>D</p>#<p>No\: far from it</p>
            }

            ::Sun:: The sun rises in the east.{TRUE#wrong#right}

            Mahatma Gandhi's birthday is {~1 January =2 October ~5 May} in 1869.

            What is pi? {#3.141..3.142}

            Match. {
            =cat -> meows
            =dog -> barks
            }

            Two of these {~%50%one ~%50%two ~%-100%three####Two.}
            """);

        Assert.Equal([typeof(ChoiceItem), typeof(ChoiceItem), typeof(ChoiceItem), typeof(NumberItem), typeof(MatchingItem), typeof(ChoiceItem)], import.Items.Select(i => i.GetType()));
        Assert.Equal("<p>Which grade is <strong>cleanest</strong>?</p>", import.Items[0].StemHtml);
        Assert.Equal("No: far from it", ((ChoiceItem)import.Items[0]).Options[1].RationaleHtml);
        Assert.True(import.Items[1].Grade(["0"]).Correct);
        Assert.Contains("____ in 1869", import.Items[2].StemText, StringComparison.Ordinal);
        Assert.True(import.Items[3].Grade(["3,1415"]).Correct);
        Assert.True(import.Items[5].Grade(["0", "1"]).Correct);
        Assert.All(import.Findings, f => Assert.Equal("gift-objective", f.Code));
    }

    [Theory]
    [InlineData("Write an essay. {}", "gift-essay")]
    [InlineData("Just words.", "gift-description")]
    [InlineData("Open {=a ~b", "gift-unclosed")]
    [InlineData("How many? {#lots}", "gift-number")]
    public void What_cannot_be_taken_over_is_told_with_its_line(string gift, string code)
    {
        var import = GiftFormat.Read("// a comment\n\n" + gift + "\n", "bank.gift");

        Assert.Empty(import.Items);
        Assert.Contains(import.Findings, f => f.Code == code && f.File == "bank.gift" && f.Line == 3);
    }

    [Fact]
    public void A_cloze_of_two_gaps_becomes_two_questions()
    {
        using var manuscript = new Manuscript((Manuscript.Bank, "<!-- item\nid: q1\nobjective: l1-o1\n-->\nA [[one|(two)]] and [[three]] end.\n****\nSo.\n****\n"));

        var import = GiftFormat.Read(GiftFormat.Write(manuscript.Read().Courses.Single().Bank["en"]));

        Assert.Equal(["q1-gap-1", "q1-gap-2"], import.Items.Select(i => i.Id));
        Assert.Equal("A ____ and three end.", import.Items[0].StemText);
    }
}
