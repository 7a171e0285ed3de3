using System.Text.Json;
using MspBilling.Adapters.Agreements;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Reports;
using MspBilling.Core.Time;

namespace MspBilling.App.Reports;

/// <summary>A reconciliation as the API and the command line's JSON show it: exceptions first, each amount with its currency beside it.</summary>
/// <param name="Below">What is below the thresholds: counted, not listed.</param>
public sealed record ShownReconciliation(
    Period Period,
    int Open,
    IReadOnlyList<CurrencyValue> Worth,
    IReadOnlyList<ShownSide> Sides,
    IReadOnlyList<ShownDiscrepancy> Exceptions,
    IReadOnlyList<ShownAcceptance> Accepted,
    int Below,
    IReadOnlyList<CurrencyValue> BelowWorth,
    IReadOnlyList<ShownProduct> Products)
{
    public static ShownReconciliation Of(ReconciliationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new(
            report.Period,
            report.Open.Exceptions,
            Values(report.Open.Worth),
            [.. report.Totals.Select(total => new ShownSide(total.Side, total.Exceptions, Values(total.Revenue), Values(total.Cost)))],
            [.. report.Exceptions.Select(ShownDiscrepancy.Of)],
            [.. report.Accepted.Select(item => new ShownAcceptance(ShownDiscrepancy.Of(item.Discrepancy), item.Acceptance.UpTo, item.Acceptance.Until, item.Acceptance.By, item.Acceptance.Why, item.Acceptance.Revision))],
            report.Below.Exceptions,
            Values(report.Below.Worth),
            [.. report.Products.Select(product => ShownProduct.Of(product))]);
    }

    /// <summary>What is open of clients, as a run tells it.</summary>
    internal static IReadOnlyList<CurrencyValue> Values(IEnumerable<Money> amounts) => [.. amounts.Select(amount => new CurrencyValue(amount.Currency, amount))];
}

public sealed record ShownSide(DiscrepancySide Side, int Exceptions, IReadOnlyList<CurrencyValue> Revenue, IReadOnlyList<CurrencyValue> Cost);

/// <param name="Revenue">A month, at the agreement's price.</param>
/// <param name="Cost">A month, at the vendor's price.</param>
public sealed record ShownDiscrepancy(
    string ClientId, string ClientName, string Product, string Name, DiscrepancyKind Kind, string Title, DiscrepancySide Side, decimal? Bought, decimal? InUse, decimal? Agreed, decimal Invoiced,
    decimal Difference, decimal Percent, CurrencyValue? Revenue, CurrencyValue? Cost, IReadOnlyList<ShownAction> Actions, IReadOnlyList<Suggestion> Suggestions)
{
    public static ShownDiscrepancy Of(Discrepancy item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new(
            item.ClientId, item.ClientName, item.Product, item.Name, item.Kind, item.Title, item.Side, item.Bought, item.InUse, item.Agreed, item.Invoiced,
            item.Difference, item.Percent, Value(item.Revenue), Value(item.Cost), [.. item.Actions.Select(ShownAction.Of)], item.Suggestions);
    }

    private static CurrencyValue? Value(Money? amount) => amount is { } known ? new CurrencyValue(known.Currency, known) : null;
}

/// <param name="Put">The agreement to put at <c>/api/agreements/{id}</c>, where it is one of the MSP's own.</param>
public sealed record ShownAction(SettlingKind Do, string Words, string? AgreementId, string? Item, DateOnly? From, decimal? Quantity, ProductMapping? Mapping, JsonElement? Put)
{
    public static ShownAction Of(SettlingAction action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return new(
            action.Do, action.Words, action.AgreementId, action.Item, action.From, action.Quantity, action.Mapping,
            action.Agreement is { } agreement ? JsonSerializer.Deserialize<JsonElement>(AgreementWriter.Write(agreement)) : null);
    }
}

public sealed record ShownAcceptance(ShownDiscrepancy Discrepancy, decimal UpTo, DateOnly? Until, string By, string Why, DateTimeOffset? At);

/// <summary>The sides of a product, and where each comes from.</summary>
public sealed record ShownProduct(
    string ClientId, string ClientName, string Product, string Name, decimal? Bought, decimal? InUse, decimal? Agreed, decimal Invoiced, decimal Held,
    IReadOnlyList<ShownPurchase> Vendors, IReadOnlyList<UsedProduct> Used, IReadOnlyList<ShownItem> Items)
{
    public static ShownProduct Of(ClientProduct product)
    {
        ArgumentNullException.ThrowIfNull(product);
        var row = product.Product;
        return new(
            product.ClientId, product.ClientName, row.Product, row.Name, row.Bought, row.InUse, row.Agreed, row.Invoiced, row.Held,
            [.. row.Vendors.Select(vendor => new ShownPurchase(vendor.Vendor, vendor.Sku, vendor.Name, vendor.Billed, vendor.Seats, vendor.Costs))],
            row.Used,
            [
                .. row.Items.Select(item => new ShownItem(
                    item.AgreementId, item.AgreementName, item.Item, item.IsAddition, item.Name, item.Quantity, item.Price?.Amount, item.Price?.Currency, item.From, item.Until, item.IsInForce)),
            ]);
    }
}

public sealed record ShownPurchase(string Vendor, string Sku, string Name, decimal Billed, decimal? Seats, IReadOnlyList<VendorCost> Costs);

public sealed record ShownItem(
    string AgreementId, string AgreementName, string Item, bool IsAddition, string Name, decimal Quantity, decimal? Price, Currency? Currency, DateOnly From, DateOnly? Until, bool IsInForce);
