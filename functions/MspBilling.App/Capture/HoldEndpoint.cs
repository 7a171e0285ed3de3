using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Storage;
using MspBilling.App.Api;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Capture;

/// <summary>What waits for somebody, with what releases it.</summary>
public sealed class HoldEndpoint(BillStore bills, PeriodQuery periods)
{
    public async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (period, refusal) = await periods.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        var holds = period is { } p ? await bills.ListAsync<Hold>(p, cancellationToken).ConfigureAwait(false) : [];
        var client = Answers.ClientOf(request);
        return Answers.Json(new
        {
            holds = holds.Where(h => client is null || h.ClientId == client).Select(h => new
            {
                id = h.Activity.ToString(),
                h.ClientId,
                h.ClientName,
                kind = h.Activity.Kind,
                reason = h.Reason.Code,
                h.Reason.Title,
                detail = string.Join(" ", new[] { h.Description, h.Detail }.Where(text => text is not null)),
                h.Reason.Action,
                h.Date,
                h.Hours,
                value = h.Value is { } value ? new { currency = value.Currency, value } : null,
            }),
        });
    }
}
