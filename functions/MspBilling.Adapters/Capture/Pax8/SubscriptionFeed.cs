using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MspBilling.Adapters.Capture.Pax8;

/// <summary><c>GET /subscriptions</c>, a page for each company with the company and the products that they are of.</summary>
internal sealed class SubscriptionFeed(Pax8Options options, Pax8Client client, Pax8Wire wire, TimeProvider clock)
{
    public RecordFeed Feed { get; } = new(Pax8Files.Subscriptions, Pax8Files.Format(Pax8Files.Subscriptions)) { Every = TimeSpan.FromHours(options.RefreshHours) };

    public async IAsyncEnumerable<RecordPage> PullAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var day = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var companies = (await client.AllAsync("companies", "", cancellationToken).ConfigureAwait(false)).ToDictionary(company => Pax8Wire.Text(company, "id") ?? "", StringComparer.Ordinal);
        var subscriptions = await client.AllAsync("subscriptions", "sort=createdDate,asc", cancellationToken).ConfigureAwait(false);
        var products = new Dictionary<string, JsonElement?>(StringComparer.Ordinal);
        foreach (var company in subscriptions.GroupBy(subscription => IdIn(subscription, "companyId"), StringComparer.Ordinal).OrderBy(company => company.Key, StringComparer.Ordinal))
        {
            var ordered = company.OrderBy(subscription => IdIn(subscription, "id"), StringComparer.Ordinal).ToList();
            var known = new List<JsonElement>();
            foreach (var product in ordered.Select(subscription => IdIn(subscription, "productId")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                if (!products.TryGetValue(product, out var found))
                    products[product] = found = await client.FindAsync("products/" + Uri.EscapeDataString(product), cancellationToken).ConfigureAwait(false);
                if (found is { } record)
                    known.Add(record);
            }

            yield return Pax8Files.Page(Pax8Files.Subscriptions, $"{day}-{company.Key}", json =>
            {
                json.WriteString(SubscriptionCounts.DayName, day);
                json.Write(SubscriptionCounts.StatesName, options.StatesThatCount);
                if (companies.TryGetValue(company.Key, out var found))
                    json.Write(SubscriptionCounts.CompanyName, found);
                json.Write(SubscriptionCounts.ProductsName, known);
                json.Write(SubscriptionCounts.ListName, ordered);
            });
        }
    }

    private string IdIn(JsonElement subscription, string name) =>
        Pax8Wire.Text(subscription, name) is { Length: > 0 } id ? id : throw wire.Malformed($"Pax8 listed a subscription without its {name}.");
}
