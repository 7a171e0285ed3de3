using System.Runtime.CompilerServices;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary><c>GET /ChargeRate</c>: the rates of the rate card, and each contract's own with their dates.</summary>
/// <remarks>
/// What the list answers without a contract is not said, so that each contract is asked for unless the settings say that one list has all of them. Rates
/// do not tell when they changed.
/// </remarks>
internal sealed class ChargeRateFeed(HaloClient client, HaloPsaOptions options) : HaloFeed(options)
{
    private const string Path = "ChargeRate";

    public override RecordFeed Feed { get; } = new("charge-rates", HaloFiles.Format("charge-rates"));

    public override async IAsyncEnumerable<ReadOnlyMemory<byte>> PullAsync(DateTimeOffset? changedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = await new References(client, Options).ChargeTypesAsync(cancellationToken).ConfigureAwait(false);
        var seen = new HashSet<string?>();
        await foreach (var rows in RowsAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var page in rows.Where(row => seen.Add(row.Id)).Chunk(Options.PageSize))
                yield return Page(page, (HaloPage.ChargeTypes, names));
        }
    }

    public override async Task<ReadOnlyMemory<byte>?> FetchAsync(string externalId, CancellationToken cancellationToken) =>
        await client.FindAsync(Path, externalId, [], cancellationToken).ConfigureAwait(false) is { } row
            ? Page([row], (HaloPage.ChargeTypes, await new References(client, Options).ChargeTypesAsync(cancellationToken).ConfigureAwait(false)))
            : NoPage;

    private async IAsyncEnumerable<IReadOnlyList<HaloRow>> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Options.ChargeRatesByContract)
        {
            yield return (await client.ListAsync(Path, [], cancellationToken).ConfigureAwait(false)).Rows;
            yield break;
        }

        yield return (await client.ListAsync(Path, [("globalonly", "true"), ("currentonly", "true")], cancellationToken).ConfigureAwait(false)).Rows;
        await foreach (var contracts in client.PagesAsync("ClientContract", [("includeinactive", "true")], cancellationToken).ConfigureAwait(false))
        {
            foreach (var contract in contracts)
            {
                // The rate card's rates may be among them.
                var rates = (await client.ListAsync(Path, [("contract_id", contract.Id!)], cancellationToken).ConfigureAwait(false)).Rows;
                yield return [.. rates.Where(rate => rate.Reference("contract_id") == contract.Id)];
            }
        }
    }
}
