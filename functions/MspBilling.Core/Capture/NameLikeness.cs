using System.Globalization;
using System.Text;

namespace MspBilling.Core.Capture;

/// <summary>How alike two names are, so that the likely one can be suggested; a person decides.</summary>
/// <remarks>
/// Names are compared word by word, without case, accents, punctuation and legal forms: each word counts as long as it is, with the best match among the
/// other name's words by the pairs of letters they share (Dice's coefficient). 100 is the same words in any order. <c>Corrib Foods Ltd.</c> and
/// <c>CORRIB FOODS</c> are 100, <c>Corrib Food</c> and <c>Corrib Foods</c> 93.
/// </remarks>
public static class NameLikeness
{
    /// <summary>Below, a suggestion would be a guess.</summary>
    public const int LeastSuggested = 60;

    // Letters of their own, which no accent makes.
    private static readonly Dictionary<char, string> Plain = new() { ['ł'] = "l", ['ø'] = "o", ['đ'] = "d", ['ı'] = "i", ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe" };

    private static readonly HashSet<string> LegalForms = new(StringComparer.Ordinal)
    {
        "ab", "ag", "and", "as", "bv", "co", "company", "corp", "corporation", "cv", "doo", "gmbh", "group", "inc", "incorporated", "kft", "kg", "limited", "llc", "llp", "ltd", "nv", "oo", "oy", "plc", "pty", "sa",
        "sarl", "sas", "se", "sl", "sp", "spa", "srl", "the", "z", "zoo",
    };

    /// <returns>From 0, nothing in common, to 100.</returns>
    public static int Of(string left, string right)
    {
        var (mine, others) = (Words(left), Words(right));
        return mine.Count == 0 || others.Count == 0 ? 0 : (Covered(mine, others) + Covered(others, mine)) / 2;
    }

    /// <summary>The likeliest of a list, best first; none below <see cref="LeastSuggested"/>.</summary>
    /// <param name="names">What the source calls it; the best match of them counts.</param>
    /// <param name="targets">Ours by id, with their names.</param>
    public static IReadOnlyList<Suggestion> Best(IReadOnlyCollection<string> names, IEnumerable<(string Id, string Name)> targets, int most = 3) =>
    [
        .. targets.Select(target => new Suggestion(target.Id, target.Name, names.Max(name => Math.Max(Of(name, target.Name), Of(name, target.Id)))))
            .Where(suggestion => suggestion.Likeness >= LeastSuggested)
            .OrderByDescending(suggestion => suggestion.Likeness).ThenBy(suggestion => suggestion.Id, StringComparer.Ordinal).Take(most),
    ];

    /// <summary>The words that tell a name from others; all of them, where there are no others than legal forms.</summary>
    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var character in name.Normalize(NormalizationForm.FormD).Append(' '))
        {
            if (char.IsLetterOrDigit(character))
            {
                var small = char.ToLowerInvariant(character);
                word.Append(Plain.GetValueOrDefault(small) ?? small.ToString());
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark && character is not ('.' or '\'') && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        var telling = words.Where(w => !LegalForms.Contains(w)).ToList();
        return telling.Count > 0 ? telling : words;
    }

    private static int Covered(List<string> words, List<string> by) =>
        words.Sum(word => word.Length * by.Max(other => OfWords(word, other))) / words.Sum(word => word.Length);

    private static int OfWords(string left, string right)
    {
        if (left == right)
        {
            return 100;
        }

        if (left.Length < 2 || right.Length < 2)
        {
            return 0;
        }

        var pairs = Enumerable.Range(0, right.Length - 1).Select(i => right.Substring(i, 2)).ToList();
        var shared = Enumerable.Range(0, left.Length - 1).Count(i => pairs.Remove(left.Substring(i, 2)));
        return 200 * shared / (left.Length + right.Length - 2);
    }
}

/// <summary>What a source's name may stand for.</summary>
/// <param name="Id">What a mapping to it says.</param>
/// <param name="Likeness">Of the names, from 60 to 100.</param>
public sealed record Suggestion(string Id, string Name, int Likeness);
