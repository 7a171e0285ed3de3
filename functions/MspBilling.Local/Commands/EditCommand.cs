using System.CommandLine;
using MspBilling.App.Invoicing;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary><c>edit add --period 2024-09 --client NAME --line 3 --percent -10 --text TEXT --by NAME --why TEXT</c>: changes a draft that waits; <c>list</c> and <c>withdraw</c> say and undo what was changed.</summary>
internal static class EditCommand
{
    public static Command Create() => new("edit", "Change a draft that waits, with who and why; it is computed anew with that, and waits for approval.") { Add(), List(), Withdraw() };

    private static Option<string> ClientOption() => new("--client") { Description = "The client, by its id or a part of its name.", Required = true };

    private static Option<string> ByOption() => new("--by") { Description = "Who decides.", Required = true };

    private static Option<string> WhyOption() => new("--why") { Description = "Why; who approves the draft reads it, the client does not.", Required = true };

    private static Command Add()
    {
        var (period, client, by, why) = (PeriodOption.Required(), ClientOption(), ByOption(), WhyOption());
        var currency = new Option<string?>("--currency") { Description = "Of the draft, where the client has several." };
        var part = new Option<string?>("--part") { Description = "Which of the client's drafts in the currency, where its invoices are split: the agreement's id, the purchase order or the site." };
        var line = new Option<int?>("--line") { Description = "The line to change, by its number on the draft; a line of its own, or with --percent all lines of an agreement, where it is left out." };
        var agreement = new Option<string?>("--agreement") { Description = "Where no line is named: the agreement, by id or name." };
        var service = new Option<string?>("--service") { Description = "What a line of its own stands under and is taxed by." };
        var text = new Option<string>("--text") { Description = "What the client reads.", Required = true };
        var amount = new Option<decimal?>("--amount") { Description = "An amount without tax in the draft's currency; below zero takes off." };
        var percent = new Option<decimal?>("--percent") { Description = "A percentage of the line or of the agreement's lines; below zero takes off." };
        var to = new Option<decimal?>("--to") { Description = "What the line shall come to." };
        var id = new Option<string?>("--id") { Description = "An id of your own: a request that is sent again with it does nothing." };
        var command = new Command("add", "Put an amount or a percentage on a draft.") { period, client, currency, part, line, agreement, service, text, amount, percent, to, id, by, why };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var clientId = await context.ClientIdAsync(result.GetRequiredValue(client), token).ConfigureAwait(false);
                var request = new EditRequest(
                    result.GetRequiredValue(period), clientId, result.GetValue(id), result.GetValue(currency), result.GetValue(line), result.GetValue(agreement), result.GetValue(service), result.GetRequiredValue(text),
                    result.GetValue(amount), result.GetValue(percent), result.GetValue(to), Said(result.GetRequiredValue(by), "--by"), Said(result.GetRequiredValue(why), "--why"))
                {
                    Part = result.GetValue(part),
                };
                return Answer(context, await context.Get<DraftEditing>().EditAsync(request, token).ConfigureAwait(false));
            },
            token));
        return command;
    }

    private static Command List()
    {
        var (period, client) = (PeriodOption.Required(), ClientOption());
        var command = new Command("list", "What was changed on a client's draft, withdrawn edits too.") { period, client };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var clientId = await context.ClientIdAsync(result.GetRequiredValue(client), token).ConfigureAwait(false);
                var edits = ShownEdit.Of(await context.Get<DraftEditing>().ListAsync(result.GetRequiredValue(period), clientId, token).ConfigureAwait(false));
                context.Screen.Answer(new { edits }, console =>
                {
                    foreach (var edit in edits)
                    {
                        console.Line($"{edit.Id}  {edit.At.UtcDateTime:yyyy-MM-dd HH:mm}  {edit.By}: {(edit.Withdraws is { } withdrawn ? $"withdrew {withdrawn}" : edit.Text)} ({edit.Why}){(edit.IsWithdrawn ? ", withdrawn" : "")}");
                    }

                    if (edits.Count == 0)
                    {
                        console.Line($"Nobody has edited the draft.");
                    }
                });
                return ExitCode.Done;
            },
            token));
        return command;
    }

    private static Command Withdraw()
    {
        var (period, client, by, why) = (PeriodOption.Required(), ClientOption(), ByOption(), WhyOption());
        var edit = new Argument<string>("edit") { Description = "Its id, as edit list has it." };
        var command = new Command("withdraw", "Take an edit back; both stay in the list.") { edit, period, client, by, why };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var clientId = await context.ClientIdAsync(result.GetRequiredValue(client), token).ConfigureAwait(false);
                return Answer(context, await context.Get<DraftEditing>().WithdrawAsync(
                    result.GetRequiredValue(period), clientId, result.GetRequiredValue(edit), Said(result.GetRequiredValue(by), "--by"), Said(result.GetRequiredValue(why), "--why"), token).ConfigureAwait(false));
            },
            token));
        return command;
    }

    private static int Answer(CommandContext context, EditReport report)
    {
        if (report is not { Edit: { } edit, Draft: { } draft })
        {
            throw new BadInputException($"Nothing was changed. {report.Problem}");
        }

        context.Screen.Answer(
            new { edit = ShownEdit.Of(edit, isWithdrawn: false), draft = new { draft.Period, draft.ClientId, draft.ClientName, invoices = draft.Drafts ?? [], draft.Objections } },
            console =>
            {
                console.Line($"{edit.Id}: {(edit.Withdraws is { } withdrawn ? $"{withdrawn} is withdrawn" : edit.Text)}.");
                foreach (var invoice in draft.Drafts ?? [])
                {
                    console.Line($"{draft.ClientName}, {draft.Period}: the draft comes to {Texts.WithCurrency(invoice.Total)} ({Texts.WithCurrency(invoice.Net)} net), and waits for approval.");
                }
            });
        return ExitCode.Done;
    }

    private static string Said(string text, string option) => text.Trim() is { Length: > 0 } said ? said : throw new BadInputException($"{option} may not be empty.");
}
