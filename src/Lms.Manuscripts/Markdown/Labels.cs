namespace Lms.Manuscripts.Markdown;

/// <summary>The few words that rendering adds to an author's text, by language.</summary>
internal sealed record Labels(string Warning, string Gmp, string Case, string Sources, string BackToText, string Table)
{
    private static readonly Dictionary<string, Labels> s_all = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = new("Warning", "What GMP asks", "In the plant", "Sources", "Back to the text", "Table"),
        ["fr"] = new("Attention", "Ce que demandent les BPF", "Sur le terrain", "Sources", "Retour au texte", "Tableau"),
        ["ar"] = new("تحذير", "ما تتطلبه ممارسات التصنيع الجيدة", "من أرض المصنع", "المصادر", "العودة إلى النص", "جدول"),
        ["es"] = new("Advertencia", "Lo que piden las BPF", "En la planta", "Fuentes", "Volver al texto", "Tabla"),
        ["pt"] = new("Atenção", "O que as BPF pedem", "Na fábrica", "Fontes", "Voltar ao texto", "Tabela"),
        ["ru"] = new("Внимание", "Чего требует GMP", "На производстве", "Источники", "Назад к тексту", "Таблица"),
        ["zh"] = new("警告", "GMP 的要求", "生产现场", "来源", "返回正文", "表格"),
    };

    /// <summary>Labels in the language, else in its parent language, else in English.</summary>
    public static Labels In(string language) => s_all.GetValueOrDefault(language) ?? s_all.GetValueOrDefault(language.Split('-')[0]) ?? s_all["en"];
}
