using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Storage;
using MspBilling.App.Api;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Reports;

namespace MspBilling.App.Invoicing;

/// <summary>Billing runs: which there are, how one stands, and starting one.</summary>
public sealed class RunEndpoints(RunStore runs, BillStore bills, RecordStore records, BillingRunner runner, DueRuns dueRuns, InvoiceNow now, OpenElsewhere elsewhere)
{
    private sealed record StartRequest(string? Period, bool Due, string? On, string? Client);

    public async Task<IResult> PeriodsAsync(CancellationToken cancellationToken) =>
        Answers.Json(new { periods = (await runs.ListAsync(cancellationToken).ConfigureAwait(false)).Select(run => run.Period) });

    /// <summary>Starts the close of a period, or of whatever is due; one that is running or finished is carried on, not doubled.</summary>
    public async Task<IResult> StartAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (body, refusal) = await JsonBody.ReadAsync<StartRequest>(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        var on = PaymentText.DateOf(body!.On);
        var isByDay = body.Due || body.Client is not null;
        if ((body.Due && body.Client is not null) || (isByDay ? body.Period is not null || (body.On is not null && on is null) : body.On is not null))
        {
            return Answers.BadRequest(
                "Say which period to close, {\"period\":\"2024-09\"}; or that whatever is due is to be billed, {\"due\":true}; or which client to bill now, {\"client\":\"cw-250\"}; the last two as on a day with \"on\":\"2024-10-04\".");
        }

        var (period, unreadable) = isByDay ? (null, null) : Answers.PeriodOf(body.Period);
        if (unreadable is not null)
        {
            return unreadable;
        }

        if ((await records.ReferencesAsync(RecordKind.MspSettings, cancellationToken).ConfigureAwait(false)).Count == 0)
        {
            return Results.Problem("Import msp-settings.json and the PSA's files first.", title: "Nothing can be billed yet", statusCode: StatusCodes.Status409Conflict);
        }

        if (body.Due)
        {
            var due = await dueRuns.ListAsync(on, cancellationToken).ConfigureAwait(false);
            _ = dueRuns.RunAsync(on, default);
            return Answers.Json(new { due = due.Select(each => new { id = each.Period, clients = each.Clients }) }, StatusCodes.Status202Accepted);
        }

        if (body.Client is { } client)
        {
            var report = await now.RunAsync(client, on, cancellationToken).ConfigureAwait(false);
            return report.Period is { } billed
                ? Results.Accepted($"/api/runs/{billed}", new { id = billed.ToString() })
                : Answers.Conflict("That cannot be billed now", report.Problem!);
        }

        _ = runner.Start(period!.Value);
        return Results.Accepted($"/api/runs/{period}", new { id = period.ToString() });
    }

    public async Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (period, refusal) = Answers.PeriodOf((string?)request.RouteValues["period"]);
        if (refusal is not null)
        {
            return refusal;
        }

        var run = await runs.FindAsync(period!.Value, cancellationToken).ConfigureAwait(false);
        if (run is null)
        {
            return Answers.NotFound($"{period} has not been closed. Close it with POST /api/runs {{\"period\":\"{period}\"}}.");
        }

        var outcomes = await bills.ListAsync<ClientOutcome>(run.Period, cancellationToken).ConfigureAwait(false);
        var invoices = await bills.ListAsync<IssuedInvoice>(run.Period, cancellationToken).ConfigureAwait(false);
        return Answers.Json(new
        {
            id = run.Period,
            state = run.State,
            problem = run.Problem,
            startedAt = run.StartedAt,
            finishedAt = run.FinishedAt,
            invoiceDate = run.InvoiceDate,
            clients = run.Clients,
            clientsDone = outcomes.Count(o => o.State != ClientState.NotAClient),
            invoices = invoices.Count,
            quarantined = outcomes.Where(o => o.State == ClientState.Quarantined).Select(o => new { o.ClientId, o.ClientName, reason = o.Problem }),
            waiting = outcomes.Where(o => o.Waits).OrderBy(o => o.ClientId, StringComparer.Ordinal).Select(o => new
            {
                o.ClientId,
                o.ClientName,
                state = o.InvoiceState,
                invoices = (o.Drafts ?? []).Select(draft => new { draft.Currency, draft.Part, draft.Net, draft.Tax, draft.Total, pdf = DraftEndpoint.Address(o, draft) }),
                because = (o.Objections ?? []).Select(objection => objection.Words),
            }),
            notAdjusted = outcomes.SelectMany(o => (o.NotAdjusted ?? []).Select(unadjusted => new { o.ClientId, o.ClientName, unadjusted.Period, reason = unadjusted.Problem, action = UnadjustedPeriod.Action })),
            elsewhere = (await elsewhere.ListAsync(run.Period, cancellationToken).ConfigureAwait(false)).Select(open => new { open.ClientId, open.ClientName, open.Period, reason = open.Words }),
            reconciliation = Unreconciled.Of(outcomes) is { } open ? new { open.Exceptions, worth = open.Worth.Select(worth => new CurrencyValue(worth.Currency, worth)) } : null,
            totals = invoices.GroupBy(i => i.Currency).OrderBy(g => g.Key.Code, StringComparer.Ordinal).Select(g => new
            {
                currency = g.Key,
                net = Money.Sum(g.Select(i => i.Net), g.Key),
                tax = Money.Sum(g.Select(i => i.Tax), g.Key),
                total = Money.Sum(g.Select(i => i.Total), g.Key),
            }),
            captured = new { activities = outcomes.Sum(o => o.Activities) },
            rooms = run.Rooms,
        });
    }
}
