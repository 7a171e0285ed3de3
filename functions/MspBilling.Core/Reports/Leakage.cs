using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Core.Reports;

/// <summary>Where everything that was captured in a period went, and what of it waits to be billed.</summary>
/// <remarks>Captured = billed + covered + non-billable + held + written off, in activities, hours and units.</remarks>
public sealed record LeakageReport(Period Period, IReadOnlyList<DispositionSum> ByDisposition, IReadOnlyList<HeldReason> Held)
{
    public static LeakageReport Of(Period period, IEnumerable<ClientOutcome> outcomes)
    {
        var totals = outcomes.SelectMany(outcome => outcome.Totals).ToList();
        return new LeakageReport(
            period,
            [.. Enum.GetValues<DispositionKind>().Select(kind => Sum(kind, totals.Where(t => t.Kind == kind).ToList()))],
            [
                .. from total in totals
                   where total.Kind == DispositionKind.Held
                   group total by total.Reason! into g
                   orderby g.Sum(t => t.Activities) descending, g.Key.Code
                   select new HeldReason(
                       g.Key.Code, g.Key.Title, g.Key.Action, g.Sum(t => t.Activities), g.Sum(t => t.Hours), g.Sum(t => t.Units), Values(g)),
            ]);
    }

    private static DispositionSum Sum(DispositionKind kind, IReadOnlyCollection<DispositionTotal> totals) =>
        new(kind, totals.Sum(t => t.Activities), totals.Sum(t => t.Hours), totals.Sum(t => t.Units), Values(totals));

    private static IReadOnlyList<CurrencyValue> Values(IEnumerable<DispositionTotal> totals) =>
        [.. DispositionTotal.PerCurrency(totals.SelectMany(t => t.Values).Select(value => (Money?)value)).Select(value => new CurrencyValue(value.Currency, value))];
}

/// <param name="Activities">How many shares of activities; one that is part covered and part billed counts in both.</param>
public sealed record DispositionSum(DispositionKind Disposition, int Activities, decimal Hours, decimal Units, IReadOnlyList<CurrencyValue> Values);

public sealed record HeldReason(string Reason, string Title, string Action, int Activities, decimal Hours, decimal Units, IReadOnlyList<CurrencyValue> Values);

/// <summary>An amount with its currency beside it, where several currencies stand in one list.</summary>
public sealed record CurrencyValue(Currency Currency, Money Value);
