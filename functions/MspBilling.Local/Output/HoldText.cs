using MspBilling.App.Capture;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using Spectre.Console;

namespace MspBilling.Local.Output;

/// <summary>What is held, and what was decided about it, for people.</summary>
internal static class HoldText
{
    public static void Print(IAnsiConsole console, Period? period, IReadOnlyList<HeldWork> held)
    {
        if (held.Count == 0)
        {
            console.Line($"{(period is null ? "No period has been closed yet." : $"Nothing is held in {period}.")}");
            return;
        }

        foreach (var reason in held.GroupBy(each => each.Hold.Reason).OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Code, StringComparer.Ordinal))
        {
            var table = Tables.Titled($"{reason.Key.Title} ({reason.Key.Code})").AddColumns(
                new TableColumn("Id"), new TableColumn("Client"), new TableColumn("What"), Tables.Number("Worth"), new TableColumn("Decided"));
            foreach (var each in reason)
            {
                table.AddRow(
                    Markup.Escape(each.Hold.Activity.ToString()), Markup.Escape(each.Hold.ClientName), Markup.Escape(each.Detail), each.Hold.Value is { } value ? Texts.WithCurrency(value) : "",
                    Markup.Escape(each.Decided is { } decided ? decided.Past : ""));
            }

            console.Write(table);
            console.Line($"{Markup.Escape(reason.Key.Action)}{(reason.Key.Released is { } released ? $" Released: {Markup.Escape(released)}" : "")}");
        }
    }

    public static void Print(IAnsiConsole console, IReadOnlyList<DecidedHold> decided)
    {
        if (decided.Count == 0)
        {
            console.Line($"Nothing was decided.");
            return;
        }

        var table = Tables.Titled("Decisions").AddColumns(
            Tables.Word("When"), new TableColumn("Who"), new TableColumn("What"), new TableColumn("About"), Tables.Number("Worth"), new TableColumn("Why"), new TableColumn("What became of it"));
        foreach (var each in decided)
        {
            var decision = each.Decision;
            table.AddRow(
                Texts.Of(DateOnly.FromDateTime(decision.At.UtcDateTime)), Markup.Escape(decision.By), decision.Kind switch { DecisionKind.Release => "release", DecisionKind.WriteOff => "write-off", _ => "withdrawal" },
                Markup.Escape($"{decision.Activity} of {each.ClientName}, {decision.Period}"), decision.Value is { } value ? Texts.WithCurrency(value) : "", Markup.Escape(decision.Why), Markup.Escape(Became(each)));
        }

        console.Write(table);
    }

    private static string Became(DecidedHold each) => each.State switch
    {
        DecidedState.Waits => "waits for the next close",
        DecidedState.Withdrawn => $"withdrawn by {each.WithdrawnBy!.By}",
        DecidedState.Lapsed => "lapsed: the work has changed since",
        _ => string.Join(", ", each.Shares.Select(share => share.Reason is { } reason ? reason.Title : "billed").Distinct()),
    };
}
