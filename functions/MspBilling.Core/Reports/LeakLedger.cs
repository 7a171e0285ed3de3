using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.Core.Reports;

/// <summary>Where a period's captured work went, everything of it that waits with its age and what releases it, and what looks like a leak although nothing is held.</summary>
/// <param name="AsOf">The day that ages are counted to.</param>
/// <param name="Items">What is held, the most worth first within a currency; then the oldest.</param>
/// <param name="Findings">By kind, then client.</param>
public sealed record LeakLedger(
    Period Period, DateOnly AsOf, IReadOnlyList<DispositionSum> ByDisposition, IReadOnlyList<HeldReason> Held, IReadOnlyList<HeldItem> Items, IReadOnlyList<LeakFinding> Findings)
{
    public static LeakLedger Of(LeakCase leaks)
    {
        ArgumentNullException.ThrowIfNull(leaks);
        var report = LeakageReport.Of(leaks.Period, leaks.Outcomes);
        var decided = leaks.Decisions.Where(d => d.Withdraws is not null).Select(d => d.Withdraws!).ToHashSet(StringComparer.Ordinal);
        var standing = leaks.Decisions.Where(d => d.Kind != DecisionKind.Withdraw && !decided.Contains(d.Id.ExternalId)).ToLookup(d => d.Activity);
        return new LeakLedger(
            leaks.Period,
            leaks.AsOf,
            report.ByDisposition,
            report.Held,
            [
                .. leaks.Holds.Select(hold => HeldItem.Of(
                        hold,
                        leaks,
                        standing[hold.Activity].LastOrDefault(d => d.ActivityHash == hold.Hash && d.ClientId == hold.ClientId && d.Period == hold.Period)))
                    .OrderByDescending(item => item.Value?.Value.Amount ?? 0).ThenByDescending(item => item.AgeDays ?? 0).ThenBy(item => item.ClientId, StringComparer.Ordinal).ThenBy(item => item.Id, StringComparer.Ordinal),
            ],
            [.. LeakFindings.Of(leaks).OrderBy(finding => finding.Kind).ThenBy(finding => finding.ClientName, StringComparer.Ordinal).ThenBy(finding => finding.What, StringComparer.Ordinal)]);
    }
}

/// <summary>What a leak ledger is made of.</summary>
/// <param name="Outcomes">Of the period.</param>
/// <param name="Holds">Of the period.</param>
public sealed record LeakCase(Period Period, DateOnly AsOf, IReadOnlyList<ClientOutcome> Outcomes, IReadOnlyList<Hold> Holds)
{
    /// <summary>The day on which the period was closed first, since when its work is held; null where that is not known.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>All that was decided about the period's work.</summary>
    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>Who is who now.</summary>
    public ClientDirectory Directory { get; init; } = ClientDirectory.Of([]);

    /// <summary>Outcomes of the periods that began so many months before this one: 1, 3, 6 and 12, as far as they were closed.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<ClientOutcome>> Before { get; init; } = new Dictionary<int, IReadOnlyList<ClientOutcome>>();

    /// <summary>The stored additions of <see cref="ClientsToLookAt"/>.</summary>
    public IReadOnlyList<Addition> Additions { get; init; } = [];

    /// <summary>Clients whose additions tell whether something that is charged no more has ended.</summary>
    public IReadOnlyList<string> ClientsToLookAt => LeakFindings.ClientsToLookAt(this);
}

/// <summary>Held work in the ledger.</summary>
/// <param name="AgeDays">Since its own date; null for what stands all month.</param>
/// <param name="HeldDays">Since the period was closed first.</param>
/// <param name="Release">What becomes of it when somebody releases it; null where nobody can.</param>
/// <param name="Decided">What was decided about it and waits for the next close.</param>
public sealed record HeldItem(
    string Id, string ClientId, string ClientName, RecordKind Kind, string Reason, string Title, string? Detail, string Description, DateOnly? Date, int? AgeDays, int? HeldDays,
    decimal Hours, decimal Units, CurrencyValue? Value, string Action, string? Release, HeldDecision? Decided)
{
    internal static HeldItem Of(Hold hold, LeakCase leaks, Decision? decided) => new(
        hold.Activity.ToString(), hold.ClientId, hold.ClientName, hold.Activity.Kind, hold.Reason.Code, hold.Reason.Title, hold.Detail, hold.Description, hold.Date,
        hold.Date is { } day ? leaks.AsOf.DayNumber - day.DayNumber : null,
        leaks.ClosedOn is { } closed ? leaks.AsOf.DayNumber - closed.DayNumber : null,
        hold.Hours,
        hold.Units,
        hold.Value is { } value ? new CurrencyValue(value.Currency, value) : null,
        decided is null ? hold.Reason.Action : $"It is decided: close the next period, or {hold.Period} again.",
        hold.Reason.Released,
        decided is null ? null : new HeldDecision(decided.Kind, decided.By, decided.Why, decided.At));
}

public sealed record HeldDecision(DecisionKind Decision, string By, string Why, DateTimeOffset At);
