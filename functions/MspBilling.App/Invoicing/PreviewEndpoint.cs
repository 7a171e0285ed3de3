using Microsoft.AspNetCore.Http;
using MspBilling.App.Api;

namespace MspBilling.App.Invoicing;

/// <summary>Prices a period as it stands, without storing anything.</summary>
public sealed class PreviewEndpoint(BillPreview preview)
{
    private sealed record PreviewRequest(string? Period, string? Client);

    public async Task<IResult> PostAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (body, refusal) = await JsonBody.ReadAsync<PreviewRequest>(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        var (period, unreadable) = Answers.PeriodOf(body!.Period);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var bills = await preview.RunAsync(period!.Value, body.Client, cancellationToken).ConfigureAwait(false);
        return Answers.Json(new { period, bills = bills.Select(PreviewedBill.Of) });
    }
}
