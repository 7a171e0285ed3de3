using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Core.Reports;

public enum LeakKind
{
    /// <summary>Work on an agreement that had ended or not begun.</summary>
    ExpiredAgreement,

    /// <summary>Charged in its last cycle, and in this one neither charged nor ended.</summary>
    VanishedRecurring,

    /// <summary>Use or counts that no line of an agreement prices.</summary>
    UnpricedUse,

    /// <summary>A client with captured work and no invoice.</summary>
    ActivityWithoutInvoice,

    /// <summary>An agreement that is in force, has something due, and bills nothing.</summary>
    SilentAgreement,

    /// <summary>What somebody gave up.</summary>
    WrittenOff,
}

/// <summary>What looks like a leak, for a client.</summary>
/// <param name="Items">How many activities or lines it is about.</param>
/// <param name="Worth">As far as it is known; what is charged no more is worth its last charge.</param>
/// <param name="Action">What to do about it.</param>
public sealed record LeakFinding(LeakKind Kind, string ClientId, string ClientName, string What, int Items, IReadOnlyList<CurrencyValue> Worth, string Action);

/// <summary>Finds what leaks although no single activity says so.</summary>
/// <remarks>
/// A recurring item is compared with the cycle before it: a monthly one with last month, a quarterly one with three months ago. 12 seats that were
/// charged in August at 108.00 and are not charged in September, though their addition has no end, are a finding worth 108.00. What ended, what
/// the agreement does not have any more, and what is held anyway, is none.
/// </remarks>
internal static class LeakFindings
{
    private static readonly HashSet<Reason> NotPriced = [Reason.NoAgreement, Reason.NoLine, Reason.UnpricedType, Reason.MissingDevicePrice];
    private static readonly HashSet<Reason> NotBilled = [Reason.CountsNotPriced, Reason.DevicesNotPriced];

    public static IEnumerable<LeakFinding> Of(LeakCase leaks) =>
        [.. Expired(leaks), .. Vanished(leaks), .. Unpriced(leaks), .. NotCounted(leaks), .. WithoutInvoice(leaks), .. Silent(leaks), .. WrittenOff(leaks), .. WrittenOffElsewhere(leaks)];

    /// <summary>Clients of which additions have to be known to tell what vanished.</summary>
    public static IReadOnlyList<string> ClientsToLookAt(LeakCase leaks) => [.. Candidates(leaks).Where(c => c.Missing.AdditionId is not null).Select(c => c.Outcome.ClientId).Distinct()];

    private static IEnumerable<LeakFinding> Expired(LeakCase leaks) =>
        from hold in leaks.Holds
        where hold.Reason == Reason.AgreementNotInForce
        group hold by (hold.ClientId, hold.ClientName, hold.Detail) into work
        select new LeakFinding(
            LeakKind.ExpiredAgreement, work.Key.ClientId, work.Key.ClientName, $"{Hours(work.Sum(hold => hold.Hours))}{Items(work.Count())} on {work.Key.Detail?.TrimEnd('.') ?? "an agreement that had ended or not begun"}",
            work.Count(), Worth(work.Select(hold => hold.Value)), Reason.AgreementNotInForce.Action);

    private static IEnumerable<LeakFinding> Vanished(LeakCase leaks)
    {
        var held = leaks.Holds.Select(hold => (hold.ClientId, hold.Activity.Kind, hold.Activity.ExternalId)).ToHashSet();
        foreach (var (outcome, missing) in Candidates(leaks))
        {
            var (item, agreement) = (missing.Item, missing.Agreement);
            var action = "Find out why it is charged no more: correct it in the PSA or the agreement, or end it there.";
            var state = "its agreement still has it";
            if (missing.AdditionId is { } id)
            {
                var addition = missing.AdditionAmong(leaks.Additions);
                if (held.Contains((outcome.ClientId, RecordKind.Addition, id)) || MissingRecurring.HasEnded(addition, leaks.Period))
                {
                    continue;
                }

                state = addition is null ? "it is not stored for the client any more"
                    : addition.DeletedAt is not null ? "it was deleted in the PSA without an end"
                    : addition.Option is BillingOption.Default or BillingOption.Billable ? "it has no end"
                    : "it is marked as not to be billed and has no end";
            }

            yield return new LeakFinding(LeakKind.VanishedRecurring, outcome.ClientId, outcome.ClientName, $"{item.Description} on {agreement.Name}: charged from {Day(item.From)}, not in {leaks.Period}, and {state}", 1, Worth([item.Net]), action);
        }
    }

    private static IEnumerable<(ClientOutcome Outcome, MissingRecurring Missing)> Candidates(LeakCase leaks)
    {
        var now = leaks.Outcomes.Where(outcome => outcome.State is ClientState.Issued or ClientState.NothingToInvoice).ToDictionary(outcome => outcome.ClientId);
        return from before in leaks.Before.OrderBy(before => before.Key)
               from outcome in before.Value
               where now.ContainsKey(outcome.ClientId)
               from missing in MissingRecurring.Of(outcome.Recurring ?? [], now[outcome.ClientId].Recurring ?? [], AgreementsOf(leaks, outcome.ClientId), leaks.Period, before.Key)
               select (now[outcome.ClientId], missing);
    }

    private static IEnumerable<LeakFinding> Unpriced(LeakCase leaks) =>
        from hold in leaks.Holds
        where hold.Activity.Kind is RecordKind.Usage or RecordKind.Count or RecordKind.Device && NotPriced.Contains(hold.Reason)
        group hold by (hold.ClientId, hold.ClientName, hold.Activity.Kind, hold.Reason) into use
        select new LeakFinding(
            LeakKind.UnpricedUse, use.Key.ClientId, use.Key.ClientName, $"{use.Key.Kind}: {Items(use.Count())}. {use.Key.Reason.Title}", use.Count(), Worth(use.Select(hold => hold.Value)), use.Key.Reason.Action);

    private static IEnumerable<LeakFinding> NotCounted(LeakCase leaks) =>
        from outcome in leaks.Outcomes
        from total in outcome.Totals
        where total.Reason is { } reason && NotBilled.Contains(reason)
        select new LeakFinding(
            LeakKind.UnpricedUse, outcome.ClientId, outcome.ClientName, $"{Items(total.Activities)}. {total.Reason!.Title}", total.Activities, Worth(total.Values.Select(value => (Money?)value)),
            "Add a line for them to the agreement, if they are to be paid.");

    private static IEnumerable<LeakFinding> WithoutInvoice(LeakCase leaks) =>
        from outcome in leaks.Outcomes
        where outcome.State is ClientState.NothingToInvoice or ClientState.Quarantined && outcome.Totals.Any(total => total.Kind is not DispositionKind.NonBillable)
        let waits = outcome.Totals.Where(total => total.Kind == DispositionKind.Held).ToList()
        select new LeakFinding(
            LeakKind.ActivityWithoutInvoice, outcome.ClientId, outcome.ClientName,
            $"{Hours(outcome.Totals.Sum(total => total.Hours))}{Items(outcome.Activities)} captured and no invoice{(outcome.Problem is { } problem ? $": {problem.TrimEnd('.')}" : waits.Count == 0 ? ": nothing of it is charged" : "")}",
            outcome.Activities, Worth(waits.SelectMany(total => total.Values).Select(value => (Money?)value)),
            outcome.State == ClientState.Quarantined ? Reason.Quarantined.Action : waits.Count > 0 ? "Settle what is held of it, then close the period again." : "Look whether its agreements should charge for this.");

    private static IEnumerable<LeakFinding> Silent(LeakCase leaks) =>
        from outcome in leaks.Outcomes
        where outcome.State is ClientState.Issued or ClientState.NothingToInvoice
        from agreement in AgreementsOf(leaks, outcome.ClientId)
        where agreement.Term.Overlap(leaks.Period) is not null && outcome.BilledAgreements?.Contains(agreement.Id) != true && IsDue(agreement, leaks.Period)
        select new LeakFinding(
            LeakKind.SilentAgreement, outcome.ClientId, outcome.ClientName, $"{agreement.Name} is in force and bills nothing{(agreement.Versions.All(version => version.Lines.Count == 0) ? ": it has no prices" : "")}",
            1, [], "End it if it is over; else look whether its lines are priced and its work is recorded on it.");

    // What bills a longer cycle is silent in between; what prices work alone may have had none, which is worth a look.
    private static bool IsDue(Agreement agreement, Period period)
    {
        var versions = agreement.Versions.Where(version => version.InForce.Overlap(period) is not null).ToList();
        return versions.TrueForAll(version => !version.Lines.OfType<RecurringLine>().Any())
            || versions.Exists(version => version.Lines.OfType<RecurringLine>().Any(line => DueCycles.Of(agreement, version, line, period).Any()));
    }

    private static IEnumerable<LeakFinding> WrittenOff(LeakCase leaks)
    {
        var withdrawn = leaks.Decisions.Select(decision => decision.Withdraws).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var names = leaks.Outcomes.ToDictionary(outcome => outcome.ClientId, outcome => outcome.ClientName);
        return from decision in leaks.Decisions
               where decision.Kind == DecisionKind.WriteOff && decision.Period == leaks.Period && !withdrawn.Contains(decision.Id.ExternalId)
               group decision by (decision.ClientId, decision.By) into given
               select new LeakFinding(
                   LeakKind.WrittenOff, given.Key.ClientId, names.GetValueOrDefault(given.Key.ClientId, given.Key.ClientId),
                   $"{Hours(given.Sum(decision => decision.Hours))}{Items(given.Count())} written off by {given.Key.By}: {string.Join("; ", given.Select(decision => decision.Why).Distinct().Take(3))}", given.Count(),
                   Worth(given.Select(decision => decision.Value)), "Withdraw what should be billed after all.");
    }

    private static IEnumerable<LeakFinding> WrittenOffElsewhere(LeakCase leaks) =>
        from outcome in leaks.Outcomes
        from total in outcome.Totals
        where total.Kind == DispositionKind.WrittenOff && total.Reason is { } reason && reason != Reason.WrittenOff
        select new LeakFinding(
            LeakKind.WrittenOff, outcome.ClientId, outcome.ClientName, $"{Hours(total.Hours)}{Items(total.Activities)}. {total.Reason!.Title}", total.Activities, Worth(total.Values.Select(value => (Money?)value)),
            total.Reason == Reason.WrittenOffInPsa ? "Undo it in the PSA if it should be billed after all." : "Raise the limit with the client if the work goes on.");

    private static IReadOnlyList<Agreement> AgreementsOf(LeakCase leaks, string clientId) =>
        leaks.Directory.HasSettings && leaks.Directory.IsBilled(clientId) && leaks.Directory.ClientOf(clientId).Client is { } client ? leaks.Directory.AgreementsOf(client) : [];

    private static IReadOnlyList<CurrencyValue> Worth(IEnumerable<Money?> amounts) => [.. DispositionTotal.PerCurrency(amounts).Select(amount => new CurrencyValue(amount.Currency, amount))];

    private static string Hours(decimal hours) => hours == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{hours:#,##0.00} h, ");

    private static string Items(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:#,##0} {(count == 1 ? "item" : "items")}");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
