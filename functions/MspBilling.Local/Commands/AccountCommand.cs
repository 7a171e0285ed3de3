using System.CommandLine;
using System.Globalization;
using MspBilling.App.Invoicing;
using MspBilling.Core;
using MspBilling.Core.Invoicing;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;
using Spectre.Console;

namespace MspBilling.Local.Commands;

/// <summary><c>account show|pay|use-credit|write-off|waive-late-fees|reverse|update</c>: what a client has to pay and has in credit, and what moves either.</summary>
internal static class AccountCommand
{
    public static Command Create() => new("account", "Show what a client has to pay and has in credit, and take payments, use credit, write off.") { Show(), Pay(), UseCredit(), WriteOff(), WaiveLateFees(), Reverse(), Update() };

    private static Argument<string> Client() => new("client") { Description = "The client, by its id or a part of its name." };

    private static Option<string> By() => new("--by") { Description = "Who decides.", Required = true };

    private static Option<string> Why() => new("--why") { Description = "Why.", Required = true };

    private static Option<string?> Id() => new("--id") { Description = "An id of your own: a request that is sent again with it does nothing." };

    private static Option<string[]> Invoices() => new("--invoice") { Description = "An invoice to pay, by its number; several in the order in which they are paid. Those that were due first where none is named." };

    private static Command Show()
    {
        var client = Client();
        var command = new Command("show", "Show what is open, what is in credit, and all that moved either.") { client };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var clientId = await context.ClientIdAsync(result.GetRequiredValue(client), token).ConfigureAwait(false);
                var (who, invoices, ledger) = await context.Get<ClientAccounts>().ReadAsync(clientId, token).ConfigureAwait(false) ?? throw new BadInputException($"{clientId} is no client.");
                var shown = ShownAccount.Of(who, invoices, ledger, context.Get<StatementReader>().Today(who));
                context.Screen.Answer(shown, console => Print(console, shown));
                return ExitCode.Done;
            },
            token));
        return command;
    }

    private static Command Pay()
    {
        var (client, amount, currency) = (Client(), new Argument<string>("amount") { Description = "Such as 1190.00." }, new Argument<string>("currency") { Description = "Such as EUR." });
        var (invoices, by) = (Invoices(), By());
        var id = new Option<string>("--id") { Description = "The bank's id of the payment, or your own: with it the payment is taken once.", Required = true };
        var date = new Option<string>("--date") { Description = "The day of the payment, such as 2024-10-31.", Required = true };
        var reference = new Option<string?>("--reference") { Description = "As the bank has it." };
        var prepayment = new Option<bool>("--prepayment") { Description = "It is paid ahead: it pays no invoice now and is kept in credit." };
        var expires = new Option<string?>("--expires") { Description = "The last day on which what is paid ahead pays an invoice." };
        var agreement = new Option<string?>("--agreement") { Description = "What is paid ahead is a deposit for this agreement, by its id, and pays nothing else." };
        var command = new Command("pay", "Take a payment; what it has beyond its invoices is kept in credit.") { client, amount, currency, id, date, reference, invoices, prepayment, expires, agreement, by };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var text = result.GetRequiredValue(amount);
                decimal? paid = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var read) ? read : throw new BadInputException($"'{text}' is no amount; write it as 1190.00.");
                var (request, problem) = PaymentText.Read(
                    result.GetRequiredValue(id), paid, result.GetRequiredValue(currency), result.GetRequiredValue(date), result.GetValue(reference), Named(result.GetValue(invoices)), result.GetValue(prepayment),
                    result.GetValue(expires), result.GetValue(agreement), result.GetRequiredValue(by));
                var clientId = await context.ClientIdAsync(result.GetRequiredValue(client), token).ConfigureAwait(false);
                return Tell(context, await context.Get<ClientAccounts>().PayAsync(clientId, request ?? throw new BadInputException(problem!), token).ConfigureAwait(false));
            },
            token));
        return command;
    }

    private static Command UseCredit()
    {
        var (client, currency, invoices, id, by, why) = (Client(), new Argument<string>("currency") { Description = "Such as EUR." }, Invoices(), Id(), By(), Why());
        var command = new Command("use-credit", "Pay open invoices from what the client has in credit: deposits for an agreement, what expires first, what came first.") { client, currency, invoices, id, by, why };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var code = result.GetRequiredValue(currency);
                var of = Currency.TryParse(code, out var parsed) ? parsed : throw new BadInputException($"'{code}' is not a currency; write its ISO 4217 code, such as EUR.");
                var (who, text) = Decided(result.GetRequiredValue(by), result.GetRequiredValue(why));
                var clientId = await context.ClientIdAsync(result.GetRequiredValue(client), token).ConfigureAwait(false);
                return Tell(context, await context.Get<ClientAccounts>().UseCreditAsync(clientId, of, Named(result.GetValue(invoices)), result.GetValue(id), who, text, token).ConfigureAwait(false));
            },
            token));
        return command;
    }

    private static Command WriteOff() => OfInvoice("write-off", "Give up what is open of an invoice.", (accounts, number, id, by, why, token) => accounts.WriteOffAsync(number, id, by, why, token));

    private static Command WaiveLateFees() => OfInvoice(
        "waive-late-fees", "Give up the late fees of an invoice, those that were charged and those that would be.", (accounts, number, id, by, why, token) => accounts.WaiveLateFeesAsync(number, id, by, why, token));

    private static Command OfInvoice(string name, string description, Func<ClientAccounts, string, string?, string, string, CancellationToken, Task<(LedgerEntry? Entry, AccountRefusal? Refusal)>> decide)
    {
        var (number, id, by, why) = (new Argument<string>("invoice") { Description = "The number of the invoice." }, Id(), By(), Why());
        var command = new Command(name, description) { number, id, by, why };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var (who, text) = Decided(result.GetRequiredValue(by), result.GetRequiredValue(why));
                return Tell(context, await decide(context.Get<ClientAccounts>(), result.GetRequiredValue(number), result.GetValue(id), who, text, token).ConfigureAwait(false));
            },
            token));
        return command;
    }

    private static Command Update()
    {
        var command = new Command("update", "Write what the days up to now bring by themselves: credit that expired and, where the settings charge them, late fees. The served host does it four times a day.");
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var written = (await context.Get<AccountDays>().RunAsync(token).ConfigureAwait(false)).Select(each => new { client = each.ClientId, entry = ShownEntry.Of(each.Entry) }).ToList();
                context.Screen.Answer(new { written }, console =>
                {
                    foreach (var each in written)
                    {
                        console.Line($"{each.client}: {Words(each.entry)}");
                    }
                });
                context.Screen.Notice(written.Count == 0 ? "Nothing has expired, and no late fee is due." : $"{written.Count} entries were written.");
                return ExitCode.Done;
            },
            token));
        return command;
    }

    private static Command Reverse()
    {
        var (client, of, id, by, why) = (Client(), new Argument<string>("of") { Description = "The id of the payment, use of credit or write-off, as 'account show' has it." }, Id(), By(), Why());
        var command = new Command("reverse", "Undo a payment, a use of credit or a write-off.") { client, of, id, by, why };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var (who, text) = Decided(result.GetRequiredValue(by), result.GetRequiredValue(why));
                var clientId = await context.ClientIdAsync(result.GetRequiredValue(client), token).ConfigureAwait(false);
                return Tell(context, await context.Get<ClientAccounts>().ReverseAsync(clientId, result.GetRequiredValue(of), result.GetValue(id), who, text, token).ConfigureAwait(false));
            },
            token));
        return command;
    }

    private static string[]? Named(string[]? numbers) => numbers is null or [] ? null : numbers;

    /// <exception cref="BadInputException">Who or why is empty.</exception>
    private static (string By, string Why) Decided(string by, string why) => by.Trim().Length > 0 && why.Trim().Length > 0
        ? (by.Trim(), why.Trim())
        : throw new BadInputException("Say who decides with --by and the reason with --why; neither may be empty.");

    private static int Tell(CommandContext context, (LedgerEntry? Entry, AccountRefusal? Refusal) written)
    {
        var shown = ShownEntry.Of(written.Entry ?? throw new BadInputException($"Nothing was changed. {written.Refusal!.Because}"));
        context.Screen.Answer(shown, console => console.Line($"{Words(shown)}"));
        return ExitCode.Done;
    }

    private static string Words(ShownEntry entry)
    {
        var moved = entry.Invoices.Select(share => $"{share.Invoice} {Texts.WithCurrency(share.Amount)}").Concat(entry.Credit is { } credit ? [$"in credit {Texts.WithCurrency(credit)}"] : []);
        return $"{Texts.Of(entry.Date)} {entry.Kind} {entry.Id}: {string.Join(", ", moved)}";
    }

    private static void Print(IAnsiConsole console, ShownAccount account)
    {
        foreach (var open in account.Open)
        {
            console.Line($"{open.Number} due {Texts.Of(open.DueDate)}: {Texts.WithCurrency(open.Balance)} of {Texts.WithCurrency(open.Total)} open");
        }

        foreach (var credit in account.Credits)
        {
            console.Line($"{Texts.WithCurrency(credit.Left)} in credit{(credit.Prepayment ? ", paid ahead" : "")}{(credit.Expires is { } last ? $", {(credit.Expired ? "expired" : "expires")} {Texts.Of(last)}" : "")} ({credit.Id})");
        }

        foreach (var entry in account.Entries)
        {
            console.Line($"{Words(entry)}");
        }
    }
}
