using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>HaloPSA's REST interface: lists to the end, single records, and changes of them.</summary>
internal sealed class HaloClient(HaloPsaOptions options, HaloWire wire, AccessTokens tokens)
{
    /// <summary>So many passes over a list that loses records while it is read.</summary>
    private const int MostPasses = 3;

    private const int MostPages = 1_000_000;
    private static readonly MediaTypeWithQualityHeaderValue Json = new("application/json");
    private readonly string _root = options.ResourceUrl.TrimEnd('/') + "/";

    /// <summary>One answer with a list.</summary>
    public async Task<HaloList> ListAsync(string path, IEnumerable<(string Name, string Value)> query, CancellationToken cancellationToken)
    {
        var asked = Address(path, query);
        using var answer = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, new Uri(_root + asked)), cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw await wire.RefusalAsync(answer, "GET " + asked, cancellationToken).ConfigureAwait(false);

        return HaloList.Of(await wire.JsonAsync(answer, "GET " + asked, cancellationToken).ConfigureAwait(false))
            ?? throw wire.Malformed($"HaloPSA answered GET {asked} with something that is no list of records.");
    }

    /// <summary>One record; null where there is none of that id.</summary>
    public async Task<HaloRow?> FindAsync(string path, string id, IEnumerable<(string Name, string Value)> query, CancellationToken cancellationToken)
    {
        var asked = Address($"{path}/{Uri.EscapeDataString(id)}", query);
        using var answer = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, new Uri(_root + asked)), cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.NoContent)
            return null;
        if (!answer.IsSuccessStatusCode)
            throw await wire.RefusalAsync(answer, "GET " + asked, cancellationToken).ConfigureAwait(false);

        var row = await wire.JsonAsync(answer, "GET " + asked, cancellationToken).ConfigureAwait(false);
        if (row.ValueKind == JsonValueKind.Null)
            return null;
        return row.ValueKind == JsonValueKind.Object && new HaloRow(row).TextId == id
            ? new HaloRow(row)
            : throw wire.Malformed($"HaloPSA answered GET {asked} with something that is not that record.");
    }

    /// <summary>All pages of a list, each record once, or again where it changed meanwhile.</summary>
    /// <remarks>
    /// The end is an empty page, or one that was there before: some lists repeat their last page, or answer all whatever page is asked for. How many there are in
    /// all (<c>record_count</c>) is not trusted; but where it falls, a record went, others may have moved up past the reader, and all is read once more.
    /// </remarks>
    public async IAsyncEnumerable<IReadOnlyList<HaloRow>> PagesAsync(
        string path, IReadOnlyList<(string Name, string Value)> query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new Dictionary<string, ulong>(StringComparer.Ordinal);
        for (var (pass, isWhole) = (1, false); pass <= MostPasses && !isWhole; pass++)
        {
            isWhole = true;
            var (most, before, first) = (long.MinValue, (string[]?)null, (string[]?)null);
            for (var number = 1; number <= MostPages; number++)
            {
                var page = await ListAsync(path, [.. query, .. Paging(number)], cancellationToken).ConfigureAwait(false);
                isWhole &= !(page.Count < most);
                most = Math.Max(most, page.Count ?? most);
                var ids = IdsOf(page, path);
                if (ids.Length == 0 || IsSame(ids, before) || IsSame(ids, first))
                    break;

                var fresh = page.Rows.Where(row => IsFresh(row, seen)).ToList();
                if (fresh.Count > 0)
                    yield return fresh;
                (before, first) = (ids, first ?? ids);
            }
        }
    }

    /// <summary>Creates or changes records: with an id, the fields that are sent are changed. Sent once.</summary>
    public async Task PostAsync(string path, string records, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, new Uri(_root + path)) { Content = new StringContent(records, Encoding.UTF8, "application/json") }, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw await wire.RefusalAsync(answer, "POST " + path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a record away; one that is gone is no failure.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, new Uri(_root + path)), cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.NotFound)
            throw await wire.RefusalAsync(answer, "DELETE " + path, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsSame(string[] ids, string[]? others) => others is not null && ids.AsSpan().SequenceEqual(others);

    private static bool IsFresh(HaloRow row, Dictionary<string, ulong> seen)
    {
        var hash = BitConverter.ToUInt64(System.Security.Cryptography.SHA256.HashData(row.Bytes));
        var id = row.Id!;
        var isFresh = !seen.TryGetValue(id, out var known) || known != hash;
        seen[id] = hash;
        return isFresh;
    }

    private static string Address(string path, IEnumerable<(string Name, string Value)> query)
    {
        var parameters = string.Join('&', query.Select(parameter => parameter.Name + "=" + Uri.EscapeDataString(parameter.Value)));
        return parameters.Length == 0 ? path : path + "?" + parameters;
    }

    private IEnumerable<(string Name, string Value)> Paging(int number)
    {
        yield return ("pageinate", "true");
        yield return ("page_no", number.ToString(CultureInfo.InvariantCulture));
        yield return ("page_size", options.PageSize.ToString(CultureInfo.InvariantCulture));
        if (options.Order.Length > 0)
        {
            yield return ("order", options.Order);
            yield return ("orderdesc", "false");
        }
    }

    private string[] IdsOf(HaloList page, string path) =>
        [.. page.Rows.Select(row => row.Id ?? throw wire.Malformed($"HaloPSA answered GET {path} with a record without an id."))];

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        var answer = await SendAsync(request(), token, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.Unauthorized)
            return answer;

        // A token may end before its time; a second refusal is one of the permissions.
        answer.Dispose();
        return await SendAsync(request(), await tokens.NewerThanAsync(token, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string token, CancellationToken cancellationToken)
    {
        using (request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.Accept.Add(Json);
            return await wire.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }
}
