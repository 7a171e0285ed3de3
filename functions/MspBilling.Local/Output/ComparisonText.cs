using System.Globalization;
using System.Text;
using MspBilling.App.Rating;
using MspBilling.Core;

namespace MspBilling.Local.Output;

/// <summary>Months under two sets of terms as plain text: what changes, line by line, each client's and all clients' totals, then what each rule changes.</summary>
internal static class ComparisonText
{
    private const int TextWidth = 60;
    private const int AmountWidth = 14;

    public static string Of(ComparedTerms compared)
    {
        var text = new StringBuilder();
        text.Line($"{(compared.From == compared.To ? $"{compared.From}" : $"{compared.From} to {compared.To}")}, net of tax");
        Row(text, "", "before", "after", "difference");
        foreach (var client in compared.Clients.Where(HasChanged))
        {
            text.Line($"");
            text.Line($"{client.ClientName}");
            foreach (var month in client.Months)
            {
                Write(text, month);
            }

            foreach (var total in client.Totals)
            {
                Row(text, $"  {client.ClientName}, {total.Currency.Code}", total);
            }
        }

        var same = compared.Clients.Count(client => !HasChanged(client));
        text.Line($"");
        if (same > 0)
        {
            text.Line($"Nothing changes for {same} of {compared.Clients.Count} clients.");
        }

        foreach (var total in compared.Totals)
        {
            Row(text, $"All clients, {total.Currency.Code}", total);
        }

        foreach (var rule in compared.Rules)
        {
            Write(text, rule);
        }

        return text.ToString();
    }

    private static bool HasChanged(ComparedClient client) => client.Months.Any(HasChanged);

    private static bool HasChanged(ComparedMonth month) =>
        month.Unreadable > 0 || month.HeldBefore != month.HeldAfter || month.ProblemBefore != month.ProblemAfter || month.Lines.Any(HasChanged);

    // A line that is new or gone is a change at 0 too.
    private static bool HasChanged(PreviewedDifference line) => !line.Difference.IsZero || line.Before is null != line.After is null;

    private static void Write(StringBuilder text, ComparedMonth month)
    {
        if (!HasChanged(month))
        {
            return;
        }

        text.Line($"  {month.Period}");
        foreach (var line in month.Lines.Where(HasChanged))
        {
            Row(text, $"    {line.Description}", Of(line.Before), Of(line.After), Of(line.Difference));
        }

        if (month.HeldBefore != month.HeldAfter)
        {
            text.Line($"    held activities: {month.HeldBefore} before, {month.HeldAfter} after");
        }

        if (month.Unreadable > 0)
        {
            text.Line($"    {month.Unreadable} stored activities cannot be read; import their files again");
        }

        if (month.ProblemBefore is not null)
        {
            text.Line($"    cannot be billed before: {month.ProblemBefore}");
        }

        if (month.ProblemAfter is not null)
        {
            text.Line($"    cannot be billed after: {month.ProblemAfter}");
        }
    }

    private static void Write(StringBuilder text, TriedRule rule)
    {
        var of = rule.Agreement is { } agreement ? $" of {agreement.ClientName}, {agreement.Name}," : "";
        var matched = rule.Matched == 1 ? "1 activity" : string.Create(CultureInfo.InvariantCulture, $"{rule.Matched} activities");
        text.Line($"");
        text.Line($"Rule {rule.Name} ({rule.Id}){of} matches {matched}{(rule.Totals.Count == 0 ? " and changes no line" : "")}.");
        foreach (var (client, period, line) in rule.Changes)
        {
            Row(text, string.Create(CultureInfo.InvariantCulture, $"  {client}, {period}: {line.Description}"), Of(line.Before), Of(line.After), Of(line.Difference));
        }

        foreach (var total in rule.Totals)
        {
            Row(text, $"  the lines that it changes, {total.Currency.Code}", total);
        }
    }

    private static string Of(Money? money) => money is { } amount ? PlainText.Of(amount) : "-";

    private static void Row(StringBuilder text, string words, ComparedTotal total) => Row(text, words, Of(total.Before), Of(total.After), Of(total.Difference));

    private static void Row(StringBuilder text, string words, string before, string after, string difference)
    {
        if (words.Length > TextWidth)
        {
            text.Line($"{words}");
            words = "";
        }

        text.Line($"{words.PadRight(TextWidth)}{before,AmountWidth}{after,AmountWidth}{difference,AmountWidth}");
    }
}
