using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.App.Reports;
using MspBilling.Core;
using MspBilling.Core.Accounting;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Reports;
using MspBilling.Core.Time;
using MspBilling.Local.Commands;
using MspBilling.Local.Hosting;
using Spectre.Console;

namespace MspBilling.Local.Output;

/// <summary>What a close came to: invoices, totals, what is held, what each room took.</summary>
internal sealed record CloseSummary(
    Period Period,
    IReadOnlyList<SummaryInvoice> Invoices,
    IReadOnlyList<SummaryTotal> Totals,
    IReadOnlyList<SummaryProblem> Quarantined,
    IReadOnlyList<SummaryDraft> Waiting,
    IReadOnlyList<SummaryUnadjusted> NotAdjusted,
    IReadOnlyList<OpenPeriod> Elsewhere,
    SummaryReconciliation? Reconciliation,
    LeakageReport Leakage,
    IReadOnlyList<RoomTime> Rooms,
    double? Seconds,
    string? Folder)
{
    // What a narrower terminal cannot show without breaking names apart is left out there: when it is due, and that it was sent.
    private const int RoomyWidth = 100;

    internal int ExitCode =>
        Quarantined.Count + Waiting.Count + NotAdjusted.Count + Elsewhere.Count > 0 || Leakage.Held.Count > 0 || Invoices.Any(i => i.Accounting != SyncState.Confirmed) ? Hosting.ExitCode.HeldOrFailed : Hosting.ExitCode.Done;

    /// <param name="close">Null when the period is only looked at.</param>
    public static async Task<CloseSummary> ReadAsync(CommandContext context, Period period, PeriodClose.Result? close, CancellationToken cancellationToken)
    {
        var bills = context.Get<BillStore>();
        var invoices = await bills.ListAsync<IssuedInvoice>(period, cancellationToken).ConfigureAwait(false);
        var sync = (await bills.ListAsync<OutboxEntry>(period, cancellationToken).ConfigureAwait(false)).ToDictionary(e => e.Number);
        var outcomes = await bills.ListAsync<ClientOutcome>(period, cancellationToken).ConfigureAwait(false);
        var run = await context.Get<RunStore>().FindAsync(period, cancellationToken).ConfigureAwait(false);
        return new CloseSummary(
            period,
            [
                .. invoices.OrderBy(i => i.Number, StringComparer.Ordinal).Select(i => new SummaryInvoice(
                    i.Number, i.ClientId, i.ClientName, i.Currency, i.Net, i.Tax, i.Total, i.DueDate, sync[i.Number].State, sync[i.Number].Error)),
            ],
            [
                .. invoices.GroupBy(i => i.Currency).OrderBy(g => g.Key.Code, StringComparer.Ordinal).Select(g => new SummaryTotal(
                    g.Key, g.Count(), Money.Sum(g.Select(i => i.Net), g.Key), Money.Sum(g.Select(i => i.Tax), g.Key), Money.Sum(g.Select(i => i.Total), g.Key))),
            ],
            [.. outcomes.Where(o => o.State == ClientState.Quarantined).Select(o => new SummaryProblem(o.ClientName, o.Problem ?? ""))],
            [.. outcomes.Where(o => o.Waits).OrderBy(o => o.ClientId, StringComparer.Ordinal).SelectMany(o => o.Drafts!.Select(draft => new SummaryDraft(o.ClientId, o.ClientName, draft.Currency, draft.Net, draft.Tax, draft.Total, [.. (o.Objections ?? []).Select(objection => objection.Words)])))],
            [.. outcomes.SelectMany(o => (o.NotAdjusted ?? []).Select(unadjusted => new SummaryUnadjusted(o.ClientName, unadjusted.Period, unadjusted.Problem)))],
            await context.Get<OpenElsewhere>().ListAsync(period, cancellationToken).ConfigureAwait(false),
            Unreconciled.Of(outcomes) is { } open ? new SummaryReconciliation(open.Exceptions, [.. open.Worth.Select(worth => new CurrencyValue(worth.Currency, worth))], open.Words) : null,
            await context.Get<ReportReader>().LeakageAsync(period, null, cancellationToken).ConfigureAwait(false),
            run?.Rooms ?? [],
            close?.Took?.TotalSeconds,
            close?.Folder.FullName);
    }

    public void Print(IAnsiConsole console)
    {
        var table = Tables.Titled($"Invoices of {Period}")
            .AddColumns(Tables.Word("Number"), new TableColumn("Client"), Tables.Number("Net"), Tables.Number("Tax"), Tables.Number("Total"), Tables.Word(""));
        var roomy = console.Profile.Width >= RoomyWidth;
        if (roomy)
        {
            table.AddColumns(Tables.Word("Due"), Tables.Word("Accounting"));
        }

        foreach (var i in Invoices)
        {
            var accounting = i.Accounting switch { SyncState.Confirmed => "[green]sent[/]", SyncState.Failed => "[red]failed[/]", _ => "[yellow]waits[/]" };
            string[] row = [Markup.Escape(i.Number), Markup.Escape(i.ClientName), Texts.Of(i.Net), Texts.Of(i.Tax), Texts.Of(i.Total), i.Currency.Code];
            table.AddRow(roomy ? [.. row, Texts.Of(i.DueDate), accounting] : row);
        }

        foreach (var total in Totals)
        {
            table.AddRow("", $"[bold]{(total.Invoices == 1 ? "1 invoice" : $"{total.Invoices} invoices")}[/]", $"[bold]{Texts.Of(total.Net)}[/]", $"[bold]{Texts.Of(total.Tax)}[/]", $"[bold]{Texts.Of(total.Total)}[/]", total.Currency.Code);
        }

        if (Invoices.Count == 0)
        {
            console.Line($"No invoices of {Period}.");
        }
        else
        {
            console.Write(table);
        }

        foreach (var failed in Invoices.Where(i => i.AccountingError is not null))
        {
            console.Line($"[red]{failed.Number}[/]: {failed.AccountingError}");
        }

        foreach (var client in Quarantined)
        {
            console.Line($"[red]{client.ClientName} was not billed[/]: {client.Problem}");
        }

        foreach (var draft in Waiting)
        {
            console.Line($"[yellow]{draft.ClientName}: {Texts.Of(draft.Total)} {draft.Currency.Code} wait for approval[/]: {string.Join(' ', draft.Because)}");
        }

        if (Waiting.Count > 0)
        {
            console.Line($"[yellow]approve --period {Period} --by NAME[/] issues them; with [yellow]--client[/] those of one client.");
        }

        foreach (var late in NotAdjusted)
        {
            console.Line($"[red]{late.ClientName}: {late.Period} could not be adjusted to what came late[/]: {late.Problem} {UnadjustedPeriod.Action}");
        }

        foreach (var open in Elsewhere)
        {
            console.Line($"[yellow]Not in it:[/] {open.Words}");
        }

        if (Reconciliation is { } unreconciled)
        {
            console.Line($"[yellow]{unreconciled.Words}[/] report reconciliation --period {Period} lists them.");
        }

        Leaks.Print(console, Leakage.ByDisposition, Leakage.Held);
        if (Seconds is not null && Rooms.Count > 0)
        {
            console.Line($"[grey]Work by room (what runs side by side adds up): {string.Join(", ", Rooms.Where(r => r.Milliseconds > 0).Select(r => $"{r.Room} {r.Milliseconds:N0} ms"))}[/]");
        }

        if (Seconds is not null)
        {
            console.WholeLine($"Closed in [bold]{Seconds:0.0} s[/]. PDFs and accounting files: {Folder}");
        }
    }
}

internal sealed record SummaryInvoice(
    string Number, string ClientId, string ClientName, Currency Currency, Money Net, Money Tax, Money Total, DateOnly DueDate, SyncState Accounting, string? AccountingError);

internal sealed record SummaryTotal(Currency Currency, int Invoices, Money Net, Money Tax, Money Total);

internal sealed record SummaryUnadjusted(string ClientName, Period Period, string Problem);

/// <param name="Worth">A month.</param>
internal sealed record SummaryReconciliation(int Exceptions, IReadOnlyList<CurrencyValue> Worth, string Words);

/// <param name="Because">What it waits for.</param>
internal sealed record SummaryDraft(string ClientId, string ClientName, Currency Currency, Money Net, Money Tax, Money Total, IReadOnlyList<string> Because);

internal sealed record SummaryProblem(string ClientName, string Problem);
