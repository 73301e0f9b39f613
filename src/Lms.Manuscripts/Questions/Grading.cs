namespace Lms.Manuscripts.Questions;

internal static class Grading
{
    public static Grade Choice(ChoiceItem item, IReadOnlyList<string> response) => throw new NotImplementedException();
    public static Grade Text(TextItem item, IReadOnlyList<string> response) => throw new NotImplementedException();
    public static Grade Number(NumberItem item, IReadOnlyList<string> response) => throw new NotImplementedException();
    public static Grade Cloze(ClozeItem item, IReadOnlyList<string> response) => throw new NotImplementedException();
    public static Grade Matching(MatchingItem item, IReadOnlyList<string> response) => throw new NotImplementedException();
    public static Grade Ordering(OrderingItem item, IReadOnlyList<string> response) => throw new NotImplementedException();
}
