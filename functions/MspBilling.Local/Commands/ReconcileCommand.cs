using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MspBilling.Adapters.Capture;
using MspBilling.App.Rating;
using MspBilling.App.Reports;
using MspBilling.Core.Time;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary>
/// <c>report reconciliation --period 2024-09</c>: where vendors, use, agreements and invoices do not agree; <c>reconcile accept</c> and <c>reconcile withdraw</c>: what is
/// left as it is.
/// </summary>
internal static class ReconcileCommand
{
    public static Command Create() => new("reconcile", "Accept exceptions of the reconciliation, which report reconciliation lists.") { Accept(), Withdraw() };

    public static Command Report()
    {
        var period = PeriodOption.Required();
        var client = new Option<string?>("--client") { Description = "One client, by its id or a part of its name." };
        var command = new Command("reconciliation", "Where what vendors bill, what is in use, what is agreed and what is to be invoiced do not agree; exit code 1 while any of it is open.") { period, client };
        command.SetAction((result, token) => CommandContext.RunAsync(result, 0, context => ReportAsync(context, result.GetRequiredValue(period), result.GetValue(client), token), token));
        return command;
    }

    private static Command Accept()
    {
        var (client, product, kind) = Names();
        var (period, by, why) = (PeriodOption.Required(), By(), Why());
        var upTo = new Option<decimal?>("--up-to") { Description = "The largest difference; the one that there is where it is left out.", CustomParser = Number };
        var until = new Option<DateOnly?>("--until") { Description = "The last day that it is accepted for, such as 2024-12-31; for ever where it is left out.", CustomParser = Date };
        var command = new Command("accept", "Leave an exception as it is; it comes back when it grows, becomes another, or the day is past.") { client, product, kind, period, why, upTo, until, by };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            context => StoreAsync(context, result.GetRequiredValue(period), Asked(result, client, product, kind, result.GetRequiredValue(why)) with { UpTo = result.GetValue(upTo), Until = result.GetValue(until) }, result.GetValue(by)!, token),
            token));
        return command;
    }

    private static Command Withdraw()
    {
        var (client, product, kind) = Names();
        var (period, by, why) = (PeriodOption.Required(), By(), Why());
        var command = new Command("withdraw", "Take back what was accepted.") { client, product, kind, period, why, by };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result, 0, context => StoreAsync(context, result.GetRequiredValue(period), Asked(result, client, product, kind, result.GetRequiredValue(why)) with { UpTo = 0 }, result.GetValue(by)!, token), token));
        return command;
    }

    private static (Argument<string> Client, Argument<string> Product, Argument<string> Kind) Names() => (
        new Argument<string>("client") { Description = "The client's id." },
        new Argument<string>("product") { Description = "The product, as the report names it." },
        new Argument<string>("kind") { Description = string.Join(", ", AcceptancesFile.Words) }.AcceptOnlyFromAmong([.. AcceptancesFile.Words]));

    private static Option<string> By() => new("--by") { Description = "Who says so; the user of this machine where it is left out.", DefaultValueFactory = _ => Environment.UserName };

    private static Option<string> Why() => new("--why") { Description = "Why.", Required = true };

    private static AcceptanceRequest Asked(ParseResult result, Argument<string> client, Argument<string> product, Argument<string> kind, string why) =>
        new(result.GetRequiredValue(client), result.GetRequiredValue(product), AcceptancesFile.KindOf(result.GetRequiredValue(kind))!.Value, null, null, why);

    private static decimal? Number(ArgumentResult argument)
    {
        if (decimal.TryParse(argument.Tokens[0].Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        argument.AddError($"--up-to: '{argument.Tokens[0].Value}' is not a number; write 2 or 2.5.");
        return null;
    }

    private static DateOnly? Date(ArgumentResult argument)
    {
        if (DateOnly.TryParseExact(argument.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        argument.AddError($"--until: '{argument.Tokens[0].Value}' is not a date; write 2024-12-31.");
        return null;
    }

    private static async Task<int> ReportAsync(CommandContext context, Period period, string? name, CancellationToken cancellationToken)
    {
        if (!await References.AreThereAsync(context, cancellationToken).ConfigureAwait(false))
        {
            return ExitCode.BadInput;
        }

        var clients = await context.Get<StoredClients>().FindAsync(name, cancellationToken).ConfigureAwait(false);
        if (name is not null && clients.Count == 0)
        {
            throw new BadInputException($"No client has the id {name} or a name with it.");
        }

        var report = await context.Get<ReconciliationReader>().ReadAsync(period, clients, cancellationToken).ConfigureAwait(false);
        context.Screen.Answer(ShownReconciliation.Of(report), console => Exceptions.Print(console, report));
        return report.Exceptions.Count > 0 ? ExitCode.HeldOrFailed : ExitCode.Done;
    }

    private static async Task<int> StoreAsync(CommandContext context, Period period, AcceptanceRequest request, string by, CancellationToken cancellationToken)
    {
        if (!await References.AreThereAsync(context, cancellationToken).ConfigureAwait(false))
        {
            return ExitCode.BadInput;
        }

        var outcome = await context.Get<AcceptanceJob>().StoreAsync(period, [request], by, cancellationToken).ConfigureAwait(false);
        if (outcome.Problem is { } problem)
        {
            throw new BadInputException(problem);
        }

        var accepted = outcome.Accepted[0];
        context.Screen.Answer(
            new { outcome.Changed, accepted = outcome.Accepted.Select(a => new { client = a.ClientId, a.Product, a.Kind, a.UpTo, a.Until, a.By, a.Why, at = a.Revision }) },
            console => console.Line(accepted.UpTo == 0 ? (FormattableString)$"Withdrawn." : $"Accepted up to {Texts.Of(accepted.UpTo)}{(accepted.Until is { } until ? $" until {Texts.Of(until)}" : "")}."));
        return ExitCode.Done;
    }
}
