using System.Globalization;
using Azure;
using Azure.Data.Tables;
using MspBilling.Core;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Storage;

/// <summary>Invoice numbers without gap or duplicate, whoever closes at the same time and wherever a close is cut short.</summary>
/// <remarks>
/// A number is taken together with the intent to issue: the counter, the assignment (which bill gets it) and the number's own row are
/// written in one transaction that the counter's ETag guards. A close that is started again finds its assignments and issues exactly
/// the bills that they name. Numbers go to the intents in the order given, so that the same month always gets the same numbers.
/// </remarks>
public sealed class NumberStore(BillingStorage storage)
{
    private const string Series = "invoices";
    private const string CounterRow = "counter";

    // Two rows an intent and the counter: 99 of the 100 that a transaction takes.
    private const int Block = 49;

    private sealed record Counter(long Next);

    /// <summary>That a client's invoice of a period has to be issued from this bill.</summary>
    public sealed record Intent(Period Period, string ClientId, Currency Currency, string BillHash);

    public sealed record Assignment(Intent Intent, long Ordinal, string Number);

    /// <summary>Gives each intent a number, once: a client that has numbers in the period keeps them, with the bill they were given for.</summary>
    /// <returns>All assignments of the period, in the order of their numbers.</returns>
    public async Task<IReadOnlyList<Assignment>> AssignAsync(Period period, IReadOnlyList<Intent> intents, string pattern, long first, CancellationToken cancellationToken)
    {
        ETag? lost = null;
        while (true)
        {
            var assigned = await AssignmentsAsync(period, cancellationToken).ConfigureAwait(false);
            var open = NextBlock(intents, [.. assigned.Select(a => a.Intent.ClientId)]);
            if (open.Count == 0)
            {
                return assigned;
            }

            var (counter, tag) = await JsonRow.FindAsync<Counter>(storage.Numbers, Series, CounterRow, cancellationToken).ConfigureAwait(false);
            var next = counter?.Next ?? first;
            if (lost == tag)
            {
                var number = string.Format(CultureInfo.InvariantCulture, pattern, next);
                throw new InvalidOperationException($"The invoice number {number}, which is next, was given before. Change invoiceNumberPattern in the settings so that it gives new numbers.");
            }

            var counterRow = JsonRow.Of(Series, CounterRow, new Counter(next + open.Count));
            List<TableTransactionAction> actions =
            [
                counter is null ? new(TableTransactionActionType.Add, counterRow) : new(TableTransactionActionType.UpdateReplace, counterRow, tag),
            ];
            foreach (var (intent, index) in open.Select((intent, index) => (intent, index)))
            {
                var assignment = new Assignment(intent, next + index, string.Format(CultureInfo.InvariantCulture, pattern, next + index));
                actions.Add(new(TableTransactionActionType.Add, JsonRow.Of(Series, Keys.AssignmentRow(period, intent.ClientId, intent.Currency), assignment)));
                actions.Add(new(TableTransactionActionType.Add, JsonRow.Of(Series, Keys.NumberRow(assignment.Number), assignment)));
            }

            try
            {
                await storage.Numbers.SubmitTransactionAsync(actions, cancellationToken).ConfigureAwait(false);
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Another close took numbers in between; look again at what is still open. If nobody did, looking again does not help.
                lost = tag;
            }
        }
    }

    // A client's invoices are of one bill, so they get their numbers together or not at all.
    private static List<Intent> NextBlock(IEnumerable<Intent> intents, HashSet<string> assignedClients)
    {
        var block = new List<Intent>();
        foreach (var client in intents.Where(i => !assignedClients.Contains(i.ClientId)).GroupBy(i => i.ClientId))
        {
            if (block.Count + client.Count() > Block)
            {
                break;
            }

            block.AddRange(client);
        }

        return block;
    }

    public async Task<IReadOnlyList<Assignment>> AssignmentsAsync(Period period, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.AssignmentsOf(period);
        var rows = await JsonRow.ListAsync(
            storage.Numbers, TableClient.CreateQueryFilter($"PartitionKey eq {Series} and RowKey ge {from} and RowKey lt {to}"), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(JsonRow.Value<Assignment>).OrderBy(a => a.Ordinal)];
    }

    /// <summary>What a number was given to, or null.</summary>
    public async Task<Assignment?> FindAsync(string number, CancellationToken cancellationToken) =>
        (await JsonRow.FindAsync<Assignment>(storage.Numbers, Series, Keys.NumberRow(number), cancellationToken).ConfigureAwait(false)).Value;
}
