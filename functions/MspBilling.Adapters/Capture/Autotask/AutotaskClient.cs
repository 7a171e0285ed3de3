using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>Autotask's REST interface 1.0: queries to the end, the labels of picklists, and changes of single records.</summary>
/// <remarks>
/// Each request carries the API user's name, secret and tracking identifier. What is not signed in is looked up at the zone of now, once, and then
/// nothing more is asked for an hour: repeated wrong sign-ins lock the API user.
/// </remarks>
internal sealed class AutotaskClient(AutotaskOptions options, IHttpClientFactory http, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromHours(1);

    private readonly AutotaskWire _wire = new(options, http);
    private readonly AutotaskZone _zone = new(options, new AutotaskWire(options, http));
    private SourceException? _refusal;
    private DateTimeOffset _refusedUntil;

    /// <summary>At most this many ids in a condition: what the vendor takes is not documented, and a body is limited.</summary>
    public int MostIds { get; } = Math.Min(options.PageSize, 200);

    /// <summary>The pages of a query, each row with its id, by id.</summary>
    /// <remarks>
    /// Rows come in the order of their ids, so the next page is asked for by the last id: what comes or goes meanwhile moves no row past the reader,
    /// and no paging token expires. Where a page is not in that order, <c>nextPageUrl</c> is followed as it is, to the end.
    /// </remarks>
    public async IAsyncEnumerable<RowPage> QueryAsync(AutotaskQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ask = query.Conditions.Count > 0 ? query : query.And(AutotaskCondition.AllIds);
        var (body, next, isByUrl) = (ask.ToJson(options.PageSize), (Uri?)null, false);
        while (true)
        {
            var page = await PageAsync(query.Entity, next, body, cancellationToken).ConfigureAwait(false);
            if (page.Rows.Count > 0)
                yield return page;
            if (page.Next is null)
                yield break;

            isByUrl |= page.Rows.Count == 0 || !page.IsById;
            if (isByUrl)
                next = page.Next;
            else
                body = ask.And(AutotaskCondition.After(page.Rows[^1].Id)).ToJson(options.PageSize);
        }
    }

    public async Task<IReadOnlyList<Row>> AllAsync(AutotaskQuery query, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        await foreach (var page in QueryAsync(query, cancellationToken).ConfigureAwait(false))
            rows.AddRange(page.Rows);
        return rows;
    }

    /// <summary>The rows that refer to any of many ids, or have them.</summary>
    public async Task<IReadOnlyList<Row>> OfAsync(AutotaskQuery query, string field, IEnumerable<long> ids, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        foreach (var some in ids.Distinct().Order().Chunk(MostIds))
            rows.AddRange(await AllAsync(query.And(AutotaskCondition.In(field, some)), cancellationToken).ConfigureAwait(false));
        return rows;
    }

    /// <summary>The labels of a field's picklist by value (REST API, "Understanding picklists").</summary>
    public async Task<SortedDictionary<string, string>> LabelsAsync(string entity, string field, CancellationToken cancellationToken)
    {
        var what = $"the fields of {entity}";
        var answer = await JsonAsync(zone => new HttpRequestMessage(HttpMethod.Get, new Uri(zone, $"{entity}/entityInformation/fields")), what, Permission(entity), cancellationToken).ConfigureAwait(false);
        if (Wire.Field(answer, "fields") is not { ValueKind: JsonValueKind.Array } fields)
            throw _wire.Malformed(what, "is not as its interface promises");

        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var values = fields.EnumerateArray().Where(each => string.Equals(Wire.Text(each, "name"), field, StringComparison.OrdinalIgnoreCase))
            .Select(each => Wire.Field(each, "picklistValues")).OfType<JsonElement>().Where(list => list.ValueKind == JsonValueKind.Array).SelectMany(list => list.EnumerateArray());
        foreach (var value in values)
        {
            if ((Wire.Text(value, "value") ?? Wire.Whole(value, "value")?.ToString(CultureInfo.InvariantCulture)) is { } id && Wire.Text(value, "label") is { } label && label.Length > 0)
                labels[id] = label;
        }

        return labels;
    }

    /// <summary>How many requests all integrations may send in an hour and have sent, or null where that is not told (<c>ThresholdInformation</c>).</summary>
    public async Task<(long Most, long Sent)?> ThresholdAsync(CancellationToken cancellationToken)
    {
        var answer = await JsonAsync(zone => new HttpRequestMessage(HttpMethod.Get, new Uri(zone, "ThresholdInformation")), "the number of requests", Permission("the threshold"), cancellationToken).ConfigureAwait(false);
        return Wire.Whole(answer, "externalRequestThreshold") is { } most && Wire.Whole(answer, "currentTimeframeRequestCount") is { } sent ? (most, sent) : null;
    }

    /// <summary>Changes fields of a record; the others keep their values. It is sent once: who asks again reads the record before.</summary>
    public Task PatchAsync(string entity, string json, CancellationToken cancellationToken) => JsonAsync(
        zone => new HttpRequestMessage(HttpMethod.Patch, new Uri(zone, entity)) { Content = Body(json) },
        $"a change of {entity}",
        $"Check that the API user's security level may change {entity}.",
        cancellationToken,
        once: true);

    /// <summary>Makes a record. It is sent once: who asks again looks for it before.</summary>
    public Task CreateAsync(string path, string json, CancellationToken cancellationToken) => JsonAsync(
        zone => new HttpRequestMessage(HttpMethod.Post, new Uri(zone, path)) { Content = Body(json) },
        $"a new record of {path}",
        $"Check that the API user's security level may add {path}.",
        cancellationToken,
        once: true);

    /// <summary>Takes a record away.</summary>
    public Task DeleteAsync(string path, CancellationToken cancellationToken) => JsonAsync(
        zone => new HttpRequestMessage(HttpMethod.Delete, new Uri(zone, path)),
        $"the removal of {path}",
        $"Check that the API user's security level may remove {path}.",
        cancellationToken,
        once: true);

    public SourceException Failure(SourceFailure failure, string message) => _wire.Failure(failure, message);

    public void Dispose() => _zone.Dispose();

    private static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");

    private static string Permission(string entity) => $"Check that the API user's security level may see {entity}.";

    private async Task<RowPage> PageAsync(string entity, Uri? next, string body, CancellationToken cancellationToken)
    {
        var what = $"a query of {entity}";
        DateTimeOffset? answeredAt = null;
        var answer = await JsonAsync(
            zone => new HttpRequestMessage(HttpMethod.Post, Target(zone, entity, next, what)) { Content = Body(body) },
            what,
            Permission(entity),
            cancellationToken,
            date => answeredAt = date).ConfigureAwait(false);
        if (Wire.Field(answer, "items") is not { ValueKind: JsonValueKind.Array } items || Wire.Field(answer, "pageDetails") is not { ValueKind: JsonValueKind.Object } details)
            throw _wire.Malformed(what, "is not a page of records");

        var rows = items.EnumerateArray().Select(item => Wire.Whole(item, "id") is { } id ? new Row(id, item) : throw _wire.Malformed(what, "has a record without an id")).ToList();
        Uri? following = null;
        if (Wire.Text(details, "nextPageUrl") is { Length: > 0 } url && !Uri.TryCreate(url, UriKind.Absolute, out following))
            throw _wire.Malformed(what, "has a next page that is no address");
        return new RowPage(rows, following, answeredAt);
    }

    // Secrets go to the zone alone, whatever an answer says.
    private Uri Target(Uri zone, string entity, Uri? next, string what) =>
        next is null ? new Uri(zone, entity + "/query")
        : next.Scheme == zone.Scheme && next.Authority == zone.Authority ? next
        : throw _wire.Malformed(what, $"has its next page on another host, {next.Host}, to which nothing is sent");

    private async Task<JsonElement> JsonAsync(
        Func<Uri, HttpRequestMessage> request, string what, string advice, CancellationToken cancellationToken, Action<DateTimeOffset?>? answered = null, bool once = false)
    {
        if (_refusal is { } refusal && clock.GetUtcNow() < _refusedUntil)
            throw _wire.Failure(refusal.Failure, refusal.Message);

        var zone = await _zone.FindAsync(cancellationToken).ConfigureAwait(false);
        var answer = await SendAsync(request(zone), what, once, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.Unauthorized && await _zone.MovedFromAsync(zone, cancellationToken).ConfigureAwait(false) is { } moved)
        {
            answer.Dispose();
            answer = await SendAsync(request(moved), what, once, cancellationToken).ConfigureAwait(false);
        }

        using (answer)
        {
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                _refusal = null;
                answered?.Invoke(answer.Headers.Date);
                return await _wire.ReadAsync(answer, what, cancellationToken).ConfigureAwait(false);
            }

            var failure = await _wire.RefusalAsync(answer, what, advice, cancellationToken).ConfigureAwait(false);
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
                (_refusedUntil, _refusal) = (clock.GetUtcNow() + AfterRefusal, failure);
            throw failure;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string what, bool once, CancellationToken cancellationToken)
    {
        using (request)
        {
            // REST API, "Authentication": three headers, and no other sign-in.
            request.Headers.TryAddWithoutValidation("UserName", options.UserName);
            request.Headers.TryAddWithoutValidation("Secret", options.Secret);
            request.Headers.TryAddWithoutValidation("ApiIntegrationCode", options.IntegrationCode);
            return await _wire.SendAsync(request, what, cancellationToken, once).ConfigureAwait(false);
        }
    }
}

/// <summary>A row as the vendor sent it.</summary>
internal readonly record struct Row(long Id, JsonElement Json);

/// <summary>A page of rows.</summary>
/// <param name="Next">The vendor's address of the next page; null for the last.</param>
/// <param name="AnsweredAt">By the vendor's clock.</param>
internal sealed record RowPage(IReadOnlyList<Row> Rows, Uri? Next, DateTimeOffset? AnsweredAt)
{
    /// <summary>Whether the rows are in the order of their ids.</summary>
    public bool IsById => Rows.Zip(Rows.Skip(1)).All(pair => pair.First.Id < pair.Second.Id);
}
