using System.CommandLine;
using System.Globalization;
using MspBilling.App.Capture;
using MspBilling.App.Rating;
using MspBilling.App.Reports;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary><c>holds list|release|write-off|withdraw|history</c>: what waits, and what somebody decides about it.</summary>
internal static class HoldsCommand
{
    public static Command Create() => new("holds", "Show what is held, decide about it, and see what was decided.")
    {
        List(),
        Decide("release", DecisionKind.Release, "Bill held work, or let it go, in spite of the reason that holds it."),
        Decide("write-off", DecisionKind.WriteOff, "Give held work up."),
        Decide("withdraw", DecisionKind.Withdraw, "Take decisions back."),
        History(),
    };

    private static Option<Period?> Month() => PeriodOption.Optional("--period", "The month, such as 2024-09.");

    private static Option<string?> Client() => new("--client") { Description = "One client, by its id or a part of its name." };

    private static Option<string?> Reason(string description) => new("--reason") { Description = description };

    private static Command List()
    {
        var (period, client, reason) = (Month(), Client(), Reason("Only what is held for this reason, by its code, such as unapproved-time."));
        var command = new Command("list", "List what is held, with what releases it; the newest month where none is named.") { period, client, reason };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var asked = result.GetValue(period) ?? await context.Get<ReportReader>().NewestPeriodAsync(token).ConfigureAwait(false);
                var clientId = await ClientIdAsync(context, result.GetValue(client), token).ConfigureAwait(false);
                var held = asked is { } month ? await context.Get<HoldReader>().ReadAsync(month, clientId, result.GetValue(reason), token).ConfigureAwait(false) : [];
                context.Screen.Answer(new { period = asked, holds = held.Select(each => each.Shown) }, console => HoldText.Print(console, asked, held));
                return ExitCode.Done;
            },
            token));
        return command;
    }

    private static Command Decide(string name, DecisionKind kind, string description)
    {
        var ids = new Argument<string[]>("ids") { Description = "Ids as 'holds list' shows them; none where --reason is given.", Arity = ArgumentArity.ZeroOrMore };
        var (period, client, reason) = (Month(), Client(), Reason("Everything that is held for this reason, by its code, instead of ids."));
        var by = new Option<string>("--by") { Description = "Who decides.", Required = true };
        var why = new Option<string>("--why") { Description = "Why.", Required = true };
        var command = new Command(name, description) { ids, period, client, reason, by, why };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var (named, code) = (result.GetValue(ids) ?? [], result.GetValue(reason));
                if (named.Length > 0 == code is not null)
                {
                    throw new BadInputException("Name either ids or --reason, and not both.");
                }

                var (who, text) = (result.GetRequiredValue(by).Trim(), result.GetRequiredValue(why).Trim());
                if (who.Length == 0 || text.Length == 0)
                {
                    throw new BadInputException("Say who decides with --by and the reason with --why; neither may be empty.");
                }

                var clientId = await ClientIdAsync(context, result.GetValue(client), token).ConfigureAwait(false);
                var report = await context.Get<HoldDecisions>().DecideAsync(new DecisionRequest(kind, named, code, clientId, result.GetValue(period), who, text), token).ConfigureAwait(false);
                return Tell(context, kind, report);
            },
            token));
        return command;
    }

    private static int Tell(CommandContext context, DecisionKind kind, DecisionReport report)
    {
        context.Screen.Answer(
            new
            {
                made = report.Made.Select(decision => decision.Activity.ToString()),
                known = report.Known.Select(decision => decision.Activity.ToString()),
                refused = report.Refused.Select(refused => new { refused.Id, refused.Because }),
            },
            _ => { });
        foreach (var refused in report.Refused)
        {
            Screen.Problem($"{refused.Id}: {refused.Because}");
        }

        if (report.Refused.Count > 0)
        {
            Screen.Problem("Nothing was changed.");
            return ExitCode.HeldOrFailed;
        }

        var word = kind switch { DecisionKind.Release => "released", DecisionKind.WriteOff => "written off", _ => "withdrawn" };
        context.Screen.Notice(report.Made.Count + report.Known.Count == 0
            ? "Nothing matches."
            : string.Create(CultureInfo.CurrentCulture, $"{report.Made.Count} {word}{(report.Known.Count > 0 ? $", {report.Known.Count} as before" : "")}. The next close looks at it."));
        return ExitCode.Done;
    }

    private static Command History()
    {
        var id = new Argument<string?>("id") { Description = "One activity; all where it is left out.", Arity = ArgumentArity.ZeroOrOne };
        var (period, client) = (Month(), Client());
        var command = new Command("history", "Show who decided what, when, why, what it was worth and what became of it.") { id, period, client };
        command.SetAction((result, token) => CommandContext.RunAsync(
            result,
            0,
            async context =>
            {
                var text = result.GetValue(id);
                RecordId? activity = text is null ? null : RecordId.Parse(text) ?? throw new BadInputException($"'{text}' is no id of an activity; take it from 'holds list'.");
                var clientId = await ClientIdAsync(context, result.GetValue(client), token).ConfigureAwait(false);
                var decided = await context.Get<HoldHistory>().ReadAsync(activity, result.GetValue(period), clientId, token).ConfigureAwait(false);
                context.Screen.Answer(HoldEndpoint.Shown(decided), console => HoldText.Print(console, decided));
                return ExitCode.Done;
            },
            token));
        return command;
    }

    /// <exception cref="BadInputException">None has that id or name, or several have.</exception>
    private static async Task<string?> ClientIdAsync(CommandContext context, string? text, CancellationToken cancellationToken)
    {
        if (text is null or Core.Clients.Client.Unknown)
        {
            return text;
        }

        return await context.Get<StoredClients>().FindAsync(text, cancellationToken).ConfigureAwait(false) switch
        {
            [var one] => one,
            [] => throw new BadInputException($"No client has the id {text} or a name with it."),
            var several => throw new BadInputException($"--client: '{text}' is in the names of {several.Count} clients; give the id, such as {several[0]}."),
        };
    }
}
