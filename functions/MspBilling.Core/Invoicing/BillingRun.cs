using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

public enum RunState
{
    Running,
    Finished,

    /// <summary>It stopped, for a reason that concerns no single client; started again it goes on.</summary>
    Failed,

    /// <summary>It came to its end, and drafts of some clients wait for a person; it is finished when none does any more.</summary>
    AwaitsApproval,
}

/// <summary>One close of a period over all clients.</summary>
/// <param name="InvoiceDate">On all of its invoices; set when it is first started, so that a second start prints the same.</param>
/// <param name="Problem">Why it failed; null when it did not.</param>
/// <param name="Rooms">What each room took, of the start that finished it.</param>
public sealed record BillingRun(
    Period Period, RunState State, DateOnly InvoiceDate, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, int Clients, IReadOnlyList<RoomTime> Rooms, string? Problem = null);

public sealed record RoomTime(string Room, long Milliseconds);
