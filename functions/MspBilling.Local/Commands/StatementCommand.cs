using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MspBilling.App.Invoicing;
using MspBilling.Core.Documents;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;
using Spectre.Console;

namespace MspBilling.Local.Commands;

/// <summary><c>statement CLIENT --from 2024-09-01 --to 2024-09-30 [--pdf FILE]</c>: what a client owed, what was invoiced, credited and paid, what it owes.</summary>
internal static class StatementCommand
{
    public static Command Create()
    {
        var client = new Argument<string>("client") { Description = "The client, by its id or a part of its name." };
        var from = new Option<DateOnly?>("--from") { Description = "The first day, such as 2024-09-01; that of the month where it is left out.", CustomParser = Day };
        var to = new Option<DateOnly?>("--to") { Description = "The last day; today where it is left out.", CustomParser = Day };
        var pdf = new Option<FileInfo?>("--pdf") { Description = "Write it to this file as well, to be sent to the client." };
        var command = new Command("statement", "Show a client's account: opening balance, invoices, credit notes, payments, closing balance, ageing.") { client, from, to, pdf };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var clientId = await context.ClientIdAsync(result.GetRequiredValue(client), token).ConfigureAwait(false);
                var statement = await context.Get<StatementReader>().ReadAsync(clientId, result.GetValue(from), result.GetValue(to), token).ConfigureAwait(false) ?? throw new BadInputException($"{clientId} is no client.");
                if (result.GetValue(pdf) is { } file)
                {
                    await File.WriteAllBytesAsync(file.FullName, await context.Get<StatementReader>().PdfAsync(statement, token).ConfigureAwait(false), token).ConfigureAwait(false);
                    context.Screen.Notice($"The statement is in {file.FullName}.");
                }

                context.Screen.Answer(
                    new { client = statement.Client.Id, name = statement.Client.Name, from = statement.Days.Start, to = statement.Days.LastDay, statement.Accounts },
                    console => Print(console, statement));
                return ExitCode.Done;
            },
            token));
        return command;
    }

    private static DateOnly? Day(ArgumentResult argument)
    {
        if (DateOnly.TryParseExact(argument.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        argument.AddError($"'{argument.Tokens[0].Value}' is not a day; write it as 2024-09-30.");
        return null;
    }

    private static void Print(IAnsiConsole console, Statement statement)
    {
        if (statement.Accounts.Count == 0)
        {
            console.Line($"{statement.Client.Name} never had an invoice or a payment.");
        }

        var labels = InvoiceLabels.For(DocumentLanguage.Of("en"));
        foreach (var account in statement.Accounts)
        {
            var table = Tables.Titled($"{statement.Client.Name}, {Texts.Of(statement.Days.Start)} to {Texts.Of(statement.Days.LastDay)}, {account.Closing.Currency.Code}");
            foreach (var column in new[] { Tables.Word("Date"), Tables.Word("What"), Tables.Word("Reference"), Tables.Number("Amount"), Tables.Number("Balance") })
            {
                table.AddColumn(column);
            }

            table.AddRow("", "Opening balance", "", "", Texts.Of(account.Opening));
            foreach (var (entry, balance) in account.Lines)
            {
                table.AddRow(Texts.Of(entry.Date), Markup.Escape(labels.NameOf(entry.Kind)), Markup.Escape(entry.Reference), Texts.Of(entry.Amount), Texts.Of(balance));
            }

            table.AddRow("", "Closing balance", "", "", Texts.Of(account.Closing));
            console.Write(table);
            var age = account.Ageing;
            console.Line($"Current {Texts.Of(age.Current)}, overdue 1-30 days {Texts.Of(age.Days1To30)}, 31-60 {Texts.Of(age.Days31To60)}, 61-90 {Texts.Of(age.Days61To90)}, over 90 {Texts.Of(age.Over90)}.");
        }
    }
}
