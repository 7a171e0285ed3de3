using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Storage;
using MspBilling.App.Api;
using MspBilling.Core.Accounting;

namespace MspBilling.App.Accounting;

/// <summary>How each invoice of a period stands with the accounting system.</summary>
public sealed class SyncEndpoint(BillStore bills, PeriodQuery periods)
{
    public async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (period, refusal) = await periods.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        var entries = period is { } p ? await bills.ListAsync<OutboxEntry>(p, cancellationToken).ConfigureAwait(false) : [];
        return Answers.Json(new { sync = entries.OrderBy(e => e.Number, StringComparer.Ordinal) });
    }
}
