using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

/// <summary>What a close has to know of a client's closed periods: handed on from outcome to outcome, so that the latest tells it.</summary>
/// <param name="Adjusted">Periods that do not stand in their own bill any more, with the bill in which they stand.</param>
/// <param name="Open">Periods with work that is held for the lack of a reference record: it may be there by now.</param>
/// <param name="References">Names the reference records with which the open ones were looked at.</param>
public sealed record ClientPast(IReadOnlyList<StandsIn> Adjusted, IReadOnlyList<Period> Open, string? References)
{
    /// <summary>After a bill: what was known before it, with what it has adjusted and what it leaves open. A bill that is nobody's or could not be made leaves all as it was.</summary>
    public static ClientPast? After(ClientPast? before, ClientBill bill, string hash)
    {
        if (bill.References is not { } references)
        {
            return before;
        }

        var name = new BillName(bill.Period, hash);
        var adjusted = bill.Adjusted.Select(a => a.Now.Period).ToHashSet();
        var open = bill.Adjusted.Where(a => WaitsForReferences(a.Now.Dispositions)).Select(a => a.Now.Period)
            .Concat((before?.Open ?? []).Where(period => !adjusted.Contains(period)))
            .Concat(WaitsForReferences(bill.Dispositions) ? [bill.Period] : []);
        var past = new ClientPast(
            [.. (before?.Adjusted ?? []).Where(known => !adjusted.Contains(known.Period)).Concat(adjusted.Select(period => new StandsIn(period, name))).OrderBy(known => known.Period.Start)],
            [.. open.Distinct().OrderBy(period => period.Start)],
            references);
        return past is { Adjusted.Count: 0, Open.Count: 0 } ? null : past;
    }

    // Time that is not approved and the like waits for the activity itself to change, which leaves a mark.
    private static bool WaitsForReferences(IEnumerable<Disposition> dispositions) => dispositions.Any(
        d => d.Kind == DispositionKind.Held && d.Reason is { } reason && !OfTheActivity.Contains(reason));

    private static readonly HashSet<Reason> OfTheActivity =
    [
        Reason.UnapprovedTime, Reason.UnapprovedExpense, Reason.NegativeHours, Reason.MissingRole, Reason.MissingCompletionDate, Reason.MissingAmount, Reason.MissingCost, Reason.HeldByRule, Reason.LessThanBilled, Reason.Credited,
    ];
}

/// <summary>Where a period stands.</summary>
public sealed record StandsIn(Period Period, BillName Bill);
