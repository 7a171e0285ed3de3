using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.Pax8;

/// <summary>Pax8's REST interface: lists to the end, and single records.</summary>
internal sealed class Pax8Client(Pax8Options options, Pax8Wire wire, AccessTokens tokens)
{
    /// <summary>So many passes over a list that changes while it is read.</summary>
    private const int MostPasses = 3;

    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");
    private readonly string _root = options.BaseUrl.TrimEnd('/') + "/";

    /// <summary>All records of a list. Pages are numbered from 0 and tell how many records there are; where that changes meanwhile, all is read once more.</summary>
    /// <param name="query">As it stands in the address, without page and size; empty for none.</param>
    public async Task<IReadOnlyList<JsonElement>> AllAsync(string path, string query, CancellationToken cancellationToken)
    {
        for (var pass = 1; pass <= MostPasses; pass++)
        {
            if (await PassAsync(path, query, cancellationToken).ConfigureAwait(false) is { } all)
                return all;
        }

        throw wire.Malformed($"Pax8's list of {path} changes each time that it is read. The next pull tries again.");
    }

    /// <summary>One record; null where there is none of that id.</summary>
    public async Task<JsonElement?> FindAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(path, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        if (!answer.IsSuccessStatusCode)
            throw await wire.RefusalAsync(answer, "GET " + path, cancellationToken).ConfigureAwait(false);

        var record = await wire.JsonAsync(answer, "GET " + path, cancellationToken).ConfigureAwait(false);
        return record.ValueKind == JsonValueKind.Object ? record : throw wire.Malformed($"Pax8 answered GET {path} with something that is no record.");
    }

    // Null when the list changed while it was read.
    private async Task<IReadOnlyList<JsonElement>?> PassAsync(string path, string query, CancellationToken cancellationToken)
    {
        var (rows, ids, total) = (new List<JsonElement>(), new HashSet<string>(StringComparer.Ordinal), (long?)null);
        for (var number = 0; ; number++)
        {
            var asked = string.Create(CultureInfo.InvariantCulture, $"{path}?page={number}&size={options.PageSize}{(query.Length > 0 ? "&" : "")}{query}");
            using var answer = await SendAsync(asked, cancellationToken).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
                throw await wire.RefusalAsync(answer, "GET " + asked, cancellationToken).ConfigureAwait(false);

            var page = await wire.JsonAsync(answer, "GET " + asked, cancellationToken).ConfigureAwait(false);
            if (page.ValueKind != JsonValueKind.Object || !page.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.Array || !page.TryGetProperty("page", out var about))
                throw wire.Malformed($"Pax8 answered GET {asked} with something that is no page of records.");

            var (elements, pages) = (Number(about, "totalElements", asked), Number(about, "totalPages", asked));
            if (Number(about, "number", asked) != number || (total ?? elements) != elements)
                return null;

            total = elements;
            foreach (var row in content.EnumerateArray())
            {
                rows.Add(row);
                if (Pax8Wire.Text(row, "id") is { } id && !ids.Add(id))
                    return null;
            }

            if (number + 1 >= pages)
                return rows.Count == total ? rows : null;
        }
    }

    private long Number(JsonElement page, string name, string asked) =>
        page.ValueKind == JsonValueKind.Object && page.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : throw wire.Malformed($"Pax8 answered GET {asked} without the page's {name}.");

    // A token may end before its time; a second refusal is one of the permissions.
    private async Task<HttpResponseMessage> SendAsync(string asked, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        var answer = await SendAsync(asked, token, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.Unauthorized)
            return answer;

        answer.Dispose();
        return await SendAsync(asked, await tokens.NewerThanAsync(token, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(string asked, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_root + asked));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(Json);
        return await wire.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
