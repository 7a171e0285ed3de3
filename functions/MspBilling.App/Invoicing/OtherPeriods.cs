using System.Collections.Concurrent;
using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>Opens what is known of the periods around one that is closed or looked at.</summary>
public sealed class OtherPeriodsReader(BillStore bills, RunStore runs, TouchedPeriodStore touched, ReleasedWork released)
{
    /// <param name="references">The reference records as they are.</param>
    public async Task<OtherPeriods> OpenAsync(Period period, IReadOnlyCollection<CapturedRecord> references, CancellationToken cancellationToken)
    {
        var closed = await runs.ListAsync(cancellationToken).ConfigureAwait(false);
        var marks = await touched.ListAsync(cancellationToken).ConfigureAwait(false);
        return new OtherPeriods(bills, released, period, closed, marks, references);
    }
}

/// <summary>A client's other periods, read as cheaply as may be: the latest outcome tells of all the ones before it.</summary>
public sealed class OtherPeriods
{
    private readonly BillStore _bills;
    private readonly ReleasedWork _released;
    private readonly byte[] _references;
    private readonly ILookup<string, TouchedPeriodStore.Mark> _marks;
    private readonly ConcurrentDictionary<Period, Lazy<Task<Dictionary<string, ClientOutcome>>>> _outcomes = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<ClientDirectory>>> _stored = new();
    private readonly Lazy<Task> _kept;

    internal OtherPeriods(
        BillStore bills, ReleasedWork released, Period period, IReadOnlyList<BillingRun> closed, IReadOnlyList<TouchedPeriodStore.Mark> marks, IReadOnlyCollection<CapturedRecord> references)
    {
        (_bills, _released) = (bills, released);
        _references = ReferencesThen.Serialize(references);
        References = RecordJson.Hash(_references);
        Earlier = [.. closed.Select(run => run.Period).Where(p => p.Start < period.Start).OrderBy(p => p.Start)];
        Later = [.. closed.Select(run => run.Period).Where(p => p.Start > period.Start).OrderByDescending(p => p.Start)];
        Overlapping = [.. closed.Select(run => run.Period).Where(p => p != period && p.Overlap(period) is not null)];
        Unfinished = [.. closed.Where(run => run.State != RunState.Finished).Select(run => run.Period).Where(p => p.Start < period.Start).OrderBy(p => p.Start)];
        _marks = marks.ToLookup(mark => mark.ClientId);
        _kept = new Lazy<Task>(() => bills.PutReferencesAsync(_references, default));
    }

    /// <summary>Names the reference records as they are.</summary>
    public string References { get; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Period> Earlier { get; }

    /// <summary>Latest first.</summary>
    private IReadOnlyList<Period> Later { get; }

    /// <summary>Earlier ones in which somebody's invoices may wait, oldest first.</summary>
    private IReadOnlyList<Period> Unfinished { get; }

    /// <summary>Those of clients that are billed by other cycles.</summary>
    private IReadOnlyList<Period> Overlapping { get; }

    /// <summary>Keeps the reference records, once, for the bills that name them.</summary>
    public Task KeepReferencesAsync() => _kept.Value;

    public IEnumerable<TouchedPeriodStore.Mark> MarksOf(string clientId) => _marks[clientId];

    /// <summary>The client's outcome of the latest period before this one that was closed for it.</summary>
    public async Task<ClientOutcome?> BeforeAsync(string clientId)
    {
        // All clients' at once; who was no client then is looked for by itself.
        for (var i = Earlier.Count - 1; i >= 0; i--)
        {
            var found = i == Earlier.Count - 1
                ? (await OutcomesAsync(Earlier[i]).ConfigureAwait(false)).GetValueOrDefault(clientId)
                : await _bills.OutcomeAsync(Earlier[i], clientId, default).ConfigureAwait(false);
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The client's outcome of the latest period that was billed for it after this one; null when this is the latest.</summary>
    public async Task<ClientOutcome?> LaterAsync(string clientId)
    {
        foreach (var period in Later)
        {
            if ((await OutcomesAsync(period).ConfigureAwait(false)).GetValueOrDefault(clientId) is { State: ClientState.Issued or ClientState.NothingToInvoice } outcome)
            {
                return outcome;
            }
        }

        return null;
    }

    /// <summary>The client's outcome of the earliest period before this one whose invoices wait for approval; null when none do.</summary>
    public async Task<ClientOutcome?> WaitingAsync(string clientId)
    {
        foreach (var period in Unfinished)
        {
            if ((await OutcomesAsync(period).ConfigureAwait(false)).GetValueOrDefault(clientId) is { Waits: true } outcome)
            {
                return outcome;
            }
        }

        return null;
    }

    /// <summary>A period with some of the same days that was billed for the client, or waits for approval; null as a rule.</summary>
    public async Task<Period?> SameDaysAsync(string clientId)
    {
        foreach (var period in Overlapping)
        {
            if ((await OutcomesAsync(period).ConfigureAwait(false)).GetValueOrDefault(clientId) is { State: ClientState.Issued or ClientState.NothingToInvoice or ClientState.Draft or ClientState.Approved })
            {
                return period;
            }
        }

        return null;
    }

    /// <summary>Who was who, by the reference records that a bill names.</summary>
    public Task<ClientDirectory> DirectoryAsync(string references) => StoredAsync(references);

    /// <summary>How a period stands for a client, without what was credited to be billed again; in which bill, and the records behind the client that price it.</summary>
    /// <param name="latest">The latest outcome that is known of the client; null is the period's own.</param>
    /// <param name="rows">The period's rows, where they were read already.</param>
    /// <returns>Null when the period was not billed for the client.</returns>
    public async Task<(StandingPeriod Standing, BillName Where, IReadOnlyList<CapturedRecord> References)?> StandingAsync(
        string clientId, Period period, ClientOutcome? latest, BillStore.ClientRows? rows = null)
    {
        var where = latest?.Past?.Adjusted.FirstOrDefault(known => known.Period == period)?.Bill;
        StandingPeriod standing;
        if (where is not null)
        {
            standing = (await _bills.GetBillAsync(where.Period, clientId, where.Hash, default).ConfigureAwait(false)).Adjusted.Single(a => a.Now.Period == period).Now;
        }
        else
        {
            rows ??= await _bills.ClientRowsAsync(period, clientId, default).ConfigureAwait(false);
            if (rows.Outcome is not { State: ClientState.Issued or ClientState.NothingToInvoice } outcome)
            {
                return null;
            }

            var bill = await _bills.GetBillAsync(period, clientId, outcome.BillHash, default).ConfigureAwait(false);
            (standing, where) = (StandingPeriod.Of(bill, rows.Invoices), new BillName(period, outcome.BillHash));
        }

        standing = Restocking.Of(standing, (await _released.ReadAsync(clientId, default).ConfigureAwait(false))[period]);
        var directory = await StoredAsync(standing.References).ConfigureAwait(false);
        return (standing, where, [.. directory.RecordsBehind(clientId)]);
    }

    private Task<Dictionary<string, ClientOutcome>> OutcomesAsync(Period period) => _outcomes.GetOrAdd(period, p => new(async () =>
        (await _bills.ListAsync<ClientOutcome>(p, default).ConfigureAwait(false)).ToDictionary(outcome => outcome.ClientId))).Value;

    private Task<ClientDirectory> StoredAsync(string hash) => _stored.GetOrAdd(hash, name => new(async () =>
    {
        var json = name == References ? _references : await _bills.FindReferencesAsync(name, default).ConfigureAwait(false);
        return json is null
            ? throw new InvalidOperationException($"The reference records {name} are not in the storage any more. Restore them from a backup; without them nothing late can be priced.")
            : ClientDirectory.Of(RecordJson.Deserialize<IReadOnlyList<CapturedRecord>>(json));
    })).Value;
}
