namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>The rows that others refer to, asked for once in a pull.</summary>
internal sealed class References(HaloClient client, HaloPsaOptions options)
{
    private static readonly (string, string)[] All = [("includeinactive", "true")];
    private static readonly (string, string)[] WithDetails = [("includedetails", "true")];

    // Names of charge types: GET /Lookup?lookupid=17 (django-halo's ChargeRateAPI, stored file 4081703452).
    private static readonly (string, string)[] OfChargeTypes = [("lookupid", "17")];

    private readonly Dictionary<(string Path, string Id), HaloRow?> _rows = [];
    private IReadOnlyCollection<HaloRow>? _chargeTypes;
    private IReadOnlyCollection<HaloRow>? _assetTypes;
    private bool _isLoaded;

    /// <summary>Lists the clients and agents, so that they are not asked for one by one.</summary>
    public async Task LoadOnceAsync(CancellationToken cancellationToken)
    {
        if (_isLoaded)
            return;

        _isLoaded = true;
        await foreach (var page in client.PagesAsync("Client", All, cancellationToken).ConfigureAwait(false))
            Add("Client", page);
        Add("Agent", (await client.ListAsync("Agent", AgentFeed.Query, cancellationToken).ConfigureAwait(false)).Rows);
    }

    /// <summary>Lists the tickets that changed since a moment of the date zone, as work on a ticket changes it.</summary>
    public async Task LoadTicketsAsync(string since, CancellationToken cancellationToken)
    {
        await foreach (var page in client.PagesAsync("Tickets", [("includeclosed", "true"), ("lastupdatefromdate", since)], cancellationToken).ConfigureAwait(false))
            Add("Tickets", page);
    }

    public void Add(string path, IEnumerable<HaloRow> rows)
    {
        foreach (var row in rows)
            _rows[(path, row.Id ?? "")] = row;
    }

    /// <summary>The rows of the ids, and of tickets those above them too, so that a task's project is found.</summary>
    public async Task<IReadOnlyCollection<HaloRow>> FindAsync(string path, IEnumerable<string?> ids, CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<string, HaloRow>(StringComparer.Ordinal);
        var wanted = new Queue<string>(ids.OfType<string>().Distinct());
        while (wanted.TryDequeue(out var id))
        {
            if (found.ContainsKey(id) || await FindAsync(path, id, cancellationToken).ConfigureAwait(false) is not { } row)
                continue;

            found.Add(id, row);
            if (path == "Tickets" && row.Reference("parent_id") is { } parent)
                wanted.Enqueue(parent);
        }

        return found.Values;
    }

    /// <summary>None where the settings name charge rates, for whose application the lookup is not open.</summary>
    public async Task<IReadOnlyCollection<HaloRow>> ChargeTypesAsync(CancellationToken cancellationToken) =>
        _chargeTypes ??= options.ChargeRateNames.Count > 0 ? [] : (await client.ListAsync("Lookup", OfChargeTypes, cancellationToken).ConfigureAwait(false)).Rows;

    public async Task<IReadOnlyCollection<HaloRow>> AssetTypesAsync(CancellationToken cancellationToken) =>
        _assetTypes ??= (await client.ListAsync("AssetType", [], cancellationToken).ConfigureAwait(false)).Rows;

    private async Task<HaloRow?> FindAsync(string path, string id, CancellationToken cancellationToken)
    {
        if (!_rows.TryGetValue((path, id), out var row))
            _rows[(path, id)] = row = await client.FindAsync(path, id, WithDetails, cancellationToken).ConfigureAwait(false);
        return row;
    }
}
