using MspBilling.Core.Reports;
using Spectre.Console;

namespace MspBilling.Local.Output;

/// <summary>Where the captured work went, and what is held, with what settles it.</summary>
internal static class Leaks
{
    public static void Print(IAnsiConsole console, IReadOnlyList<DispositionSum> byDisposition, IReadOnlyList<HeldReason> reasons)
    {
        console.Line($"Captured work: {string.Join(", ", byDisposition.Where(d => d.Activities > 0).Select(d => $"{Texts.Of(d.Activities)} {Words(d)}"))}");
        if (reasons.Count == 0)
        {
            return;
        }

        var table = Tables.Titled("Held").AddColumns(
            new TableColumn("What is the matter"), Tables.Number("Items"), Tables.Number("Hours"), Tables.Number("Worth"), new TableColumn("What settles it"));
        foreach (var held in reasons)
        {
            table.AddRow(Markup.Escape(held.Title), Texts.Of(held.Activities), held.Hours == 0 ? "" : Texts.Of(held.Hours), Texts.LinesOf(held.Values.Select(v => v.Value)), Markup.Escape(held.Action));
        }

        console.Write(table);
    }

    public static void Print(IAnsiConsole console, IReadOnlyList<LeakFinding> findings)
    {
        if (findings.Count == 0)
        {
            return;
        }

        var table = Tables.Titled("What looks like a leak").AddColumns(new TableColumn("Client"), new TableColumn("What"), Tables.Number("Worth"), new TableColumn("What to do"));
        foreach (var finding in findings)
        {
            table.AddRow(Markup.Escape(finding.ClientName), Markup.Escape(finding.What), Texts.LinesOf(finding.Worth.Select(worth => worth.Value)), Markup.Escape(finding.Action));
        }

        console.Write(table);
    }

    private static string Words(DispositionSum sum) => sum.Disposition switch
    {
        Core.Rating.DispositionKind.Billed => "billed",
        Core.Rating.DispositionKind.Covered => "covered",
        Core.Rating.DispositionKind.NonBillable => "not billable",
        Core.Rating.DispositionKind.Held => "held",
        Core.Rating.DispositionKind.WrittenOff => "written off",
        _ => throw new InvalidOperationException($"{sum.Disposition} has no words."),
    };
}
