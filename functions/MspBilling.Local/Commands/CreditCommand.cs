using System.CommandLine;
using System.Globalization;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary><c>credit HL-002041 --line 3=100 --by NAME --why TEXT</c>: credits an invoice, all that is left of it or by line.</summary>
internal static class CreditCommand
{
    public static Command Create()
    {
        var number = new Argument<string>("invoice") { Description = "The number of the invoice." };
        var lines = new Option<string[]>("--line") { Description = "A line by its number on the invoice, whole (3) or an amount of it without tax (3=100.00); several where wanted. All that is left of the invoice where none is named." };
        var restock = new Option<bool>("--restock") { Description = "Bill the work of these lines again with the next invoice." };
        var id = new Option<string?>("--id") { Description = "An id of your own: a request that is sent again with it does nothing." };
        var by = new Option<string>("--by") { Description = "Who decides.", Required = true };
        var why = new Option<string>("--why") { Description = "Why; it is printed on the credit note.", Required = true };
        var command = new Command("credit", "Credit an issued invoice, all that is left of it or by line.") { number, lines, restock, id, by, why };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var (who, text) = (result.GetRequiredValue(by).Trim(), result.GetRequiredValue(why).Trim());
                if (who.Length == 0 || text.Length == 0)
                {
                    throw new BadInputException("Say who decides with --by and the reason with --why; neither may be empty.");
                }

                var named = result.GetValue(lines) ?? [];
                var asked = new CreditRequest(result.GetValue(id), named.Length == 0 ? null : [.. named.Select(LineOf)], result.GetValue(restock), who, text);
                var invoice = result.GetRequiredValue(number);
                var (note, problem) = await context.Get<InvoiceCredits>().CreditAsync(invoice, asked, token).ConfigureAwait(false);
                if (note is null)
                {
                    throw new BadInputException(problem is null ? $"No invoice has the number {invoice}." : $"Nothing was credited. {problem}");
                }

                context.Screen.Answer(
                    ShownCreditNote.Of(note),
                    console => console.Line($"{note.Number} credits {Texts.WithCurrency(note.Total)} of {note.Invoice} ({Texts.WithCurrency(note.Net)} net).{(note.Restocks ? " The next close bills the work again." : "")}"));
                return ExitCode.Done;
            },
            token));
        return command;
    }

    private static CreditedAmount LineOf(string text)
    {
        var parts = text.Split('=');
        decimal amount = 0;
        return parts.Length <= 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            && (parts.Length == 1 || decimal.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount))
            ? new CreditedAmount(line, parts.Length == 1 ? null : amount)
            : throw new BadInputException($"--line: '{text}' is neither a line's number, such as 3, nor one with an amount, such as 3=100.00.");
    }
}
