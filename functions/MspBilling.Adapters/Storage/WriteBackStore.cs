using Azure;
using Azure.Data.Tables;
using MspBilling.Core.Invoicing;

namespace MspBilling.Adapters.Storage;

/// <summary>How far the writing back of invoices' numbers has come, in rows beside the invoices.</summary>
public sealed class WriteBackStore(BillingStorage storage)
{
    /// <summary>Null when nothing is to be written back of the invoice.</summary>
    public async Task<(WriteBack Value, ETag Tag)?> FindAsync(WriteBack of, CancellationToken cancellationToken)
    {
        var (found, tag) = await JsonRow.FindAsync<WriteBack>(storage.Bills, Keys.BillPartition(of.Period), RowKey(of), cancellationToken).ConfigureAwait(false);
        return found is null ? null : (found, tag);
    }

    /// <summary>Has an invoice written back that was issued without; one that is there stays as it is.</summary>
    public async Task AddAsync(WriteBack value, CancellationToken cancellationToken)
    {
        try
        {
            await storage.Bills.AddEntityAsync(Row(value), cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Another was first.
        }
    }

    /// <returns>The row's new tag; null when somebody else has changed it.</returns>
    public async Task<ETag?> PutAsync(WriteBack value, ETag tag, CancellationToken cancellationToken)
    {
        try
        {
            return (await storage.Bills.UpdateEntityAsync(Row(value), tag, TableUpdateMode.Replace, cancellationToken).ConfigureAwait(false)).Headers.ETag;
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            return null;
        }
    }

    internal static TableEntity Row(WriteBack value) => BillStore.Row(RowKey(value), value.Period, value);

    private static string RowKey(WriteBack of) => Keys.WriteBackRow(of.ClientId, of.Currency, of.Source, of.Part);
}
