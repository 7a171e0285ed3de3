using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

public enum WriteBackState
{
    /// <summary>Some of its time does not have the number yet, and gets it without anybody's doing.</summary>
    Waiting,

    /// <summary>All of its time has the number.</summary>
    Written,

    /// <summary>What is left needs a person.</summary>
    Failed,
}

/// <summary>That an invoice's time gets the invoice's number at the source that it came from: written in the transaction that issues the invoice.</summary>
/// <param name="Source">The source in the ids of its records, such as <c>connectwise</c>.</param>
public sealed record WriteBack(Period Period, string ClientId, Currency Currency, string Number, string Source)
{
    /// <summary>Which of the client's invoices in the currency; null for the only one.</summary>
    public string? Part { get; init; }

    /// <summary>How many entries there are, in the order of <see cref="InvoicedTime"/>; null before anything was looked at.</summary>
    public int? Entries { get; init; }

    /// <summary>How many of them the source was asked to take, with success or without.</summary>
    public int Asked { get; init; }

    /// <summary>Those of them that do not have the number.</summary>
    public IReadOnlyList<UnwrittenTime> Left { get; init; } = [];

    /// <summary>Why it stopped before the end when it was gone on with last; null when it did not.</summary>
    public string? Problem { get; init; }

    public int Written => Asked - Left.Count;

    public WriteBackState State => Asked != Entries || Left.Any(time => !time.IsGivenUp) ? WriteBackState.Waiting : Left.Count > 0 ? WriteBackState.Failed : WriteBackState.Written;
}

/// <summary>An entry that does not have its invoice's number.</summary>
/// <param name="Problem">Why not, in the vendor's words where it has some, and what to do.</param>
/// <param name="IsGivenUp">Whether the source refused it for good, so that it is tried again only when somebody asks for that.</param>
public sealed record UnwrittenTime(RecordId Activity, string Problem, bool IsGivenUp);
