using System.Runtime.CompilerServices;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>A feed of which a list tells everything, or, where its rows lack a field, the answer for each single record.</summary>
/// <param name="path">Such as <c>Client</c>.</param>
/// <param name="query">Of the list.</param>
/// <param name="completeWith">The field without which a row is asked for by its id; which fields a list has differs by tenant and version.</param>
internal abstract class ListFeed(
    HaloClient client, HaloPsaOptions options, string name, string path, IReadOnlyList<(string, string)> query, bool tellsChanges, string? completeWith = null, RecordKind? swept = null) : HaloFeed(options)
{
    private static readonly (string, string)[] WithDetails = [("includedetails", "true")];

    public override RecordFeed Feed { get; } = new(name, HaloFiles.Format(name)) { Overlap = tellsChanges ? Overlap : null, Swept = swept };

    protected HaloClient Client => client;

    public override async IAsyncEnumerable<ReadOnlyMemory<byte>> PullAsync(DateTimeOffset? changedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var asked = tellsChanges && changedSince is { } since ? [.. query, ("lastupdatefromdate", Literal(Local(since)))] : query;
        var references = new References(client, Options);
        await foreach (var rows in RowsAsync(asked, cancellationToken).ConfigureAwait(false))
        {
            var whole = await WholeAsync(rows, cancellationToken).ConfigureAwait(false);
            if (whole.Count > 0)
                yield return await PageAsync(whole, references, isList: true, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task<ReadOnlyMemory<byte>?> FetchAsync(string externalId, CancellationToken cancellationToken) =>
        await client.FindAsync(path, FirstOf(externalId), WithDetails, cancellationToken).ConfigureAwait(false) is { } row
            ? await PageAsync([row], new References(client, Options), isList: false, cancellationToken).ConfigureAwait(false)
            : NoPage;

    protected virtual IAsyncEnumerable<IReadOnlyList<HaloRow>> RowsAsync(IReadOnlyList<(string, string)> asked, CancellationToken cancellationToken) =>
        client.PagesAsync(path, asked, cancellationToken);

    /// <param name="isList">Whether many such pages come, so that what they refer to is better listed.</param>
    protected virtual Task<ReadOnlyMemory<byte>> PageAsync(IReadOnlyList<HaloRow> rows, References references, bool isList, CancellationToken cancellationToken) => Task.FromResult(Page(rows));

    // One that was deleted since the list was asked for is left.
    private async Task<IReadOnlyList<HaloRow>> WholeAsync(IReadOnlyList<HaloRow> rows, CancellationToken cancellationToken)
    {
        if (completeWith is null || rows.All(row => row.Has(completeWith)))
            return rows;

        var whole = new List<HaloRow>();
        foreach (var row in rows)
        {
            if ((row.Has(completeWith) ? row : await client.FindAsync(path, row.Id!, WithDetails, cancellationToken).ConfigureAwait(false)) is { } found)
                whole.Add(found);
        }

        return whole;
    }
}

/// <summary><c>GET /Client</c>; address and currency are only in the answer for one client.</summary>
internal sealed class ClientFeed(HaloClient client, HaloPsaOptions options)
    : ListFeed(client, options, "clients", "Client", [("includeinactive", "true")], tellsChanges: true, completeWith: "main_invoice_address");

/// <summary><c>GET /Agent</c>, which is no pages; in some versions the cost is only in the answer for one agent.</summary>
internal sealed class AgentFeed(HaloClient client, HaloPsaOptions options) : ListFeed(client, options, "agents", "Agent", Query, tellsChanges: false, completeWith: "costprice")
{
    internal static readonly (string, string)[] Query = [("includeenabled", "true"), ("includedisabled", "true")];

    protected override async IAsyncEnumerable<IReadOnlyList<HaloRow>> RowsAsync(IReadOnlyList<(string, string)> asked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var list = await Client.ListAsync("Agent", asked, cancellationToken).ConfigureAwait(false);
        foreach (var page in list.Rows.Chunk(Options.PageSize))
            yield return page;
    }

    protected override async Task<ReadOnlyMemory<byte>> PageAsync(IReadOnlyList<HaloRow> rows, References references, bool isList, CancellationToken cancellationToken) =>
        Page(rows, (HaloPage.ChargeTypes, await references.ChargeTypesAsync(cancellationToken).ConfigureAwait(false)));
}

/// <summary><c>GET /ClientContract</c></summary>
internal sealed class ContractFeed(HaloClient client, HaloPsaOptions options)
    : ListFeed(client, options, "contracts", "ClientContract", [("includeinactive", "true")], tellsChanges: false, completeWith: "periodchargeamount");

/// <summary><c>GET /RecurringInvoice?includelines=true</c></summary>
internal sealed class RecurringInvoiceFeed(HaloClient client, HaloPsaOptions options)
    : ListFeed(client, options, "recurring-invoices", "RecurringInvoice", [("includelines", "true")], tellsChanges: false, completeWith: "lines", swept: RecordKind.Addition);

/// <summary><c>GET /Tickets</c></summary>
internal sealed class TicketFeed(HaloClient client, HaloPsaOptions options)
    : ListFeed(client, options, "tickets", "Tickets", [("includeclosed", "true")], tellsChanges: true);

/// <summary><c>GET /Projects</c>; milestones are only in the answer for one project.</summary>
internal sealed class ProjectFeed(HaloClient client, HaloPsaOptions options)
    : ListFeed(client, options, "projects", "Projects", [("includeclosed", "true")], tellsChanges: true, completeWith: "milestones", swept: RecordKind.Milestone);

/// <summary><c>GET /Asset</c>; its rows hold the ids of client and type, and not their names.</summary>
internal sealed class AssetFeed(HaloClient client, HaloPsaOptions options)
    : ListFeed(client, options, "assets", "Asset", [("includeinactive", "true")], tellsChanges: true, swept: RecordKind.Device)
{
    protected override async Task<ReadOnlyMemory<byte>> PageAsync(IReadOnlyList<HaloRow> rows, References references, bool isList, CancellationToken cancellationToken)
    {
        var unnamed = rows.Where(row => !row.Has("client_name")).Select(row => row.Reference("client_id")).ToList();
        if (isList && unnamed.Count > 0)
            await references.LoadOnceAsync(cancellationToken).ConfigureAwait(false);
        return Page(
            rows,
            (HaloPage.Clients, await references.FindAsync("Client", unnamed, cancellationToken).ConfigureAwait(false)),
            (HaloPage.AssetTypes, rows.All(row => row.Has("assettype_name")) ? [] : await references.AssetTypesAsync(cancellationToken).ConfigureAwait(false)));
    }
}
