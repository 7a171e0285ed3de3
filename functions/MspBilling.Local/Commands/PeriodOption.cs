using System.CommandLine;
using System.CommandLine.Parsing;
using MspBilling.Core.Time;

namespace MspBilling.Local.Commands;

/// <summary><c>--period 2024-09</c></summary>
internal static class PeriodOption
{
    public static Option<Period> Required() => new("--period") { Description = "The month, such as 2024-09, or a longer period that somebody is billed by, such as 2024-07-01..2024-10-01.", Required = true, CustomParser = argument => ParseAny(argument) ?? default };

    /// <summary>The same where something else may be said instead.</summary>
    public static Option<Period?> Any() => new("--period") { Description = "The month, such as 2024-09, or a longer period that somebody is billed by, such as 2024-07-01..2024-10-01.", CustomParser = ParseAny };

    public static Option<Period?> Optional(string name, string description) => new(name) { Description = description, CustomParser = Parse };

    private static Period? ParseAny(ArgumentResult argument) => argument.Tokens is [var token] && Period.TryParse(token.Value, out var period) ? period : Parse(argument);

    private static Period? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens.Count == 0 ? "" : argument.Tokens[0].Value;
        if (Period.TryParseMonth(text, out var period))
        {
            return period;
        }

        argument.AddError($"{(argument.Parent as OptionResult)?.IdentifierToken?.Value ?? "--period"}: '{text}' is not a month; write it as 2024-09.");
        return default;
    }
}
