using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Time;

namespace MspBilling.App.Api;

/// <summary>Which period a request is about: the one of <c>?period=2024-09</c>, else the newest that was closed.</summary>
public sealed class PeriodQuery(RunStore runs)
{
    /// <returns>No period and no refusal where nothing has been closed yet.</returns>
    public async Task<(Period? Period, IResult? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.Query["period"].ToString() is { Length: > 0 } text)
        {
            return Answers.PeriodOf(text);
        }

        return (await runs.ListAsync(cancellationToken).ConfigureAwait(false) is [var newest, ..] ? newest.Period : null, null);
    }
}
