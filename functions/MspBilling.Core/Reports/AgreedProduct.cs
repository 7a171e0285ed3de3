using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;

namespace MspBilling.Core.Reports;

/// <summary>What an agreement says a client has of a product: an addition of the PSA's, or a line with an agreed quantity.</summary>
/// <param name="Sku">Of an agreed quantity: the one SKU that its line matches, else the line's id.</param>
/// <param name="Item">The addition's id, or the line's.</param>
/// <param name="Quantity">On the last day of the period; of what has ended, on its last.</param>
/// <param name="Price">Of one a month, on that day; null where it is priced by tiers, or not at all.</param>
/// <param name="Until">Its last day; null where it has no end.</param>
/// <param name="IsInForce">Whether it is on the last day of the period.</param>
public sealed record AgreedProduct(
    string Sku, string Name, string AgreementId, string AgreementName, string Item, bool IsAddition, decimal Quantity, UnitPrice? Price, DateOnly From, DateOnly? Until, bool IsInForce,
    decimal Invoiced, decimal Held)
{
    internal Agreement? Agreement { get; init; }

    /// <summary>The line that prices it; null where none does.</summary>
    internal RecurringLine? Line { get; init; }

    /// <summary>The addition's own price a month; null for an agreed quantity.</summary>
    internal decimal? OwnPrice { get; init; }

    /// <summary>What so many more a month come to at the price of the day; null where there is no price.</summary>
    internal Money? Worth(decimal more, DateOnly day) => (Agreement, Line) switch
    {
        ({ } agreement, { Pricing: { } tiers } line) => Rounding.ToMoney(
            Math.Abs(PriceModels.Price(tiers, Quantity + more).Amount - PriceModels.Price(tiers, Quantity).Amount) / line.CycleMonths, agreement.Currency),
        ({ } agreement, { } line) => PriceOn(agreement, line, OwnPrice, day) is { } price ? Rounding.ToMoney(price * Math.Abs(more), agreement.Currency) : null,
        _ => null,
    };

    internal static IReadOnlyList<AgreedProduct> Of(Client client, ClientDirectory directory, ClientBill bill, IReadOnlyCollection<Activity> activities, ReconciliationShares shares)
    {
        var (agreements, last) = (directory.AgreementsOf(client), bill.Period.LastDay);
        var @case = new RatingCase(client, bill.Period, agreements, directory, []);
        var additions = activities.OfType<Addition>().Where(addition => addition.DeletedAt is null && addition.InForce.Start <= last)
            .Select(addition => OfAddition(addition, (Addition)directory.InOurWords(addition), @case, last, shares));
        return
        [
            .. additions.Concat(agreements.Where(agreement => agreement.Term.Start <= last).SelectMany(agreement => OfLines(agreement, last)))
                .OrderBy(product => product.AgreementId, StringComparer.Ordinal).ThenBy(product => product.Item, StringComparer.Ordinal),
        ];
    }

    private static AgreedProduct OfAddition(Addition addition, Addition ours, RatingCase @case, DateOnly last, ReconciliationShares shares)
    {
        var agreement = @case.Agreement(addition.AgreementId);
        var inForce = agreement is null ? null : addition.InForce.Overlap(agreement.Term);
        var isInForce = inForce?.Contains(last) == true;
        var day = isInForce || inForce is null ? last : inForce.Value.LastDay;
        var line = agreement?.On(day)?.Lines.OfType<RecurringLine>().FirstOrDefault(line => line.Quantity is AdditionQuantity && ours.Meets(line.Match, @case));
        var (invoiced, held) = isInForce ? shares.Of(addition) : (0, 0);
        return new AgreedProduct(
            ours.Sku, addition.Description, addition.AgreementId, agreement?.Name ?? addition.AgreementId, addition.Id.ExternalId, true, addition.Quantity,
            agreement is null || line is null || PriceOn(agreement, line, addition.UnitPrice, day) is not { } price ? null : new UnitPrice(price, agreement.Currency),
            addition.InForce.Start, EndOf(inForce ?? addition.InForce), isInForce, invoiced, held)
        {
            Agreement = agreement,
            Line = line,
            OwnPrice = addition.UnitPrice,
        };
    }

    private static IEnumerable<AgreedProduct> OfLines(Agreement agreement, DateOnly last)
    {
        var isInForce = agreement.Term.Contains(last);
        var day = isInForce ? last : agreement.Term.LastDay;
        return from line in agreement.On(day)!.Lines.OfType<RecurringLine>()
               where line.Quantity is AgreedQuantity
               let quantity = QuantityOverTime.Of((AgreedQuantity)line.Quantity).On(day) ?? 0
               select new AgreedProduct(
                   SkuOf(line), line.Description ?? line.Service, agreement.Id, agreement.Name, line.Id, false, quantity,
                   PriceOn(agreement, line, null, day) is { } price ? new UnitPrice(price, agreement.Currency) : null,
                   agreement.Term.Start, EndOf(agreement.Term), isInForce, isInForce ? quantity : 0, 0)
               {
                   Agreement = agreement,
                   Line = line,
               };
    }

    private static string SkuOf(RecurringLine line) => line.Match?.Skus is [var only] && !only.Contains('*', StringComparison.Ordinal) ? only : line.Id;

    private static DateOnly? EndOf(Time.Period days) => days.End == Time.Period.NoEnd ? null : days.LastDay;

    // A month's, whatever the cycle; tiers have no one price.
    private static decimal? PriceOn(Agreement agreement, RecurringLine line, decimal? own, DateOnly day) =>
        line.Pricing is null ? CyclePrices.On(line, own * line.CycleMonths, day, agreement.Currency) / line.CycleMonths : null;
}
