using System.Globalization;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.PartnerCenter;

/// <summary>How many licences of each product a customer has, from a page of its subscriptions on a day: <c>{"day":"2026-11-23","countedStates":[…],"customer":{…},"subscriptions":[…]}</c>.</summary>
/// <remarks>
/// <see href="https://learn.microsoft.com/partnercenter/developer/subscription-resources">Subscriptions</see>. Several of one product are one count. What ended counts 0, so that
/// the count before it does not go on. Azure plans and others that are charged by usage have no licences.
/// </remarks>
internal static class SubscriptionCounts
{
    public const string DayName = "day";
    public const string StatesName = "countedStates";
    public const string CustomerName = "customer";
    public const string ListName = "subscriptions";

    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems)
    {
        if (JsonFile.Open(content, problems)?.Root(JsonFile.MostBytes) is not { } page)
            return [];

        var day = page.Date(DayName);
        var states = page.Texts(StatesName, required: true).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var customer = page.Record(CustomerName);
        var id = customer?.Text("id") ?? "";
        var name = customer?.OptionalRecord("companyProfile")?.OptionalText("companyName") ?? id;
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
            if (Read(subscription) is var (sku, description, quantity) && !problems.HasOpen)
            {
                counts[sku] = counts.TryGetValue(sku, out var known)
                    ? known with { Quantity = known.Quantity + quantity, Description = string.CompareOrdinal(known.Description, description) <= 0 ? known.Description : description }
                    : new Count
                    {
                        Id = new RecordId(PartnerCenterFiles.SourceName, RecordKind.Count, string.Create(CultureInfo.InvariantCulture, $"{id}|{day:yyyy-MM-dd}|{sku}")),
                        CompanyId = id,
                        CompanyName = name,
                        Sku = sku,
                        Description = description,
                        Day = day,
                        Quantity = quantity,
                    };
            }

            isBroken |= problems.HasOpen;
            if (problems.HasOpen)
                problems.Unreadable(subscription.IdIn("id"), RecordJson.Hash(subscription.Bytes));
        }

        // A count without one of its subscriptions would be too low.
        return isBroken ? [] : [.. counts.Values];

        (string Sku, string Description, decimal Quantity)? Read(JsonRecord subscription)
        {
            if (Is(subscription, "billingType", "usage") || Is(subscription, "unitType", "Usage-based"))
                return null;

            // Product, SKU and availability: which country and segment it was bought for makes no other product.
            var offer = subscription.Text("offerId").Split(':');
            var (status, quantity) = (subscription.Text("status"), subscription.Number("quantity", least: 0));
            return (string.Join(':', offer.Take(2)), subscription.OptionalText("offerName") ?? subscription.OptionalText("friendlyName") ?? offer[0], states.Contains(status) ? quantity : 0);
        }
    }

    private static bool Is(JsonRecord subscription, string name, string word) => string.Equals(subscription.OptionalText(name), word, StringComparison.OrdinalIgnoreCase);
}
