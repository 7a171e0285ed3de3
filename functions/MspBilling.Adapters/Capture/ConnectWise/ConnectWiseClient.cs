using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>ConnectWise PSA's REST interface 3.0: lists to the end, and changes of single records.</summary>
/// <remarks>
/// Every request is signed in (Basic, <c>company+public:private</c>) and carries the integration's client id and the version of the records that are
/// read. What is not found or redirected is asked for once more at the codebase of now, because an upgrade moves all addresses.
/// </remarks>
internal sealed class ConnectWiseClient
{
    private readonly ConnectWiseOptions _options;
    private readonly ConnectWiseWire _wire;
    private readonly Codebase _codebase;
    private readonly AuthenticationHeaderValue _authorization;

    public ConnectWiseClient(ConnectWiseOptions options, IHttpClientFactory http)
    {
        if (!ConnectWiseSite.TryParse(options.Site, out var site))
            throw new ArgumentException("The site is no host.", nameof(options));

        _options = options;
        _wire = new ConnectWiseWire(options, site, http);
        _codebase = new Codebase(options, site, _wire);
        _authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.CompanyId}+{options.PublicKey}:{options.PrivateKey}")));
    }

    /// <summary>The field that a record's last change is asked by.</summary>
    public string IncrementalField => _options.IncrementalField;

    public int PageSize => _options.PageSize;

    /// <summary>One page.</summary>
    public async Task<ListAnswer> ListAsync(ListQuery query, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(api => query.Request(api, _options.PageSize), cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.NotFound && query.Parent is var (list, id)
            && (await ListAsync(list with { Conditions = Conditions.Is("id", id), Fields = "id" }, cancellationToken).ConfigureAwait(false)).Rows.Count == 0)
        {
            return ListAnswer.Empty;
        }

        if (answer.StatusCode != HttpStatusCode.OK)
            throw await _wire.RefusalAsync(answer, query.Path, query.Permission, cancellationToken).ConfigureAwait(false);

        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var rows = Row.ListOf(bytes) ?? throw _wire.Malformed($"ConnectWise PSA answered {query.Path} with something that is no list of records.");
        if (rows.Count > _options.PageSize)
            throw _wire.Malformed($"ConnectWise PSA answered {query.Path} with more records than were asked for.");

        var isMoreLinked = answer.Headers.TryGetValues("Link", out var links) && LinkHeader.Target(links, "next") is not null;

        // A full page may be followed by another even where a proxy took the links away.
        return new ListAnswer(rows, isMoreLinked || rows.Count == _options.PageSize, answer.Headers.Date);
    }

    /// <summary>All pages of a list, by id, so that records that come, change or go meanwhile move no other past the reader.</summary>
    /// <remarks>The vendor always links a next page here: the last is one that is not full (developer guide, "Forward-Only").</remarks>
    public async IAsyncEnumerable<ListAnswer> AllAsync(ListQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = 0L;
        for (var isMore = true; isMore;)
        {
            var answer = await ListAsync(query with { After = after }, cancellationToken).ConfigureAwait(false);
            foreach (var row in answer.Rows)
            {
                if (row.Id <= after)
                    throw _wire.Malformed($"ConnectWise PSA answered {query.Path} with records that it had sent before.");
                after = row.Id;
            }

            if (answer.Rows.Count > 0)
                yield return answer;
            isMore = answer.Rows.Count == _options.PageSize;
        }
    }

    /// <summary>What changed since a moment, in the order of change, to the end; all where it is null.</summary>
    /// <remarks>
    /// The next page is asked for by the change at which the last one ended and not by its number: a record that changes meanwhile
    /// moves to the end, and the pages by number behind it would each lose their first record. A page begins again with the second in which
    /// the last one ended, as the vendor tells no less than a second; a second with more records than a page is read by id.
    /// </remarks>
    public async IAsyncEnumerable<ListAnswer> ChangedAsync(ListQuery query, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var field = _options.IncrementalField;
        DateTimeOffset? from = since is { } moment ? Conditions.SecondOf(moment) : null;
        for (var isMore = true; isMore;)
        {
            var ordered = query with
            {
                Conditions = Conditions.All(query.Conditions, from is { } first ? Conditions.From(field, first) : null),
                OrderBy = $"{field} asc, id asc",
            };
            var answer = (await ListAsync(ordered, cancellationToken).ConfigureAwait(false)).WithoutThisSecond();
            isMore = answer.HasMore && answer.Rows.Count > 0;
            var last = LastChange(answer, query.Path, from);
            if (answer.Rows.Count > 0)
                yield return answer;

            if (isMore && last == from)
            {
                var next = last!.Value + Conditions.Second;
                var second = query with { Conditions = Conditions.All(query.Conditions, Conditions.From(field, last.Value), Conditions.Before(field, next)) };
                await foreach (var page in AllAsync(second, cancellationToken).ConfigureAwait(false))
                    yield return page;
                last = next;
            }

            from = last;
        }
    }

    /// <summary>Changes a record by JSON Patch. Values are set whole, so that a try that was answered but not heard does no harm when it is repeated.</summary>
    public async Task PatchAsync(string path, string permission, string patch, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(
            api => new HttpRequestMessage(HttpMethod.Patch, new Uri(api, path)) { Content = new StringContent(patch, Encoding.UTF8, "application/json") },
            cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw await _wire.RefusalAsync(answer, "a change of " + path, permission, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a record. A try that was answered but not heard is repeated: who makes one looks for a second afterwards.</summary>
    public async Task PostAsync(string path, string permission, string record, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(
            api => new HttpRequestMessage(HttpMethod.Post, new Uri(api, path)) { Content = new StringContent(record, Encoding.UTF8, "application/json") },
            cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK))
            throw await _wire.RefusalAsync(answer, "a new record of " + path, permission, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a record away; one that is gone is no failure.</summary>
    public async Task DeleteAsync(string path, string permission, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(api => new HttpRequestMessage(HttpMethod.Delete, new Uri(api, path)), cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.NotFound)
            throw await _wire.RefusalAsync(answer, "the removal of " + path, permission, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The second of the last change on a page, which must be in order and after what was asked for.</summary>
    private DateTimeOffset? LastChange(ListAnswer answer, string path, DateTimeOffset? from)
    {
        foreach (var row in answer.Rows)
        {
            if (row.LastUpdated is not { } changed)
                throw _wire.Malformed($"ConnectWise PSA answered {path} without _info.lastUpdated, by which its changes are told.");
            if (Conditions.SecondOf(changed) < from)
                throw _wire.Malformed($"ConnectWise PSA answered {path} with records out of the order or before the time that were asked for. Try Sources:ConnectWise:IncrementalField _info/lastUpdated.");
            from = Conditions.SecondOf(changed);
        }

        return from;
    }

    private async Task<HttpResponseMessage> SendAsync(Func<Uri, HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        var api = await _codebase.ApiAsync(cancellationToken).ConfigureAwait(false);
        var answer = await SendToAsync(request(api), cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.NotFound && (int)answer.StatusCode is < 300 or >= 400)
            return answer;

        if (await _codebase.MovedFromAsync(api, cancellationToken).ConfigureAwait(false) is not { } moved)
            return answer;

        answer.Dispose();
        return await SendToAsync(request(moved), cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendToAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            request.Headers.Authorization = _authorization;
            request.Headers.Add("clientId", _options.ClientId);
            request.Headers.Accept.ParseAdd($"application/vnd.connectwise.com+json; version={_options.ApiVersion}");
            return await _wire.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }
}
