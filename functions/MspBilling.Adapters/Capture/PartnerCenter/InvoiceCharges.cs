using System.Globalization;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.PartnerCenter;

/// <summary>The lines of Microsoft's invoices that no daily usage details: licences, reservations, savings plans, marketplace, one-time purchases, credits.</summary>
/// <remarks>
/// <para>
/// An invoice has lines for Azure's usage, too: those with a <c>MeterDescription</c>, summed up by product for the plan that the usage's lines name as their <c>SubscriptionId</c>
/// (<see href="https://learn.microsoft.com/partnercenter/billing/modern-invoice-reconciliation-file">fields and the note below them</see>). They are left out where that subscription has
/// usage in the same month, so that nothing is charged twice; metered use that the usage does not have, such as that of other publishers' software, is taken from here.
/// </para>
/// <para>The cost is the subtotal: before the tax that Microsoft charges the partner. Its day is the first that is charged for.</para>
/// </remarks>
internal static class InvoiceCharges
{
    /// <summary>As FOCUS names it.</summary>
    public const string Provider = "Microsoft";

    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems) =>
        ChargePage.Open(ChargeKind.InvoiceLines, content, problems) is { } page ? page.Read(problems, line => Read(line, page)) : [];

    /// <summary>As the price list has it: <c>CFQ7TTC0LH18:0001</c>; null where the line names no product.</summary>
    public static string? Sku(JsonRecord line) => line.OptionalText("ProductId") is { } product ? line.OptionalText("SkuId") is { } sku ? $"{product}:{sku}" : product : null;

    public static IEnumerable<string> Tag(string name, string? value) => string.IsNullOrWhiteSpace(value) ? [] : [$"{name}={value}"];

    private static (UsageRecord Charge, IReadOnlyList<string?> Key)? Read(JsonRecord line, ChargePage page)
    {
        var subscription = line.OptionalText("SubscriptionId");
        var isMetered = line.OptionalText("MeterDescription") is not (null or "NA");
        var type = line.Text("ChargeType");
        var (category, isKnown) = ChargeWords.Of(type);
        var service = line.OptionalText("ProductName") ?? line.OptionalText("SubscriptionDescription") ?? "Microsoft";
        var (start, end) = (line.Date("ChargeStartDate"), line.OptionalDate("ChargeEndDate"));
        var charge = new UsageRecord
        {
            Id = default,
            Provider = Provider,
            SubAccountId = line.Text("CustomerId"),
            SubAccountName = line.OptionalText("CustomerName"),
            Category = isMetered && category == ChargeWords.Purchase ? ChargeWords.Usage : category,
            Service = service,
            Sku = Sku(line) ?? service,
            Description = Described(line.OptionalText("SkuName") ?? service, type, start, end),
            Day = start,
            Quantity = line.OptionalNumber("BillableQuantity") ?? line.Number("Quantity"),
            Unit = line.OptionalText("UnitType") is { } unit && unit != "NA" ? unit : null,
            Cost = line.Number("Subtotal"),
            Currency = page.CurrencyOf(line, line.Has("Currency") ? "Currency" : "BillingCurrency"),
            Tags =
            [
                .. Tag("charge-type", type),
                .. isKnown ? [] : Tag(ChargeWords.UnknownTag, type),
                .. Tag("subscription", line.OptionalText("SubscriptionDescription")),
                .. Tag("subscription-id", subscription),
                .. Tag("term", line.OptionalText("TermAndBillingCycle")),
            ],
        };
        return isMetered && page.IsDetailed(subscription) ? null : (charge, [Written(start), Written(end), line.OptionalText("ReservationOrderId"), line.OptionalText("CreditReasonCode")]);
    }

    private static string? Written(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Both days count: Microsoft's charge dates are the first and the last.
    private static string Described(string name, string type, DateOnly start, DateOnly? end) =>
        end is null ? $"{name}, {type}" : $"{name}, {type}, {Written(start)} to {Written(end)}";
}
