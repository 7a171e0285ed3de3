using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MspBilling.Tests.Capture.ConnectWise;

/// <summary>What the vendor answers to a condition that it does not understand.</summary>
internal sealed class InvalidConditionException(string message) : Exception(message);

/// <summary>Conditions by the vendor's grammar: strings in quotes, times in brackets, numbers bare; and before or; parentheses; nothing else.</summary>
internal sealed partial class SimulatedConditions
{
    private readonly List<string> _tokens = [];
    private readonly Func<SimulatedRecord, string, JsonNode?> _field;
    private int _at;

    private SimulatedConditions(string text, Func<SimulatedRecord, string, JsonNode?> field)
    {
        _field = field;
        for (var at = 0; at < text.Length;)
        {
            var match = Token().Match(text, at);
            if (!match.Success || match.Index != at)
                throw new InvalidConditionException($"Unexpected character at {at}.");
            if (!string.IsNullOrWhiteSpace(match.Value))
                _tokens.Add(match.Value);
            at += match.Length;
        }
    }

    public static Func<SimulatedRecord, bool> Parse(string text, Func<SimulatedRecord, string, JsonNode?> field)
    {
        var conditions = new SimulatedConditions(text, field);
        var test = conditions.Or();
        return conditions._at == conditions._tokens.Count ? test : throw new InvalidConditionException($"Unexpected {conditions._tokens[conditions._at]}.");
    }

    private string? Peek => _at < _tokens.Count ? _tokens[_at] : null;

    private string Take() => _at < _tokens.Count ? _tokens[_at++] : throw new InvalidConditionException("Unexpected end.");

    private bool TakeWord(string word)
    {
        if (!string.Equals(Peek, word, StringComparison.OrdinalIgnoreCase))
            return false;
        _at++;
        return true;
    }

    private Func<SimulatedRecord, bool> Or()
    {
        var left = And();
        while (TakeWord("or"))
        {
            var (one, other) = (left, And());
            left = record => one(record) || other(record);
        }

        return left;
    }

    private Func<SimulatedRecord, bool> And()
    {
        var left = Term();
        while (TakeWord("and"))
        {
            var (one, other) = (left, Term());
            left = record => one(record) && other(record);
        }

        return left;
    }

    private Func<SimulatedRecord, bool> Term()
    {
        if (TakeWord("("))
        {
            var inner = Or();
            return TakeWord(")") ? inner : throw new InvalidConditionException("A parenthesis is not closed.");
        }

        var field = Take();
        if (!Name().IsMatch(field))
            throw new InvalidConditionException($"{field} is no field.");
        var isNot = TakeWord("not");
        var operation = Take().ToUpperInvariant();
        if (operation == "IN")
        {
            if (!TakeWord("("))
                throw new InvalidConditionException("A list stands in parentheses.");
            var values = new List<IComparable> { Literal() };
            while (TakeWord(","))
                values.Add(Literal());
            if (!TakeWord(")"))
                throw new InvalidConditionException("The list is not closed.");
            return record => values.Exists(value => Compare(_field(record, field), value, field) == 0) != isNot;
        }

        var literal = Literal();
        return operation switch
        {
            "=" => record => Compare(_field(record, field), literal, field) == 0,
            "!=" => record => Compare(_field(record, field), literal, field) != 0,
            "<" => record => Compare(_field(record, field), literal, field) < 0,
            "<=" => record => Compare(_field(record, field), literal, field) is <= 0,
            ">" => record => Compare(_field(record, field), literal, field) > 0,
            ">=" => record => Compare(_field(record, field), literal, field) is >= 0,
            _ => throw new InvalidConditionException($"{operation} is no operator."),
        };
    }

    private IComparable Literal() => Take() switch
    {
        ['"', .. var text, '"'] => text.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal),
        ['[', .. var time, ']'] when DateTimeOffset.TryParseExact(time, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) => moment,
        "True" => true,
        "False" => false,
        var number when decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) => value,
        var other => throw new InvalidConditionException($"{other} is no value: strings need quotes, times brackets."),
    };

    private static int? Compare(JsonNode? value, IComparable literal, string field) => (value, literal) switch
    {
        (null, _) => null,
        (JsonValue number, decimal other) when number.GetValueKind() == System.Text.Json.JsonValueKind.Number => number.GetValue<decimal>().CompareTo(other),
        (JsonValue flag, bool other) when flag.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => flag.GetValue<bool>().CompareTo(other),
        (JsonValue text, DateTimeOffset other) when DateTimeOffset.TryParse(text.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time.CompareTo(other),
        (JsonValue text, string other) when !DateTimeOffset.TryParse(text.GetValue<string>(), CultureInfo.InvariantCulture, out _) => string.CompareOrdinal(text.GetValue<string>(), other),
        _ => throw new InvalidConditionException($"{field} cannot be compared with that."),
    };

    [GeneratedRegex(@"\s+|""(?:\\.|[^""\\])*""|\[[^\]]*\]|[(),]|<=|>=|!=|[=<>]|[A-Za-z_][A-Za-z0-9_/]*|-?[0-9]+(?:\.[0-9]+)?(?![A-Za-z0-9:-])")]
    private static partial Regex Token();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_/]*$")]
    private static partial Regex Name();
}
