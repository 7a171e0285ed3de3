using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MspBilling.Adapters.Capture;
using MspBilling.Core;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Agreements;

/// <summary>Kinds of values that the terms of an agreement have.</summary>
internal static partial class AgreementFields
{
    /// <summary>A factor above this is a percentage that was written as one.</summary>
    private const decimal LargestFactor = 100;

    private const decimal LargestPercent = 1_000;

    extension(JsonRecord json)
    {
        /// <summary>An id of letters, digits and <c>- _ .</c>, so that it can stand in an address and in a key as it is.</summary>
        public string Id(string name)
        {
            var id = json.Text(name);
            if (!string.IsNullOrWhiteSpace(id) && !IdForm().IsMatch(id))
                json.Problem(name, "an id of letters, digits, - _ and ., which begins with a letter or digit, at most 64 long");
            return id;
        }

        public Currency IsoCurrency(string name)
        {
            var code = json.Text(name);
            if (!Currency.TryParse(code, out var currency) && !string.IsNullOrWhiteSpace(code))
                json.Problem(name, "an ISO 4217 currency code such as EUR");
            return currency;
        }

        public decimal Above0(string name, decimal most = JsonRecord.Trillion) => json.Number(name, JsonRecord.AboveZero, most);

        public decimal? OptionalAbove0(string name, decimal most = JsonRecord.Trillion) => json.OptionalNumber(name, JsonRecord.AboveZero, most);

        /// <summary>Above 0, such as 1.5 for half as much again.</summary>
        public decimal Factor(string name) => json.Above0(name, LargestFactor);

        public decimal? OptionalFactor(string name) => json.OptionalAbove0(name, LargestFactor);

        /// <summary>0 to 1000, for what goes on top.</summary>
        public decimal Markup(string name) => json.Number(name, 0, LargestPercent);

        public decimal? OptionalMarkup(string name) => json.OptionalNumber(name, 0, LargestPercent);

        /// <summary>Months of a cycle; 1 when absent.</summary>
        public int CycleMonths(string name)
        {
            var months = json.OptionalWhole(name, 1, 12) ?? 1;
            if (months is not (1 or 3 or 6 or 12))
                json.Problem(name, "1, 3, 6 or 12 months");
            return (int)months;
        }

        /// <summary>One of an enumeration's words in camelCase; its given one when absent.</summary>
        public T Choice<T>(string name, T otherwise)
            where T : struct, Enum => json.OptionalChoice<T>(name) ?? otherwise;

        public T? OptionalChoice<T>(string name)
            where T : struct, Enum => json.OptionalWord(name, Words<T>.All);

        public T Choice<T>(string name)
            where T : struct, Enum => json.Word(name, Words<T>.All);

        /// <summary>One of several forms of an object, told by a word in it; null, with a problem, when it is none of them.</summary>
        public T? Form<T>(string name, IReadOnlyDictionary<string, T> forms)
            where T : class
        {
            var word = json.Text(name);
            var form = forms.GetValueOrDefault(word);
            if (form is null && !string.IsNullOrWhiteSpace(word))
                json.Problem(name, "one of " + string.Join(", ", forms.Keys));
            return form;
        }

        /// <summary>Null when absent; an empty list would be a condition that nothing meets.</summary>
        public IReadOnlyList<string>? OptionalTexts(string name)
        {
            if (!json.Has(name))
            {
                // Asked for all the same, so that the name is known.
                json.Texts(name);
                return null;
            }

            return json.NonEmptyTexts(name);
        }

        /// <summary>At least one text, each once.</summary>
        public IReadOnlyList<string> NonEmptyTexts(string name)
        {
            var texts = json.Texts(name, required: true);
            if (texts.Count == 0 && json.IsList(name))
                json.Problem(name, "at least one");
            for (var i = 1; i < texts.Count; i++)
            {
                if (!string.IsNullOrWhiteSpace(texts[i]) && texts.Take(i).Contains(texts[i], StringComparer.OrdinalIgnoreCase))
                    json.ItemProblem(name, i, "each once");
            }

            return texts;
        }

        /// <summary>An enumeration's words in a list; null when absent.</summary>
        public IReadOnlyList<T>? OptionalChoices<T>(string name)
            where T : struct, Enum
        {
            if (json.OptionalTexts(name) is not { } words)
                return null;

            var choices = new List<T>();
            for (var i = 0; i < words.Count; i++)
            {
                if (Words<T>.All.TryGetValue(words[i], out var choice))
                    choices.Add(choice);
                else if (!string.IsNullOrWhiteSpace(words[i]))
                    json.ItemProblem(name, i, "one of " + string.Join(", ", Words<T>.All.Keys));
            }

            return choices;
        }

        /// <summary><c>from</c> and <c>to</c>, half-open; without them since ever and for ever.</summary>
        public Period InForce()
        {
            var (from, to) = (json.OptionalDate("from") ?? DateOnly.MinValue, json.OptionalDate("to") ?? Period.NoEnd);
            if (from < to)
                return new Period(from, to);

            json.Problem(json.Has("to") ? "to" : "from", "a date after from, as to is the first day after");
            return new Period(DateOnly.MinValue, Period.NoEnd);
        }

        public TimeOnly TimeOfDay(string name)
        {
            var text = json.Text(name);
            if (!TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && !string.IsNullOrWhiteSpace(text))
                json.Problem(name, "a time of day like 08:00");
            return time;
        }

        /// <summary>Exactly one of several properties.</summary>
        /// <param name="where">The property that a problem is said of when there is none of them.</param>
        public void ExactlyOne(string where, params IReadOnlyList<string> names)
        {
            var given = names.Where(json.IsGiven).ToList();
            if (given.Count != 1)
                json.Problem(given.Count == 0 ? where : given[^1], "exactly one of " + string.Join(", ", names));
        }

        /// <summary>Whether it says anything: neither absent nor false nor an empty list.</summary>
        private bool IsGiven(string name) => json.Has(name) && !json.IsEmpty(name);
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdForm();

    private static class Words<T>
        where T : struct, Enum
    {
        public static IReadOnlyDictionary<string, T> All { get; } = Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), StringComparer.Ordinal);
    }
}
