using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

public enum RunState
{
    Running,
    Finished,
}

/// <summary>One close of a period over all clients.</summary>
/// <param name="InvoiceDate">On all of its invoices; set when it is first started, so that a second start prints the same.</param>
/// <param name="Rooms">What each room took, of the start that finished it.</param>
public sealed record BillingRun(
    Period Period, RunState State, DateOnly InvoiceDate, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, int Clients, IReadOnlyList<RoomTime> Rooms);

public sealed record RoomTime(string Room, long Milliseconds);
