using System.Collections.Concurrent;
using Azure.Data.Tables;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Storage;

/// <summary>What the exports that came cover, a partition an account: a few rows tell which of its records are restated, and which kind of export bills it.</summary>
public sealed class UsageCoverStore(BillingStorage storage)
{
    private const int Parallel = 8;

    /// <summary>All covers of accounts.</summary>
    /// <param name="accounts">As <see cref="UsageScope.NormalAccount"/> has them.</param>
    public async Task<IReadOnlyCollection<UsageCover>> ReadAsync(IEnumerable<string> accounts, CancellationToken cancellationToken)
    {
        var found = new ConcurrentBag<UsageCover>();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            accounts.Distinct(StringComparer.Ordinal),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (account, token) =>
            {
                foreach (var row in await JsonRow.ListPartitionAsync(storage.Imports, Keys.CoverPartition(account), token).ConfigureAwait(false))
                {
                    found.Add(JsonRow.Value<UsageCover>(row));
                }
            }).ConfigureAwait(false);
        return found;
    }

    public Task WriteAsync(IEnumerable<UsageCover> covers, CancellationToken cancellationToken) => JsonRow.SubmitAsync(
        storage.Imports,
        covers.Select(cover => new TableTransactionAction(TableTransactionActionType.UpsertReplace, JsonRow.Of(Keys.CoverPartition(PartitionOf(cover.Scope)), Keys.CoverRow(cover.Scope), cover))),
        Parallel,
        cancellationToken);

    private static string PartitionOf(UsageScope scope) => UsageScope.NormalAccount(scope.SubAccountId.Length > 0 ? scope.SubAccountId : scope.BillingAccountId);
}
