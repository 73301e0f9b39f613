using Lms.Web.Features.Certificates;

namespace Lms.Web.Tests.Certificates;

public sealed class SerialTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [Fact]
    public void A_serial_reads_back_as_itself()
    {
        for (var i = 0; i < 1000; i++)
        {
            var serial = Serial.New();
            Assert.Matches("^SL-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}$", serial);
            Assert.Equal(serial, Serial.Parse(serial));
        }
    }

    [Fact]
    public void Serials_do_not_repeat() => Assert.Equal(20_000, Enumerable.Range(0, 20_000).Select(_ => Serial.New()).Distinct().Count());

    [Theory]
    [InlineData("{0}", true)]
    [InlineData(" {0} ", true)]
    [InlineData("{1}", true)]
    [InlineData("{2}", true)]
    [InlineData("{3}", true)]
    [InlineData("{4}", true)]
    [InlineData("{0}0", false)]
    [InlineData("", false)]
    public void What_a_person_types_is_understood(string form, bool understood)
    {
        var serial = Serial.New();
        var bare = serial.Replace("-", "", StringComparison.Ordinal);
        var typed = string.Format(System.Globalization.CultureInfo.InvariantCulture, form,
            serial, bare.ToLowerInvariant(), bare[2..], "SL" + bare[2..].Replace('0', 'O').Replace('1', 'l'), "5I " + bare[2..].Replace('1', 'I').Replace('0', 'o'));

        Assert.Equal(understood ? serial : null, Serial.Parse(typed));
    }

    [Fact]
    public void Every_wrong_character_is_noticed()
    {
        var serial = Serial.New();
        for (var i = 3; i < serial.Length; i++)
        {
            if (serial[i] == '-') continue;
            foreach (var other in Alphabet.Where(c => c != serial[i]))
                Assert.Null(Serial.Parse(serial[..i] + other + serial[(i + 1)..]));
        }
    }

    [Fact]
    public void Every_exchange_of_two_characters_is_noticed()
    {
        var letters = Serial.New()[3..].Replace("-", "", StringComparison.Ordinal);
        for (var i = 0; i < letters.Length; i++)
            for (var j = i + 1; j < letters.Length; j++)
            {
                if (letters[i] == letters[j]) continue;
                var exchanged = letters.ToCharArray();
                (exchanged[i], exchanged[j]) = (exchanged[j], exchanged[i]);
                Assert.Null(Serial.Parse(new string(exchanged)));
            }
    }

    [Theory]
    [InlineData("  Ana \t Lima\n", "Ana Lima")]
    [InlineData("Ana\u202Eamil\u202C", "Anaamil")]
    [InlineData("A\u0000n\u200Fa\uFEFF", "Ana")]
    [InlineData("\u0645\u06CC\u200C\u0631\u0648\u062F", "\u0645\u06CC\u200C\u0631\u0648\u062F")]
    public void A_printed_name_holds_no_hidden_marks(string name, string printed) => Assert.Equal(printed, PrintedName.Of(name));

    [Fact]
    public void A_long_name_is_cut_between_characters()
    {
        var printed = PrintedName.Of(string.Concat(Enumerable.Repeat("👩🏽‍🔬", 60)));

        Assert.InRange(printed.Length, 180, 200);
        Assert.EndsWith("👩🏽‍🔬", printed, StringComparison.Ordinal);
    }
}
