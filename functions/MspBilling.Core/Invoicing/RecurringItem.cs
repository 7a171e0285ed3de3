using MspBilling.Core.Rating;

namespace MspBilling.Core.Invoicing;

/// <summary>A recurring thing that a period's invoices charge for, so that a report sees when it is charged no more.</summary>
/// <param name="Item">As <see cref="RatedLine.Item"/>: for an addition, its id.</param>
/// <param name="From">The first day that is charged, which tells the version of the agreement.</param>
public sealed record RecurringItem(string AgreementId, string LineId, string Item, string Description, DateOnly From, Money Net)
{
    private static readonly HashSet<string> Rules = [nameof(RecurringCharges), nameof(AdditionCharges), nameof(DeviceCharges), nameof(CountCharges)];

    /// <param name="lines">Of a period's invoices.</param>
    public static IReadOnlyList<RecurringItem> Of(IEnumerable<RatedLine> lines) =>
    [
        .. from line in lines
           where line.Adjusts is null && line.Kind == LineKind.Charge && !line.Amount.IsZero && Rules.Contains(line.Explanation.Rule)
           group line by (line.AgreementId, line.LineId, line.Item, line.Description) into item
           select new RecurringItem(
               item.Key.AgreementId, item.Key.LineId, item.Key.Item, item.Key.Description, item.Min(line => line.ServicePeriod.Start), Money.Sum(item.Select(line => line.Net), item.First().Net.Currency)),
    ];
}
