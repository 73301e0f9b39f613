using System.Globalization;
using Lms.Standards.Scorm.DataModel;

namespace Lms.Standards.Tests.Scorm.DataModel;

/// <summary>SCORM 2004 4th Edition RTE, chapter 4, and SCORM 1.2 RTE, 3.4: what content may read and set, and what it hears.</summary>
public sealed class ScormDataModelTests
{
    private static readonly DataModelCases Cases = DataModelCases.Read();

    public static TheoryData<string, string, ElementFit> Types() =>
        [.. Cases.Types.SelectMany(t => Rows(t, t.Type))];

    public static TheoryData<string, string, string, ElementFit> Answers() =>
        [.. Cases.Responses.SelectMany(t => Rows(t, t.Type)).Select(r => new TheoryDataRow<string, string, string, ElementFit>("response", r.Data.Item1, r.Data.Item2, r.Data.Item3)),
            .. Cases.Patterns.SelectMany(t => Rows(t, t.Type)).Select(r => new TheoryDataRow<string, string, string, ElementFit>("pattern", r.Data.Item1, r.Data.Item2, r.Data.Item3))];

    public static TheoryData<string> Names() => [.. Cases.Sequences.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_value_fits_its_type_or_not(string type, string value, ElementFit fit) =>
        Assert.Equal(fit, ElementTypes.CheckFor(type)(value, null));

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_fits_its_interaction_or_not(string kind, string type, string value, ElementFit fit) =>
        Assert.Equal(fit, ElementTypes.CheckFor(kind)(value, type));

    [Theory]
    [MemberData(nameof(Names))]
    public void Content_hears_what_the_book_says(string name)
    {
        var sequence = Cases.Sequences.Single(s => s.Name == name);
        var access = sequence.Access?.ToDictionary(a => a.Key, a => (ElementAccess)a.Value);
        var model = new ScormDataModel(sequence.Standard == "2004", sequence.Values ?? [], access);
        foreach (var step in sequence.Steps)
        {
            var (call, path, value, code) = (step[0].GetString(), step[1].GetString()!, step[2].GetString()!, step[3].GetInt32());
            var heard = call == "get" ? model.Get(path) : (Value: value, Error: model.Set(path, value));
            Assert.Equal((step.ToString(), value, code), (step.ToString(), heard.Value, heard.Error));
        }
    }

    [Fact]
    public void Every_element_is_in_a_family_that_lists_it()
    {
        foreach (var elements in new[] { ScormElements.Scorm2004, ScormElements.Scorm12 })
            foreach (var children in elements.Where(e => e.Name.EndsWith("._children", StringComparison.Ordinal)))
            {
                var family = children.Name[..^"._children".Length];
                var listed = children.Initial!.Split(',').ToHashSet();
                var own = elements.Select(e => e.Name).Where(n => n.StartsWith(family + ".", StringComparison.Ordinal))
                    .Select(n => n[(family.Length + 1)..]).Select(n => n.StartsWith("n.", StringComparison.Ordinal) ? n[2..] : n)
                    .Select(n => n.Split('.')[0]).Where(n => !n.StartsWith('_')).ToHashSet();
                Assert.Equal(listed.Order(), own.Order());
            }
    }

    [Fact]
    public void The_table_names_each_element_once_and_only_types_that_exist()
    {
        foreach (var elements in new[] { ScormElements.Scorm2004, ScormElements.Scorm12 })
        {
            Assert.Equal(elements.Count, elements.DistinctBy(e => e.Name).Count());
            foreach (var element in elements) Assert.NotNull(ElementTypes.CheckFor(element.Type));
            // What the system says at first is what its own type allows.
            Assert.All(elements.Where(e => e is { Initial: not null, Type: not "keyword" } && !(e.Initial.Length == 0 && !elements.Equals(ScormElements.Scorm2004))),
                e => Assert.Equal(ElementFit.Fits, ElementTypes.CheckFor(e.Type)(e.Initial!, null)));
        }
    }

    [Fact]
    public void Every_element_of_both_standards_answers_without_fail()
    {
        foreach (var scorm2004 in new[] { true, false })
            foreach (var element in ScormElements.For(scorm2004))
            {
                var model = new ScormDataModel(scorm2004, []);
                var path = element.Name.Replace(".n.", ".0.", StringComparison.Ordinal).Replace("choice.t", "choice.{target=x}", StringComparison.Ordinal).Replace("jump.t", "jump.{target=x}", StringComparison.Ordinal);
                var (value, error) = model.Get(path);
                Assert.True(error == 0 || value.Length == 0, $"{path}: {value} {error.ToString(CultureInfo.InvariantCulture)}");
                Assert.NotEqual(401, error);
                if (!element.Access.HasFlag(ElementAccess.Write)) Assert.True(model.Set(path, "x") is 402 or 403 or 404, path);
            }
    }

    [Theory]
    [InlineData(true, "PT0H0M0S", "PT1M", "PT1M")]
    [InlineData(true, "PT1M", "PT01H059M020S", "PT2H20S")]
    [InlineData(true, "PT2H20S", "PT0H05M49S", "PT2H6M9S")]
    [InlineData(true, "PT23H59M59.99S", "PT0.01S", "P1D")]
    [InlineData(true, "P11M", "P1MT1S", "P1YT1S")]
    [InlineData(true, "nonsense", "PT5S", "PT5S")]
    [InlineData(false, "0000:00:00.00", "00:59:59.5", "0000:59:59.50")]
    [InlineData(false, "0000:59:59.50", "0001:00:00.5", "0002:00:00.00")]
    [InlineData(false, "9999:00:00.00", "9999:00:00.00", "9999:00:00.00")]
    public void Time_adds_up(bool scorm2004, string total, string session, string sum) =>
        Assert.Equal(sum, ScormTime.Add(scorm2004, total, session));

    private static IEnumerable<TheoryDataRow<string, string, ElementFit>> Rows(DataModelCases.Values values, string type) =>
        [.. values.Fits.Select(v => new TheoryDataRow<string, string, ElementFit>(type, v, ElementFit.Fits)),
            .. values.Wrong.Select(v => new TheoryDataRow<string, string, ElementFit>(type, v, ElementFit.WrongType)),
            .. (values.Out ?? []).Select(v => new TheoryDataRow<string, string, ElementFit>(type, v, ElementFit.OutOfRange))];
}
