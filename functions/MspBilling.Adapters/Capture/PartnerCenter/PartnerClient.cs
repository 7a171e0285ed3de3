using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.PartnerCenter;

/// <summary>The lists of Partner Center's REST interface: invoices, customers, subscriptions.</summary>
/// <remarks>
/// A list's next page is named by its answer: <c>links.next</c> with the address and the headers to ask with
/// (<see href="https://learn.microsoft.com/partnercenter/developer/get-a-list-of-customers">customers</see>).
/// </remarks>
internal sealed class PartnerClient(PartnerCenterOptions options, PartnerWire wire, AccessTokens tokens)
{
    private const int MostPages = 100_000;
    private readonly string _root = options.PartnerUrl.TrimEnd('/');

    /// <summary><see href="https://learn.microsoft.com/partnercenter/developer/get-a-collection-of-invoices">GET /v1/invoices</see></summary>
    public IAsyncEnumerable<JsonElement> InvoicesAsync(CancellationToken cancellationToken) =>
        ListAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/invoices?size={options.PageSize}&offset=0"), cancellationToken);

    /// <summary><see href="https://learn.microsoft.com/partnercenter/developer/get-a-list-of-customers">GET /v1/customers</see></summary>
    public IAsyncEnumerable<JsonElement> CustomersAsync(CancellationToken cancellationToken) =>
        ListAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/customers?size={options.PageSize}"), cancellationToken);

    /// <summary><see href="https://learn.microsoft.com/partnercenter/developer/get-all-of-a-customer-s-subscriptions">GET /v1/customers/{id}/subscriptions</see></summary>
    /// <returns>Null for a customer whose subscriptions the partner may not see any more.</returns>
    public async Task<IReadOnlyList<JsonElement>?> SubscriptionsAsync(string customerId, CancellationToken cancellationToken)
    {
        var subscriptions = new List<JsonElement>();
        await foreach (var (answer, what) in PagesAsync($"/customers/{Uri.EscapeDataString(customerId)}/subscriptions", cancellationToken).ConfigureAwait(false))
        {
            if (answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound && subscriptions.Count == 0)
                return null;
            subscriptions.AddRange(await ItemsAsync(answer, what, cancellationToken).ConfigureAwait(false));
        }

        return subscriptions;
    }

    private async IAsyncEnumerable<JsonElement> ListAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (answer, what) in PagesAsync(path, cancellationToken).ConfigureAwait(false))
        {
            foreach (var item in await ItemsAsync(answer, what, cancellationToken).ConfigureAwait(false))
                yield return item;
        }
    }

    private async Task<IReadOnlyList<JsonElement>> ItemsAsync(HttpResponseMessage answer, string what, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
            throw await wire.RefusalAsync(answer, what, cancellationToken).ConfigureAwait(false);

        var list = await wire.JsonAsync(answer, what, cancellationToken).ConfigureAwait(false);
        return list.ValueKind == JsonValueKind.Object && list.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array
            ? [.. items.EnumerateArray()]
            : throw wire.Malformed($"Microsoft answered {what} with something that is no list of records.");
    }

    private async IAsyncEnumerable<(HttpResponseMessage Answer, string What)> PagesAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = new NextPage(path, []);
        for (var page = 0; next is not null; page++)
        {
            var asked = next;
            var what = "GET " + asked.Path.Split('?')[0].TrimStart('/');
            if (page == MostPages)
                throw wire.Malformed($"Microsoft's answers to {what} name a next page without end.");

            using var answer = await wire.SendAsync(() => Request(asked), tokens, cancellationToken).ConfigureAwait(false);
            yield return (answer, what);
            next = answer.IsSuccessStatusCode ? NextOf(await wire.JsonAsync(answer, what, cancellationToken).ConfigureAwait(false), what) : null;
            if (next is not null && next.IsSame(asked))
                throw wire.Malformed($"Microsoft's answer to {what} names itself as the next page.");
        }
    }

    private HttpRequestMessage Request(NextPage page)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_root + page.Path));
        foreach (var (name, value) in page.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    // The address is within the interface: the token is sent nowhere else.
    private NextPage? NextOf(JsonElement list, string what)
    {
        if (!list.TryGetProperty("links", out var links) || links.ValueKind != JsonValueKind.Object || !links.TryGetProperty("next", out var next) || next.ValueKind != JsonValueKind.Object)
            return null;

        var path = PartnerWire.Text(next, "uri");
        if (path is null || !path.StartsWith('/') || path.StartsWith("//", StringComparison.Ordinal))
            throw wire.Malformed($"Microsoft's answer to {what} names a next page that is none of its own.");

        var headers = next.TryGetProperty("headers", out var all) && all.ValueKind == JsonValueKind.Array
            ? all.EnumerateArray().Select(header => (PartnerWire.Text(header, "key") ?? "", PartnerWire.Text(header, "value") ?? "")).Where(header => header.Item1.StartsWith("MS-", StringComparison.OrdinalIgnoreCase))
            : [];
        return new NextPage(path, [.. headers]);
    }

    private sealed record NextPage(string Path, IReadOnlyList<(string Name, string Value)> Headers)
    {
        public bool IsSame(NextPage other) => Path == other.Path && Headers.SequenceEqual(other.Headers);
    }
}
