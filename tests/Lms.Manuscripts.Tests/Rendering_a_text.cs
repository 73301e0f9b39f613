namespace Lms.Manuscripts.Tests;

public sealed class Rendering_a_text
{
    [Theory]
    [InlineData("H~2~O and 10^6^", "<p>H<sub>2</sub>O and 10<sup>6</sup></p>")]
    [InlineData("**bold** and *soft*", "<strong>bold</strong> and <em>soft</em>")]
    [InlineData("3 520 of 352\u00A0000", "<bdi>3\u202F520</bdi> of <bdi>352\u202F000</bdi>")]
    [InlineData("in 2023 100 people", "<p>in 2023 100 people</p>")]
    [InlineData("below 5 CFU if <5 is seen", "if &lt;5 is seen")]
    [InlineData("[web](https://example.org/?a=1&b=2)", "<a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener\">web</a>")]
    [InlineData("[again](lesson:l1)", "<a href=\"./first\">again</a>")]
    [InlineData("> [!WARNING]\n> Never.", "<aside class=\"note warn\" aria-labelledby=\"note\"><p class=\"note-label\" id=\"note\">Warning</p>")]
    [InlineData("> [!CASE]\n> Once.", "<aside class=\"note case\"")]
    [InlineData("> quoted", "<blockquote>")]
    [InlineData("| A | B |\n|---|--:|\n| 1 | 2 |", "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table\"><table><thead><tr><th scope=\"col\">A</th><th scope=\"col\" class=\"a-end\">B</th></tr></thead><tbody><tr><td>1</td><td class=\"a-end\">2</td></tr></tbody></table></div>")]
    [InlineData("## One\n\na\n\n## One", "<h2 id=\"h-one-2\">One</h2>")]
    [InlineData("Term\n:   Meaning", "<dl>")]
    [InlineData("[CAPA](glossary:capa) and [it](glossary:capa)", "<button type=\"button\" class=\"term\" popovertarget=\"g-capa-2\">it</button><span popover=\"\" id=\"g-capa-2\" class=\"gloss\"><b>CAPA</b> Corrective and preventive action.</span>")]
    public void Markdown_becomes_clean_html(string markdown, string html) =>
        Assert.Contains(html, Manuscript.Html(markdown + "\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("x^2", "<msup><mi>x</mi><mn>2</mn></msup>")]
    [InlineData("C_n = 10^N \\times (0.1/D)^{2.08}", "<msub><mi>C</mi><mi>n</mi></msub><mo>=</mo><msup><mn>10</mn><mi>N</mi></msup><mo>×</mo>")]
    [InlineData("\\frac{a}{b+1}", "<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>")]
    [InlineData("\\sqrt{2} \\le \\mu", "<msqrt><mn>2</mn></msqrt><mo>≤</mo><mi>μ</mi>")]
    [InlineData("\\ce{H2SO4}", "<msub><mi mathvariant=\"normal\">H</mi><mn>2</mn></msub>")]
    [InlineData("\\ce{Ca^2+}", "<msup><mi mathvariant=\"normal\">Ca</mi><mrow><mn>2</mn><mo>+</mo></mrow></msup>")]
    [InlineData("\\ce{2H2 + O2 -> 2H2O}", "<mo>→</mo><mn>2</mn>")]
    [InlineData("3 520 \\text{ particles}", "<mn>3\u202F520</mn><mtext> particles</mtext>")]
    [InlineData("\\left( \\frac{1}{2} \\right)", "<mo fence=\"true\" stretchy=\"true\">(</mo><mfrac>")]
    [InlineData("85\\,\\%", "<mn>85</mn><mspace width=\"0.17em\"></mspace><mo>%</mo>")]
    [InlineData("\\sum_{i=1}^n x_i", "<msubsup><mo>∑</mo>")]
    public void A_formula_becomes_mathml(string tex, string mathMl)
    {
        var html = Manuscript.Html($"Here ${tex}$.\n");

        Assert.Contains("<math dir=\"ltr\" alttext=", html, StringComparison.Ordinal);
        Assert.Contains(mathMl, html, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_speak_the_language_of_the_text()
    {
        using var manuscript = new Manuscript(
            (Manuscript.French, "---\nid: l1\ntitle: Leçon\nobjectives: [{ id: l1-o1, text: Expliquer }]\n---\n> [!GMP]\n> Texte.\n"));

        var text = manuscript.Read().Courses.Single().Lessons.Single().Texts["fr"];

        Assert.Contains("Ce que demandent les BPF", text.Blocks.Single().Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drawing_is_part_of_the_page_with_ids_of_its_own_and_its_alternative_text()
    {
        const string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:i=\"urn:i\" viewBox=\"0 0 40 20\" i:x=\"y\"><title>T</title><defs><marker id=\"m\"/></defs><path class=\"s-ink\" d=\"M0 0\" marker-end=\"url(#m)\"/></svg>";

        var html = Manuscript.Html("![A \"flow\"](flow.svg)\n\n![Again](flow.svg)\n", (Manuscript.Figure, svg));

        Assert.Contains("<svg width=\"40\" height=\"20\" role=\"img\" aria-label=\"A &quot;flow&quot;\" viewBox=\"0 0 40 20\"><defs><marker id=\"f-m\"></marker></defs>", html, StringComparison.Ordinal);
        Assert.Contains("marker-end=\"url(#f-2-m)\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_are_listed_in_the_order_of_the_text_and_named_in_place_in_a_question()
    {
        var html = Manuscript.Html("One[^b] two[^a] three[^b].\n\n[^a]: doc-a 2023 1.1\n[^b]: doc-a 2023 2.2 — the *second*\n");

        Assert.Contains("<li id=\"n1\"><a href=\"https://example.org/a\" rel=\"noopener\">Guide A (<bdi>2023</bdi>)</a> <bdi dir=\"ltr\">2.2</bdi> — the <em>second</em>", html, StringComparison.Ordinal);
        Assert.Contains("<a id=\"r1-2\" href=\"#n1\">1</a>", html, StringComparison.Ordinal);
        Assert.True(html.IndexOf("2.2", StringComparison.Ordinal) < html.IndexOf("1.1", StringComparison.Ordinal));

        using var manuscript = new Manuscript((Manuscript.Bank, Manuscript.Item.Replace("the rest.", "the rest.[^a]", StringComparison.Ordinal) + "\n[^a]: doc-a 2023 1.1\n"));
        Assert.Contains("the rest. <cite class=\"ref\">(<a href=\"https://example.org/a\"", manuscript.Read().Courses.Single().Bank["en"].Single().RationaleHtml, StringComparison.Ordinal);
    }
}
