using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Storage;
using MspBilling.App.Api;
using MspBilling.App.Invoicing;
using MspBilling.Core.Accounting;

namespace MspBilling.App.Accounting;

/// <summary>How each invoice of a period stands with the accounting system, and its number at the source of its time.</summary>
public sealed class SyncEndpoint(BillStore bills, WriteBackJob writeBack, PeriodQuery periods)
{
    public async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (period, refusal) = await periods.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        var entries = period is { } p ? await bills.ListAsync<OutboxEntry>(p, cancellationToken).ConfigureAwait(false) : [];
        var written = period is { } of ? await writeBack.ListAsync(of, cancellationToken).ConfigureAwait(false) : [];
        return Answers.Json(new { sync = entries.OrderBy(e => e.Number, StringComparer.Ordinal), writeBack = written.Select(ShownWriteBack.Of) });
    }
}
