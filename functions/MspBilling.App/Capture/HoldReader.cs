using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Capture;

/// <summary>Held work, and what was decided about it and waits for the next close.</summary>
public sealed record HeldWork(Hold Hold, Decision? Decided)
{
    /// <summary>What it is about, in words.</summary>
    public string Detail => string.Join(" ", new[] { Hold.Description, Hold.Detail }.Where(text => text is not null));

    /// <summary>As it is shown, by the API and by the command line alike.</summary>
    public object Shown => new
    {
        id = Hold.Activity.ToString(),
        Hold.Period,
        Hold.ClientId,
        Hold.ClientName,
        kind = Hold.Activity.Kind,
        reason = Hold.Reason.Code,
        Hold.Reason.Title,
        detail = Detail,
        Hold.Reason.Action,
        release = Hold.Reason.Released,
        Hold.Date,
        Hold.Hours,
        value = Hold.Value is { } value ? new { currency = value.Currency, value } : null,
        decision = Decided is null ? null : new { decision = Decided.Kind, Decided.By, Decided.Why, Decided.At },
    };
}

/// <summary>Reads what is held in a period.</summary>
public sealed class HoldReader(BillStore bills, RecordStore records)
{
    /// <param name="clientId">Null for all.</param>
    /// <param name="reason">Code of the reason; null for all.</param>
    public async Task<IReadOnlyList<HeldWork>> ReadAsync(Period period, string? clientId, string? reason, CancellationToken cancellationToken)
    {
        var holds = (await bills.ListAsync<Hold>(period, cancellationToken).ConfigureAwait(false))
            .Where(hold => (clientId is null || hold.ClientId == clientId) && (reason is null || hold.Reason.Code == reason)).ToList();
        var decisions = new KnownDecisions(holds.Count == 0 ? [] : (await records.ReferencesAsync(RecordKind.Decision, cancellationToken).ConfigureAwait(false)).OfType<Decision>());
        return [.. holds.Select(hold => new HeldWork(hold, decisions.StandingOn(hold).FirstOrDefault()))];
    }
}
