using System.Globalization;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Pax8;

/// <summary>How many units of each product a company has, from a page of its subscriptions on a day.</summary>
/// <remarks>
/// <see href="https://devx.pax8.com/reference/findpartnersubscriptions">Subscriptions</see>. Several of one product are one count, by the SKU that invoices name. What has ended
/// counts 0, so that the count before it does not go on. Companies are named by Pax8's id and by their name.
/// </remarks>
internal static class SubscriptionCounts
{
    public const string DayName = "day";
    public const string StatesName = "countedStates";
    public const string CompanyName = "company";
    public const string ProductsName = "products";
    public const string ListName = "subscriptions";

    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems)
    {
        if (JsonFile.Open(content, problems)?.Root(JsonFile.MostBytes) is not { } page)
            return [];

        var day = page.Date(DayName);
        var states = page.Texts(StatesName, required: true).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var company = page.OptionalRecord(CompanyName)?.OptionalText("name");
        var products = page.Records(ProductsName).ToLookup(product => product.IdIn("id"), product => product.OptionalText("sku") ?? product.OptionalText("vendorSku"));
        if (!page.IsList(ListName))
            page.Problem(ListName, "a list of subscriptions");
        if (problems.Count > 0)
        {
            problems.Break();
            return [];
        }

        var counts = new SortedDictionary<string, Count>(StringComparer.Ordinal);
        problems.Leave();
        var isBroken = false;
        foreach (var subscription in page.Records(ListName))
        {
            var (companyId, productId) = (subscription.Text("companyId"), subscription.Text("productId"));
            var sku = products[productId].FirstOrDefault() ?? subscription.OptionalText("vendorSkuId") ?? productId;
            var quantity = states.Contains(subscription.Text("status")) ? subscription.Number("quantity", least: 0) : 0;
            var description = subscription.OptionalText("productName") ?? sku;
            if (problems.HasOpen)
            {
                isBroken = true;
                problems.Unreadable(subscription.IdIn("id"), RecordJson.Hash(subscription.Bytes));
                continue;
            }

            counts[sku] = counts.TryGetValue(sku, out var known)
                ? known with { Quantity = known.Quantity + quantity, Description = string.CompareOrdinal(known.Description, description) <= 0 ? known.Description : description }
                : new Count
                {
                    Id = new RecordId(Pax8Files.SourceName, RecordKind.Count, string.Create(CultureInfo.InvariantCulture, $"{companyId}|{day:yyyy-MM-dd}|{sku}")),
                    CompanyId = companyId,
                    CompanyName = company ?? companyId,
                    Sku = sku,
                    Description = description,
                    Day = day,
                    Quantity = quantity,
                };
        }

        // A count without one of its subscriptions would be too low.
        return isBroken ? [] : [.. counts.Values];
    }
}
