using MspBilling.Core.Time;

namespace MspBilling.Core.Accounting;

public enum SyncState
{
    /// <summary>Written with the invoice; the accounting system does not have it yet.</summary>
    Pending,

    /// <summary>The accounting system has it.</summary>
    Confirmed,

    /// <summary>It was refused, and needs a person.</summary>
    Failed,
}

/// <summary>That an invoice or a credit note has to reach the accounting system: written in the transaction that issues it.</summary>
/// <param name="Reference">What the accounting system calls it, once it is confirmed.</param>
/// <param name="Error">Why it failed, in words.</param>
public sealed record OutboxEntry(
    Period Period, string ClientId, Currency Currency, string Number, SyncState State, string? Reference = null, string? Error = null)
{
    /// <summary>The number of the invoice that a credit note credits; null for an invoice.</summary>
    public string? Credits { get; init; }

    /// <summary>Which of the client's invoices in the currency; null for the only one and for a credit note.</summary>
    public string? Part { get; init; }
}
