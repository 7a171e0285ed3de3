using MspBilling.Core.Reports;
using Spectre.Console;

namespace MspBilling.Local.Output;

/// <summary>A reconciliation for people: what is open with what settles it, then what is accepted and what is only counted.</summary>
internal static class Exceptions
{
    public static void Print(IAnsiConsole console, ReconciliationReport report)
    {
        if (report.Exceptions.Count == 0)
        {
            console.Line($"Nothing is open in {report.Period}: {Texts.Of(report.Products.Count)} products compared.");
        }
        else
        {
            console.Write(TableOf(report));
            foreach (var item in report.Exceptions)
            {
                console.Line($"[bold]{item.ClientName}, {item.Product}[/]: {item.Title.ToLowerInvariant()} ({Adapters.Capture.AcceptancesFile.WordOf(item.Kind)})");
                foreach (var action in item.Actions)
                {
                    console.Line($"  - {action.Words}");
                }
            }

            foreach (var side in report.Totals.Where(total => total.Exceptions > 0))
            {
                console.Line($"{Words(side.Side)}: {Texts.Of(side.Exceptions)}, a month {(side.Revenue.Count > 0 ? Texts.Of(side.Revenue) : "-")} of revenue, {(side.Cost.Count > 0 ? Texts.Of(side.Cost) : "-")} of cost");
            }
        }

        foreach (var (item, acceptance) in report.Accepted)
        {
            console.Line($"[grey]Accepted: {item.ClientName}, {item.Product}: {item.Title.ToLowerInvariant()} by {Texts.Of(item.Difference)}, {acceptance.By}: {acceptance.Why}[/]");
        }

        if (report.Below.Exceptions > 0)
        {
            console.Line($"[grey]Below the thresholds: {Texts.Of(report.Below.Exceptions)}{(report.Below.Worth.Count > 0 ? $", worth {Texts.Of(report.Below.Worth)} a month" : "")}[/]");
        }
    }

    private static Table TableOf(ReconciliationReport report)
    {
        var table = Tables.Titled($"Exceptions of {report.Period}").AddColumns(
            new TableColumn("Client"), new TableColumn("Product"), new TableColumn("What is the matter"), Tables.Number("Bought"), Tables.Number("In use"), Tables.Number("Agreed"), Tables.Number("Invoiced"),
            Tables.Number("Difference"), Tables.Number("Revenue"), Tables.Number("Cost"));
        foreach (var item in report.Exceptions)
        {
            table.AddRow(
                Markup.Escape(item.ClientName), Markup.Escape(item.Product == item.Name ? item.Name : $"{item.Product} ({item.Name})"), Markup.Escape(item.Title), Of(item.Bought), Of(item.InUse), Of(item.Agreed),
                Of(item.Invoiced), Of(item.Difference), item.Revenue is { } revenue ? Texts.WithCurrency(revenue) : "", item.Cost is { } cost ? Texts.WithCurrency(cost) : "");
        }

        return table;
    }

    private static string Of(decimal? quantity) => quantity is { } known ? Texts.Of(known) : "?";

    private static string Words(DiscrepancySide side) => side switch
    {
        DiscrepancySide.UnderBilling => "Under-billing",
        DiscrepancySide.OverBilling => "Over-billing",
        DiscrepancySide.Waste => "Bought in vain",
        _ => throw new InvalidOperationException($"{side} has no words."),
    };
}
