using Azure;
using Azure.Data.Tables;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Storage;

/// <summary>Numbers of invoices and credit notes without gap or duplicate, whoever closes at the same time and wherever a close is cut short.</summary>
/// <remarks>
/// A number is taken together with the intent to issue: the counters, the assignment (which bill gets it) and the number's own row are
/// written in one transaction that the counters' ETags guard. A close that is started again finds its assignments and issues exactly
/// the bills that they name. Numbers go to the intents in the order given, so that the same month always gets the same numbers. All series lie in
/// one partition, so that no number is given twice, whichever series it is of.
/// </remarks>
public sealed class NumberStore(BillingStorage storage)
{
    private const string Partition = "invoices";

    // Two rows an intent, and the counters that they take their numbers from.
    private const int MostRows = 100;

    private sealed record Counter(long Next);

    /// <summary>That a client's document of a period has to be issued from this bill.</summary>
    /// <param name="BillHash">Of the bill; of a credit note, what names the stored note.</param>
    /// <param name="Part">Which of the client's documents in the currency; null for the only one.</param>
    public sealed record Intent(Period Period, string ClientId, Currency Currency, string BillHash, string? Part = null);

    /// <param name="Counter">The counter that the ordinal is of; null for the usual one of the invoices.</param>
    public sealed record Assignment(Intent Intent, long Ordinal, string Number, string? Counter = null);

    /// <summary>Gives each intent a number, once: a client that has numbers in the period keeps them, with the bill they were given for; each credit note is by itself.</summary>
    /// <param name="numbers">The series of the documents.</param>
    /// <param name="date">Of the documents, which tells year and month.</param>
    /// <returns>All assignments of the period, by counter and in the order of their numbers.</returns>
    /// <exception cref="InvalidOperationException">The pattern of a series gives a number that is given already.</exception>
    public async Task<IReadOnlyList<Assignment>> AssignAsync(DocumentNumbers numbers, DateOnly date, Period period, IReadOnlyList<Intent> intents, CancellationToken cancellationToken)
    {
        (string Tags, List<Intent> Open)? lost = null;
        while (true)
        {
            var assigned = await AssignmentsAsync(numbers.Documents, period, cancellationToken).ConfigureAwait(false);
            var open = NextBlock(numbers, date, intents, [.. assigned.Select(a => Together(numbers, a.Intent))]);
            if (open.Count == 0)
            {
                return assigned;
            }

            var (actions, given, tags) = await BlockAsync(numbers, date, period, open, cancellationToken).ConfigureAwait(false);
            if (lost is { } before && before.Tags == tags && before.Open.SequenceEqual(open))
            {
                throw new InvalidOperationException($"The number {given[0].Number}, which is next, was given before. Change the pattern of its series in the settings so that it gives new numbers.");
            }

            try
            {
                await storage.Numbers.SubmitTransactionAsync(actions, cancellationToken).ConfigureAwait(false);
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Another close took numbers in between; look again at what is still open. If neither that nor the counters have moved, looking again does not help.
                lost = (tags, open);
            }
        }
    }

    /// <summary>All numbers that were given to documents of a period, by counter and in their order.</summary>
    public async Task<IReadOnlyList<Assignment>> AssignmentsAsync(NumberedDocument documents, Period period, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.AssignmentsOf(documents, period);
        var rows = await JsonRow.ListAsync(
            storage.Numbers, TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {from} and RowKey lt {to}"), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(JsonRow.Value<Assignment>).OrderBy(a => a.Counter, StringComparer.Ordinal).ThenBy(a => a.Ordinal)];
    }

    /// <summary>What a number was given to, or null.</summary>
    public async Task<Assignment?> FindAsync(string number, CancellationToken cancellationToken) =>
        (await JsonRow.FindAsync<Assignment>(storage.Numbers, Partition, Keys.NumberRow(number), cancellationToken).ConfigureAwait(false)).Value;

    private async Task<(List<TableTransactionAction> Actions, List<Assignment> Given, string Tags)> BlockAsync(
        DocumentNumbers numbers, DateOnly date, Period period, List<Intent> open, CancellationToken cancellationToken)
    {
        var (actions, tags) = (new List<TableTransactionAction>(), new List<string>());
        var given = new Dictionary<Intent, Assignment>();
        foreach (var counted in open.GroupBy(intent => numbers.For(intent.Currency).CounterOn(date)))
        {
            var series = numbers.For(counted.First().Currency);
            var (counter, tag) = await JsonRow.FindAsync<Counter>(storage.Numbers, Partition, Keys.CounterRow(counted.Key), cancellationToken).ConfigureAwait(false);
            var next = counter?.Next ?? series.First;
            foreach (var intent in counted)
            {
                given[intent] = new Assignment(intent, next, series.NumberOf(next, date, intent.Currency), counted.Key == NumberSeries.Invoices ? null : counted.Key);
                next++;
            }

            var row = JsonRow.Of(Partition, Keys.CounterRow(counted.Key), new Counter(next));
            actions.Add(counter is null ? new(TableTransactionActionType.Add, row) : new(TableTransactionActionType.UpdateReplace, row, tag));
            tags.Add($"{counted.Key} {tag}");
        }

        foreach (var assignment in open.Select(intent => given[intent]))
        {
            var intent = assignment.Intent;
            actions.Add(new(TableTransactionActionType.Add, JsonRow.Of(Partition, Keys.AssignmentRow(numbers.Documents, period, intent.ClientId, intent.Currency, intent.Part), assignment)));
            actions.Add(new(TableTransactionActionType.Add, JsonRow.Of(Partition, Keys.NumberRow(assignment.Number), assignment)));
        }

        return (actions, [.. open.Select(intent => given[intent])], string.Join('\n', tags));
    }

    // A client's invoices are of one bill, so they get their numbers together or not at all.
    private static List<Intent> NextBlock(DocumentNumbers numbers, DateOnly date, IEnumerable<Intent> intents, HashSet<(string ClientId, string? Part)> assigned)
    {
        var block = new List<Intent>();
        foreach (var together in intents.Where(intent => !assigned.Contains(Together(numbers, intent))).GroupBy(intent => Together(numbers, intent)))
        {
            var counters = block.Concat(together).Select(intent => numbers.For(intent.Currency).CounterOn(date)).Distinct().Count();
            if ((2 * (block.Count + together.Count())) + counters > MostRows)
            {
                break;
            }

            block.AddRange(together);
        }

        return block;
    }

    private static (string ClientId, string? Part) Together(DocumentNumbers numbers, Intent intent) => (intent.ClientId, numbers.Documents == NumberedDocument.Invoice ? null : intent.Part);
}
