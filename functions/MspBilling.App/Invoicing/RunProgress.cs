using System.Collections.Concurrent;
using MspBilling.Core;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Invoicing;

/// <summary>How far a run has come and what each room has taken, for who watches it.</summary>
public sealed class RunProgress(TimeProvider clock)
{
    private static readonly string[] AllRooms = ["Capture", "Rating", "Invoicing", "Documents", "Accounting", "Reports"];

    private readonly ConcurrentDictionary<string, long> _rooms = new();
    private readonly ConcurrentDictionary<Currency, decimal> _billed = new();
    private int _drafted;
    private int _issuedClients;
    private int _invoices;

    public int Clients { get; set; }

    public int ClientsToIssue { get; set; }

    public int Drafted => _drafted;

    public int IssuedClients => _issuedClients;

    public int Invoices => _invoices;

    public IReadOnlyList<RoomTime> Rooms =>
        [.. AllRooms.Select(room => new RoomTime(room, (long)TimeSpan.FromTicks(_rooms.GetValueOrDefault(room)).TotalMilliseconds))];

    /// <summary>Net invoiced so far, one amount a currency.</summary>
    public IReadOnlyList<Money> Billed => [.. _billed.OrderBy(b => b.Key.Code, StringComparer.Ordinal).Select(b => new Money(b.Value, b.Key))];

    public void CountDrafted() => Interlocked.Increment(ref _drafted);

    public void CountIssued(IEnumerable<IssuedInvoice> invoices)
    {
        foreach (var invoice in invoices)
        {
            Interlocked.Increment(ref _invoices);
            _billed.AddOrUpdate(invoice.Currency, invoice.Net.Amount, (_, sum) => sum + invoice.Net.Amount);
        }

        Interlocked.Increment(ref _issuedClients);
    }

    /// <summary>Times work for its room; what runs side by side adds up.</summary>
    public async Task<T> TimeAsync<T>(string room, Func<Task<T>> work)
    {
        var start = clock.GetTimestamp();
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            Add(room, clock.GetElapsedTime(start));
        }
    }

    public T Time<T>(string room, Func<T> work)
    {
        var start = clock.GetTimestamp();
        try
        {
            return work();
        }
        finally
        {
            Add(room, clock.GetElapsedTime(start));
        }
    }

    private void Add(string room, TimeSpan took) => _rooms.AddOrUpdate(room, took.Ticks, (_, sum) => sum + took.Ticks);
}
