using Microsoft.AspNetCore.Http;
using MspBilling.App.Api;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;

namespace MspBilling.App.Capture;

/// <summary>What waits for somebody, with what releases it, and what was decided about it.</summary>
public sealed class HoldEndpoint(HoldReader holds, HoldHistory history, PeriodQuery periods)
{
    public async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (period, refusal) = await periods.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        var reason = request.Query["reason"].ToString() is { Length: > 0 } code ? code : null;
        var held = period is { } p ? await holds.ReadAsync(p, Answers.ClientOf(request), reason, cancellationToken).ConfigureAwait(false) : [];
        return Answers.Json(new { holds = held.Select(each => each.Shown) });
    }

    /// <summary>Everything that was decided about one activity.</summary>
    public async Task<IResult> HistoryAsync(HttpRequest request, CancellationToken cancellationToken) => RecordId.Parse(HoldDecisionEndpoints.IdOf(request)) is { } id
        ? Answers.Json(Shown(await history.ReadAsync(id, null, null, cancellationToken).ConfigureAwait(false)))
        : Answers.NotFound($"'{HoldDecisionEndpoints.IdOf(request)}' is no id of an activity; take it from GET /api/holds.");

    /// <summary>Everything that was decided, of all periods and clients or of some.</summary>
    public async Task<IResult> DecisionsAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var text = request.Query["period"].ToString();
        var (period, refusal) = text.Length == 0 ? (null, null) : Answers.PeriodOf(text);
        return refusal ?? Answers.Json(Shown(await history.ReadAsync(null, period, Answers.ClientOf(request), cancellationToken).ConfigureAwait(false)));
    }

    /// <summary>A history as it is shown, by the API and by the command line alike.</summary>
    public static object Shown(IReadOnlyList<DecidedHold> decided) => new
    {
        decisions = decided.Select(d => new
        {
            id = d.Decision.Activity.ToString(),
            decision = d.Decision.Kind,
            d.Decision.By,
            d.Decision.Why,
            d.Decision.At,
            d.Decision.Period,
            d.Decision.ClientId,
            d.ClientName,
            d.Decision.Reason,
            title = Reason.Find(d.Decision.Reason)?.Title ?? d.Decision.Reason,
            d.Decision.Hours,
            d.Decision.Units,
            value = ValueOf(d.Decision.Value),
            d.State,
            withdrawn = d.WithdrawnBy is { } withdrawal ? new { withdrawal.By, withdrawal.Why, withdrawal.At } : null,
            shares = d.Shares.Select(share => new { disposition = share.Kind, reason = share.Reason?.Code, share.Reason?.Title, share.Detail, share.Quantity.Hours, share.Quantity.Units, value = ValueOf(share.Value) }),
        }),
    };

    private static object? ValueOf(Core.Money? value) => value is { } money ? new { currency = money.Currency, value = money } : null;
}
