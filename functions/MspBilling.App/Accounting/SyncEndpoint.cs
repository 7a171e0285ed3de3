using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Storage;
using MspBilling.App.Api;
using MspBilling.App.Reports;
using MspBilling.Core.Accounting;

namespace MspBilling.App.Accounting;

/// <summary>How each invoice of a period stands with the accounting system.</summary>
public sealed class SyncEndpoint(BillStore bills, ReportReader reports)
{
    public async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (asked, refusal) = Answers.PeriodOf(request);
        if (refusal is not null)
        {
            return refusal;
        }

        var period = asked ?? await reports.NewestPeriodAsync(cancellationToken).ConfigureAwait(false);
        var entries = period is { } p ? await bills.ListAsync<OutboxEntry>(p, cancellationToken).ConfigureAwait(false) : [];
        return Answers.Json(new { sync = entries.OrderBy(e => e.Number, StringComparer.Ordinal) });
    }
}
