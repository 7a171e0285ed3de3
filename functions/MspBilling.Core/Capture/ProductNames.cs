using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace MspBilling.Core.Capture;

/// <summary>How alike two products' names are, by vendors' ways of spelling them, so that the likely one can be suggested; a person decides.</summary>
/// <remarks>
/// <para>In this order: abbreviations are written out, words of a plan's commitment and of licensing as such are left out, and what is left is compared by <see cref="NameLikeness"/>.</para>
/// <list type="bullet">
/// <item><c>O365</c> and <c>Office 365</c>, <c>M365</c> and <c>Microsoft 365</c> are each one, and the two are nearly: 5 less.</item>
/// <item><c>(NCE)</c>, <c>annual</c>, <c>monthly</c>, <c>P1Y</c>, <c>1 year</c>, <c>licence</c>, <c>per user</c> tell nothing.</item>
/// <item>What is written with the same letters and digits is the same: <c>M365BP</c> and <c>M365-BP</c>.</item>
/// <item>An edition tells all: E3 is never suggested for E5, nor Business Basic for Business Premium. Where only one name has one, 10 less.</item>
/// <item><c>Office 365 Business Premium</c> may be Business Standard, too, and <c>Business Essentials</c> is Business Basic: so they are called since April 2020
/// (microsoft.com/microsoft-365/blog, 30 March 2020, "New Microsoft 365 offerings for small and medium-sized businesses").</item>
/// </list>
/// <para>The terms P1M, P1Y and P3Y are those of Partner Center's price lists (learn.microsoft.com, partnercenter, "new commerce pricing").</para>
/// </remarks>
public static partial class ProductNames
{
    private const int OtherFamily = 5;
    private const int NoEdition = 10;

    /// <summary>Written out in this order.</summary>
    private static readonly (string Spelling, string Meaning)[] Spellings =
    [
        ("office365", "office 365"), ("o365", "office 365"), ("microsoft365", "365"), ("m365", "365"), ("ms", ""), ("microsoft", ""),
        ("bp", "business premium"), ("bs", "business standard"), ("bb", "business basic"), ("biz", "business"), ("bus", "business"), ("prem", "premium"), ("std", "standard"), ("ent", "enterprise"),
        ("business essentials", "business basic"), ("exo", "exchange online"), ("spo", "sharepoint online"), ("ems", "enterprise mobility security"),
        ("azure active directory", "entra id"), ("azure ad", "entra id"), ("aad", "entra id"), ("advanced threat protection", "defender"), ("atp", "defender"),
        ("plan ([1-9])", "p$1"), ("plan([1-9])", "p$1"),
        ("new commerce( experience)?", ""), ("nce", ""), ("csp", ""), ("p[13]y|p1m", ""), ("(1|12|3|36|one) ?(year|yr|month|mth|mo)s?", ""),
        ("annual(ly)?|yearly|monthly|month|year|commit(ment|ted)?|term|billed|paid|billing|upfront", ""),
        ("licen[cs]es?|licensing|seats?|subscriptions?|(per )?users?", ""), ("for|and|the|of|with", ""),
    ];

    private static readonly (Regex Spelling, string Meaning)[] Rules =
        [.. Spellings.Select(rule => (new Regex($@"(?<= )(?:{rule.Spelling})(?= )", RegexOptions.CultureInvariant | RegexOptions.Compiled, TimeSpan.FromSeconds(1)), rule.Meaning))];

    private static readonly FrozenSet<string> Editions = FrozenSet.Create(StringComparer.Ordinal, "basic", "standard", "premium", "starter", "frontline");

    /// <returns>From 0, nothing in common, to 100.</returns>
    public static int Likeness(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (Separators().Replace(left, "") is { Length: > 0 } letters && letters.Equals(Separators().Replace(right, ""), StringComparison.OrdinalIgnoreCase))
        {
            return 100;
        }

        var theirs = Meanings(right).ToList();
        return Meanings(left).Max(mine => theirs.Max(other => Likeness(mine, other)));
    }

    /// <summary>The likeliest of a list, best first; none below <see cref="NameLikeness.LeastSuggested"/>.</summary>
    public static IReadOnlyList<Suggestion> Best(IReadOnlyCollection<string> names, IEnumerable<(string Id, string Name)> targets, int most = 3) =>
    [
        .. targets.Select(target => new Suggestion(target.Id, target.Name, names.Max(name => Math.Max(Likeness(name, target.Name), Likeness(name, target.Id)))))
            .Where(suggestion => suggestion.Likeness >= NameLikeness.LeastSuggested)
            .OrderByDescending(suggestion => suggestion.Likeness).ThenBy(suggestion => suggestion.Id, StringComparer.Ordinal).Take(most),
    ];

    private static int Likeness(Meaning left, Meaning right)
    {
        var (mine, others) = (EditionsOf(left.Words), EditionsOf(right.Words));
        if (left.Words.Length == 0 || right.Words.Length == 0 || (mine.Count > 0 && others.Count > 0 && !mine.SetEquals(others)))
        {
            return 0;
        }

        var less = (left.IsOffice != right.IsOffice && left.Is365 && right.Is365 ? OtherFamily : 0) + (mine.Count == others.Count ? 0 : NoEdition) + left.Less + right.Less;
        return Math.Max(0, NameLikeness.Of(left.Words, right.Words) - less);
    }

    /// <summary>What a name may stand for: one meaning as a rule.</summary>
    private static IEnumerable<Meaning> Meanings(string name)
    {
        var words = Written(name);
        var isOffice = words.Contains(" office 365 ", StringComparison.Ordinal);
        words = words.Replace(" office 365 ", " 365 ", StringComparison.Ordinal);
        yield return new Meaning(words.Trim(), isOffice, 0);
        if (isOffice && words.Contains(" business premium ", StringComparison.Ordinal))
        {
            yield return new Meaning(words.Replace(" business premium ", " business standard ", StringComparison.Ordinal).Trim(), isOffice, OtherFamily);
        }
    }

    private static string Written(string name)
    {
        var words = $" {Separators().Replace(name.ToLowerInvariant(), " ").Trim()} ";
        foreach (var (spelling, meaning) in Rules)
        {
            words = Spaces().Replace(spelling.Replace(words, meaning), " ");
        }

        return words;
    }

    private static HashSet<string> EditionsOf(string words) =>
        [.. words.Split(' ').Where(word => Editions.Contains(word) || (word.Length == 2 && char.IsAsciiLetterLower(word[0]) && char.IsAsciiDigit(word[1])))];

    private readonly record struct Meaning(string Words, bool IsOffice, int Less)
    {
        public bool Is365 => $" {Words} ".Contains(" 365 ", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"[^\p{L}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(" {2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
