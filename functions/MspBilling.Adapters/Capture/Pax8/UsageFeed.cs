using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.Pax8;

/// <summary><c>GET /subscriptions/{id}/usage-summaries</c> and, by day, <c>GET /usage-summaries/{id}/usage-lines</c>: a page for each summary and day that has any.</summary>
/// <remarks><see href="https://devx.pax8.com/reference/findusagelines">Usage lines</see> are asked for day by day, which is many requests: the settings ask for it.</remarks>
internal sealed class UsageFeed(Pax8Options options, Pax8Client client, Pax8Wire wire, TimeProvider clock)
{
    public RecordFeed Feed { get; } = new(Pax8Files.Usage, Pax8Files.Format(Pax8Files.Usage))
    {
        Swept = RecordKind.Usage,
        IdPrefix = Pax8Files.Usage + "|",
        Every = TimeSpan.FromHours(options.RefreshHours),
    };

    public IAsyncEnumerable<RecordPage> PullAsync(CancellationToken cancellationToken) => PagesAsync(Today.AddDays(1 - options.UsageDays), Today, cancellationToken);

    public async IAsyncEnumerable<string> IdsAsync(Period days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = days.End <= Today ? days.End.AddDays(-1) : Today;
        await foreach (var page in PagesAsync(days.Start, last, cancellationToken).ConfigureAwait(false))
        {
            foreach (var id in Pax8Files.IdsIn(page, Feed))
                yield return id;
        }
    }

    public async Task<RecordPage?> FetchAsync(string externalId, CancellationToken cancellationToken)
    {
        // usage|summary|day|…
        if (externalId.Split('|') is not [_, var id, var day, ..] || await client.FindAsync("usage-summaries/" + Uri.EscapeDataString(id), cancellationToken).ConfigureAwait(false) is not { } summary)
            return null;

        var page = await PageAsync(summary, await CompanyAsync(summary, cancellationToken).ConfigureAwait(false), day, cancellationToken).ConfigureAwait(false);
        return page is not null && Pax8Files.IdsIn(page, Feed).Contains(externalId) ? page : null;
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private async IAsyncEnumerable<RecordPage> PagesAsync(DateOnly first, DateOnly last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var companies = (await client.AllAsync("companies", "", cancellationToken).ConfigureAwait(false)).ToDictionary(company => Pax8Wire.Text(company, "id") ?? "", StringComparer.Ordinal);
        foreach (var subscription in await client.AllAsync("subscriptions", "sort=createdDate,asc", cancellationToken).ConfigureAwait(false))
        {
            var id = Pax8Wire.Text(subscription, "id") ?? throw wire.Malformed("Pax8 listed a subscription without an id.");
            foreach (var summary in await client.AllAsync($"subscriptions/{Uri.EscapeDataString(id)}/usage-summaries", "", cancellationToken).ConfigureAwait(false))
            {
                var company = companies.TryGetValue(Pax8Wire.Text(summary, "companyId") ?? "", out var known) ? known : (JsonElement?)null;
                for (var day = first; day <= last; day = day.AddDays(1))
                {
                    if (await PageAsync(summary, company, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false) is { } page)
                        yield return page;
                }
            }
        }
    }

    private async Task<JsonElement?> CompanyAsync(JsonElement summary, CancellationToken cancellationToken) =>
        Pax8Wire.Text(summary, "companyId") is { } id ? await client.FindAsync("companies/" + Uri.EscapeDataString(id), cancellationToken).ConfigureAwait(false) : null;

    private async Task<RecordPage?> PageAsync(JsonElement summary, JsonElement? company, string day, CancellationToken cancellationToken)
    {
        var id = Pax8Wire.Text(summary, "id") ?? throw wire.Malformed("Pax8 listed a usage summary without an id.");
        var lines = await client.AllAsync($"usage-summaries/{Uri.EscapeDataString(id)}/usage-lines", "usageDate=" + Uri.EscapeDataString(day), cancellationToken).ConfigureAwait(false);
        return lines.Count == 0 ? null : Pax8Files.Page(Pax8Files.Usage, $"{id}-{day}", json =>
        {
            // Without the month's charges so far, which change each day.
            json.WriteStartObject(UsageLineCharges.SummaryName);
            foreach (var name in UsageLineCharges.SummaryFields.Where(name => Pax8Wire.Text(summary, name) is not null))
                json.WriteString(name, Pax8Wire.Text(summary, name));
            if (company is { } found && Pax8Wire.Text(found, "name") is { } companyName)
                json.WriteString(UsageLineCharges.CompanyName, companyName);
            json.WriteEndObject();
            json.Write(UsageLineCharges.ListName, lines.OrderBy(line => line.GetRawText(), StringComparer.Ordinal));
        });
    }
}
