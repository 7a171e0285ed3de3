using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Storage;
using MspBilling.App.Api;
using MspBilling.App.Rating;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>For each activity of a client's closed period, why it was or was not billed.</summary>
public sealed class ActivityEndpoint(BillStore bills, RecordStore records, PeriodQuery periods)
{
    public async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (asked, refusal) = await periods.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        if (Answers.ClientOf(request) is not { } client)
        {
            return Answers.BadRequest("Say whose activities: client=cw-250, with the id as the list of invoices has it.");
        }

        return asked is { } period && await DispositionsAsync(client, period, cancellationToken).ConfigureAwait(false) is { } dispositions
            ? Answers.Json(new
            {
                period,
                client,
                activities = PreviewedActivity.Of(dispositions, (await records.ActivitiesAsync(client, period, cancellationToken).ConfigureAwait(false)).Activities),
            })
            : Answers.NotFound($"Nothing was closed for {client} in {asked?.ToString() ?? "any period"}. Close the period, or preview it.");
    }

    private async Task<IReadOnlyList<Disposition>?> DispositionsAsync(string client, Period period, CancellationToken cancellationToken)
    {
        if ((await bills.ClientRowsAsync(period, client, cancellationToken).ConfigureAwait(false)).Outcome is not { } outcome)
        {
            return null;
        }

        // A later bill may have adjusted the period; then it stands in that one.
        return outcome.StandsIn is { } later
            ? (await bills.GetBillAsync(later.Period, client, later.Hash, cancellationToken).ConfigureAwait(false)).Adjusted.Single(adjusted => adjusted.Now.Period == period).Now.Dispositions
            : (await bills.GetBillAsync(period, client, outcome.BillHash, cancellationToken).ConfigureAwait(false)).Dispositions;
    }
}
