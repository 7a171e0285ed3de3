using System.Text.Json;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.PartnerCenter;

/// <summary>Daily rated usage: a charge for each customer, day, Azure subscription, resource group, meter and set of tags, at what it costs the partner.</summary>
/// <remarks>
/// <see href="https://learn.microsoft.com/partnercenter/billing/daily-rated-usage-recon-files">Fields</see>: <c>BillingPreTaxTotal</c> is the cost after the partner earned
/// credit, in the billing currency; <c>EntitlementId</c> is the Azure subscription, <c>SubscriptionId</c> the plan it is of. A line with the credit and one without are told apart by
/// the tag <c>partner-earned-credit</c>, so that each may be marked up to what the client would pay Microsoft.
/// </remarks>
internal static class UsageCharges
{
    private const int MostTags = 50;

    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems) =>
        ChargePage.Open(ChargeKind.Usage, content, problems) is { } page ? page.Read(problems, line => Read(line, page)) : [];

    private static (UsageRecord Charge, IReadOnlyList<string?> Key)? Read(JsonRecord line, ChargePage page)
    {
        var (category, isKnown) = ChargeWords.Of(line.OptionalText("ChargeType") ?? "new");
        var meter = line.OptionalText("MeterId");
        var product = InvoiceCharges.Sku(line);
        var subscription = line.OptionalText("SubscriptionId");
        var entitlement = line.OptionalText("EntitlementId");
        var meterName = line.OptionalText("MeterName");
        var service = line.OptionalText("MeterCategory") ?? line.OptionalText("ProductName") ?? "Azure";
        string?[] words = [line.OptionalText("MeterSubCategory"), meterName ?? line.OptionalText("SkuName"), line.OptionalText("MeterRegion")];
        return (new UsageRecord
        {
            Id = default,
            Provider = InvoiceCharges.Provider,
            SubAccountId = line.Text("CustomerId"),
            SubAccountName = line.OptionalText("CustomerName"),
            Category = category == ChargeWords.Purchase ? ChargeWords.Usage : category,
            Service = service,
            Sku = meter ?? product ?? service,
            Description = string.Join(", ", words.OfType<string>().Prepend(service).Distinct(StringComparer.Ordinal)),
            Day = line.Date("UsageDate"),
            Quantity = line.Number("Quantity"),
            Unit = line.OptionalText("Unit"),
            Cost = line.Number("BillingPreTaxTotal"),
            Currency = page.CurrencyOf(line, "BillingCurrency"),
            Tags =
            [
                .. InvoiceCharges.Tag("subscription", line.OptionalText("EntitlementDescription") ?? line.OptionalText("SubscriptionDescription")),
                .. InvoiceCharges.Tag("subscription-id", entitlement ?? subscription),

                // Azure writes it in whatever case it was asked for.
                .. InvoiceCharges.Tag("resource-group", line.OptionalText("ResourceGroup")?.ToLowerInvariant()),
                .. InvoiceCharges.Tag("partner-earned-credit", Percent(line)),
                .. isKnown ? [] : InvoiceCharges.Tag(ChargeWords.UnknownTag, line.OptionalText("ChargeType")),
                .. TagsIn(line.OptionalText("Tags")),
            ],
        }, [subscription, product]);
    }

    private static string? Percent(JsonRecord line) =>
        (line.OptionalNumber("PartnerEarnedCreditPercentage") ?? line.OptionalNumber("RateOfPartnerEarnedCredit")) is { } percent and not 0
            ? (percent / 1.0000000000000000000000000000m).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : null;

    /// <summary>Those that the client gave the resource, an object in a text; what is none says nothing.</summary>
    private static IEnumerable<string> TagsIn(string? text)
    {
        if (text is null)
            return [];

        try
        {
            var tags = JsonElement.Parse(text.TrimStart().StartsWith('{') ? text : "{" + text + "}");
            return [.. tags.EnumerateObject().Where(tag => tag.Value.ValueKind == JsonValueKind.String).SelectMany(tag => InvoiceCharges.Tag(tag.Name, tag.Value.GetString())).Order(StringComparer.Ordinal).Take(MostTags)];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
