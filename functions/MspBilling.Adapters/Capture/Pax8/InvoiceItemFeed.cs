using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.Pax8;

/// <summary><c>GET /invoices</c> and <c>GET /invoices/{id}/items</c>: a page for each invoice and company.</summary>
/// <remarks>
/// <see href="https://devx.pax8.com/reference/findpartnerinvoices">Invoices</see> are listed by date; whether one is paid changes nothing, but of one that is void every item is gone. No list
/// tells what changed, so that those of the last months are pulled each time; what is alike is the same bytes.
/// </remarks>
internal sealed class InvoiceItemFeed(Pax8Options options, Pax8Client client, Pax8Wire wire, TimeProvider clock)
{
    // So long what was pulled is looked up and not asked for again: a sweep follows a pull.
    private static readonly TimeSpan Keeps = TimeSpan.FromMinutes(30);
    private readonly Dictionary<string, (DateTimeOffset At, IReadOnlyList<RecordPage> Pages)> _loaded = new(StringComparer.Ordinal);

    public RecordFeed Feed { get; } = new(Pax8Files.InvoiceItems, Pax8Files.Format(Pax8Files.InvoiceItems))
    {
        Swept = RecordKind.Usage,
        IdPrefix = Pax8Files.InvoiceItems + "|",
        IsRestated = true,
        Every = TimeSpan.FromHours(options.RefreshHours),
    };

    public async IAsyncEnumerable<RecordPage> PullAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _loaded.Clear();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var pages = new List<RecordPage>();
        foreach (var invoice in await InvoicesAsync(today.AddDays(-options.LookBackDays), cancellationToken).ConfigureAwait(false))
            pages.AddRange(await PagesAsync(invoice, cancellationToken).ConfigureAwait(false));

        // Not before all is there: an invoice that replaces another does not come without that one's end.
        foreach (var page in pages)
            yield return page;
    }

    /// <summary>The ids of items of some days: an invoice may charge for days months before it, and after.</summary>
    public async IAsyncEnumerable<string> IdsAsync(Period days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var invoice in await InvoicesAsync(days.Start.AddMonths(-1), cancellationToken).ConfigureAwait(false))
        {
            foreach (var id in (await PagesAsync(invoice, cancellationToken).ConfigureAwait(false)).SelectMany(page => Pax8Files.IdsIn(page, Feed)))
                yield return id;
        }
    }

    public async Task<RecordPage?> FetchAsync(string externalId, CancellationToken cancellationToken)
    {
        // invoice-items|invoice|…
        if (externalId.Split('|') is not [_, { Length: > 0 } id, ..] || await client.FindAsync("invoices/" + Uri.EscapeDataString(id), cancellationToken).ConfigureAwait(false) is not { } invoice)
            return null;

        return (await PagesAsync(invoice, cancellationToken).ConfigureAwait(false)).FirstOrDefault(page => Pax8Files.IdsIn(page, Feed).Contains(externalId));
    }

    private Task<IReadOnlyList<JsonElement>> InvoicesAsync(DateOnly since, CancellationToken cancellationToken) =>
        client.AllAsync("invoices", string.Create(CultureInfo.InvariantCulture, $"sort=invoiceDate,asc&invoiceDateRangeStart={since:yyyy-MM-dd}"), cancellationToken);

    private async Task<IReadOnlyList<RecordPage>> PagesAsync(JsonElement invoice, CancellationToken cancellationToken)
    {
        var id = Pax8Wire.Text(invoice, "id") ?? throw wire.Malformed("Pax8 listed an invoice without an id.");
        var isVoid = IsVoid(invoice);
        var key = $"{id} {isVoid}";
        if (_loaded.TryGetValue(key, out var known) && clock.GetUtcNow() - known.At < Keeps)
            return known.Pages;

        var items = await client.AllAsync($"invoices/{Uri.EscapeDataString(id)}/items", "", cancellationToken).ConfigureAwait(false);
        var pages = items.GroupBy(item => Pax8Wire.Text(item, "companyId") ?? "", StringComparer.Ordinal).OrderBy(company => company.Key, StringComparer.Ordinal).Select(company =>
            Pax8Files.Page(Pax8Files.InvoiceItems, $"{id}-{company.Key}", json =>
            {
                json.WriteBoolean(InvoiceItemCharges.InArrearsName, !options.UsageLines);
                json.WriteBoolean(InvoiceItemCharges.BilledByPax8Name, options.TakesBilledByPax8);

                // Without what is owed, which changes with each payment.
                json.WriteStartObject(InvoiceItemCharges.InvoiceName);
                json.WriteString("id", id);
                json.WriteString("invoiceDate", Pax8Wire.Text(invoice, "invoiceDate"));
                json.WriteBoolean(InvoiceItemCharges.VoidName, isVoid);
                json.WriteEndObject();
                json.Write(InvoiceItemCharges.ListName, company.OrderBy(item => item.GetRawText(), StringComparer.Ordinal));
            })).ToList();
        _loaded[key] = (clock.GetUtcNow(), pages);
        return pages;
    }

    private static bool IsVoid(JsonElement invoice) => string.Equals(Pax8Wire.Text(invoice, "status"), "Void", StringComparison.OrdinalIgnoreCase);
}
