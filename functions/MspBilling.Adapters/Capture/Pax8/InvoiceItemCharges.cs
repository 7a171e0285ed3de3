using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Pax8;

/// <summary>A company's items on an invoice of Pax8's: <c>{"invoice":{"id","invoiceDate","isVoid"},"items":[…]}</c>, each at what it costs the partner.</summary>
/// <remarks>
/// <see href="https://devx.pax8.com/reference/findpartnerinvoiceitems">Items</see>: <c>costTotal</c> is the partner's cost of the service, before tax and what Pax8 takes for billing. An item is
/// of the first day that it charges for. Items that Pax8 bills the client itself are left out where the settings do not take them, and those in
/// arrears where usage lines tell them. A kind of item that is not known is an adjustment, tagged <c>unknown-item-type</c>.
/// </remarks>
internal static class InvoiceItemCharges
{
    public const string Provider = "Pax8";
    public const string InArrearsName = "inArrears";
    public const string BilledByPax8Name = "billedByPax8";
    public const string InvoiceName = "invoice";
    public const string VoidName = "isVoid";
    public const string ListName = "items";

    /// <summary>Whose what is of no company is, such as a payment: the partner's own.</summary>
    public const string OwnAccount = "partner";

    private static readonly Dictionary<string, string> Categories = new(StringComparer.OrdinalIgnoreCase)
    {
        ["subscription"] = "Purchase",
        ["one-time"] = "Purchase",
        ["service-charge"] = "Purchase",
        ["prorate"] = "Purchase",
        ["rebate"] = "Credit",
        ["service-credit"] = "Credit",
        ["invoice-credit"] = "Credit",
        ["payment-credit"] = "Credit",
    };

    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems)
    {
        if (JsonFile.Open(content, problems)?.Root(JsonFile.MostBytes) is not { } page)
            return [];

        var reading = Reading.Of(page);
        if (!page.IsList(ListName))
            page.Problem(ListName, "a list of items");
        if (problems.Count > 0)
        {
            problems.Break();
            return [];
        }

        var charges = new SortedDictionary<string, UsageRecord>(StringComparer.Ordinal);
        problems.Leave();
        var isBroken = false;
        foreach (var item in page.Records(ListName).TakeWhile(_ => !problems.IsFull))
        {
            var charge = Read(item, reading);
            if (problems.HasOpen)
            {
                isBroken = true;
                problems.Unreadable(item.IdIn("id"), RecordJson.Hash(item.Bytes));
            }
            else if (charge is not null)
            {
                charges[charge.Id.ExternalId] = charges.TryGetValue(charge.Id.ExternalId, out var known)
                    ? known with { Quantity = known.Quantity + charge.Quantity, Cost = known.Cost + charge.Cost }
                    : charge;
            }
        }

        // Items without an id are told apart by what they charge for, and added up: a sum without one of them would be too low.
        return isBroken ? [] : [.. charges.Values];
    }

    private static UsageRecord? Read(JsonRecord item, Reading reading)
    {
        var type = item.Text("type");
        var isKnown = Categories.TryGetValue(type, out var category);
        var (company, subscription, term) = (item.OptionalText("companyId"), item.OptionalText("subscriptionId"), item.OptionalText("term"));
        var product = item.OptionalText("productName") ?? item.OptionalText("description");
        var day = item.OptionalDate("startPeriod") ?? reading.InvoiceDate;
        var sku = item.OptionalText("sku") ?? item.OptionalText("productId") ?? type;
        var code = item.Text("currencyCode");
        if (!Currency.TryParse(code, out var currency))
            item.Problem("currencyCode", "an ISO 4217 currency code such as USD");
        var charge = new UsageRecord
        {
            Id = default,
            Provider = Provider,
            SubAccountId = company ?? OwnAccount,
            SubAccountName = item.OptionalText("companyName"),
            Category = category ?? "Adjustment",
            Service = product ?? type,
            Sku = sku,
            Description = string.Join(", ", new[] { item.OptionalText("description") ?? product ?? type, isKnown ? null : type, item.OptionalText("details") }.OfType<string>()),
            Day = day,
            Quantity = item.OptionalNumber("quantity") ?? 0,
            Unit = item.OptionalText("unitOfMeasure"),
            Cost = item.OptionalNumber("costTotal") ?? item.Number("amountDue"),
            Currency = currency,
            Tags =
            [
                .. Pax8Files.Tag("item-type", type),
                .. isKnown ? [] : Pax8Files.Tag("unknown-item-type", type),
                .. Pax8Files.Tag("vendor", item.OptionalText("vendorName")),
                .. Pax8Files.Tag("subscription-id", subscription),
                .. Pax8Files.Tag("term", term),
            ],
            DeletedAt = reading.IsVoid ? new DateTimeOffset(reading.InvoiceDate, default, TimeSpan.Zero) : null,
        };
        var key = item.IdIn("id") ?? Hash([company, subscription, type, sku, term, charge.Unit, code, Written(day), Written(item.OptionalDate("endPeriod")), charge.Description]);
        var isElsewhere = (item.Flag("billedByPax8") && !reading.TakesBilledByPax8) || (string.Equals(term, "Arrears", StringComparison.OrdinalIgnoreCase) && !reading.TakesArrears);
        return isElsewhere ? null : charge with { Id = new RecordId(Pax8Files.SourceName, RecordKind.Usage, $"{Pax8Files.InvoiceItems}|{reading.InvoiceId}|{key}") };
    }

    private static string Hash(IReadOnlyList<string?> parts) => RecordJson.Hash(RecordJson.Serialize(parts))[..32];

    private static string? Written(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Reading(string InvoiceId, DateOnly InvoiceDate, bool IsVoid, bool TakesArrears, bool TakesBilledByPax8)
    {
        public static Reading Of(JsonRecord page)
        {
            var invoice = page.Record(InvoiceName);
            return new(
                invoice?.Text("id") ?? "", invoice?.Date("invoiceDate") ?? default, invoice?.Flag(VoidName) ?? false, !page.Has(InArrearsName) || page.Flag(InArrearsName), page.Flag(BilledByPax8Name));
        }
    }
}
