using System.Collections.Frozen;

namespace Lms.Manuscripts.Markdown.Maths;

/// <summary>The commands of the subset of LaTeX that lessons may use.</summary>
internal static class Symbols
{
    public static readonly FrozenDictionary<string, string> Operators = new Dictionary<string, string>
    {
        ["times"] = "×", ["cdot"] = "⋅", ["pm"] = "±", ["mp"] = "∓", ["div"] = "÷", ["le"] = "≤", ["leq"] = "≤", ["ge"] = "≥", ["geq"] = "≥",
        ["ne"] = "≠", ["neq"] = "≠", ["approx"] = "≈", ["sim"] = "∼", ["equiv"] = "≡", ["propto"] = "∝", ["to"] = "→", ["rightarrow"] = "→",
        ["leftarrow"] = "←", ["Rightarrow"] = "⇒", ["rightleftharpoons"] = "⇌", ["ll"] = "≪", ["gg"] = "≫", ["in"] = "∈", ["partial"] = "∂",
        ["%"] = "%", ["{"] = "{", ["}"] = "}", ["ldots"] = "…", ["dots"] = "…", ["cdots"] = "⋯", ["mid"] = "|",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, string> Large = new Dictionary<string, string>
    {
        ["sum"] = "∑", ["prod"] = "∏", ["int"] = "∫",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, string> Letters = new Dictionary<string, string>
    {
        ["alpha"] = "α", ["beta"] = "β", ["gamma"] = "γ", ["delta"] = "δ", ["epsilon"] = "ε", ["varepsilon"] = "ε", ["zeta"] = "ζ", ["eta"] = "η",
        ["theta"] = "θ", ["iota"] = "ι", ["kappa"] = "κ", ["lambda"] = "λ", ["mu"] = "μ", ["nu"] = "ν", ["xi"] = "ξ", ["omicron"] = "ο", ["pi"] = "π",
        ["rho"] = "ρ", ["sigma"] = "σ", ["tau"] = "τ", ["upsilon"] = "υ", ["phi"] = "φ", ["varphi"] = "φ", ["chi"] = "χ", ["psi"] = "ψ", ["omega"] = "ω",
        ["Gamma"] = "Γ", ["Delta"] = "Δ", ["Theta"] = "Θ", ["Lambda"] = "Λ", ["Xi"] = "Ξ", ["Pi"] = "Π", ["Sigma"] = "Σ", ["Phi"] = "Φ", ["Psi"] = "Ψ",
        ["Omega"] = "Ω", ["infty"] = "∞", ["degree"] = "°", ["circ"] = "°",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static readonly FrozenSet<string> Functions =
        new[] { "log", "ln", "lg", "exp", "min", "max", "sin", "cos", "tan", "lim" }.ToFrozenSet(StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, string> Spaces = new Dictionary<string, string>
    {
        [","] = "0.17em", [":"] = "0.22em", [";"] = "0.28em", [" "] = "0.33em", ["quad"] = "1em", ["qquad"] = "2em",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static readonly string[] Structures = ["frac", "sqrt", "text", "mathrm", "left", "right", "ce", "bar", "hat", "overline"];

    public static IEnumerable<string> All => Operators.Keys.Concat(Large.Keys).Concat(Letters.Keys).Concat(Functions).Concat(Structures);
}
