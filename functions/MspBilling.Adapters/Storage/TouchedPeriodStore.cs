using Azure;
using Azure.Data.Tables;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Storage;

/// <summary>Marks on clients' closed periods whose activities came, changed or left, until a close has looked at them.</summary>
/// <remarks>All of them in one partition, so that a close reads them at once. A mark that is there for nothing costs a look and changes nothing.</remarks>
public sealed class TouchedPeriodStore(BillingStorage storage)
{
    /// <summary>A client's mark.</summary>
    /// <param name="Tag">Of the mark as it was read.</param>
    public sealed record Mark(string ClientId, TouchedPeriod Touched, ETag Tag);

    private sealed record Row(string ClientId, TouchedPeriod Touched);

    public async Task<IReadOnlyList<Mark>> ListAsync(CancellationToken cancellationToken)
    {
        var rows = await JsonRow.ListPartitionAsync(storage.Bills, Keys.TouchedPartition, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => (Value: JsonRow.Value<Row>(row), row.ETag)).Select(row => new Mark(row.Value.ClientId, row.Value.Touched, row.ETag))];
    }

    public Task MarkAsync(IReadOnlyCollection<(string ClientId, Period Period)> periods, string import, CancellationToken cancellationToken) => JsonRow.SubmitAsync(
        storage.Bills,
        periods.Select(p => new TableTransactionAction(
            TableTransactionActionType.UpsertReplace, JsonRow.Of(Keys.TouchedPartition, Keys.TouchedRow(p.ClientId, p.Period), new Row(p.ClientId, new TouchedPeriod(p.Period, import))))),
        1,
        cancellationToken);

    /// <summary>Takes a mark off, unless it was made again since it was read.</summary>
    public async Task RemoveAsync(Mark mark, CancellationToken cancellationToken)
    {
        try
        {
            await storage.Bills.DeleteEntityAsync(Keys.TouchedPartition, Keys.TouchedRow(mark.ClientId, mark.Touched.Period), mark.Tag, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            // The next close looks again.
        }
    }
}
