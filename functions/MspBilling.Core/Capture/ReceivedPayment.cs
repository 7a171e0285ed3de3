namespace MspBilling.Core.Capture;

/// <summary>A client's payment as a file brings it; its id is the bank's reference. It goes to the client's ledger, which keeps it, and is not stored beside it.</summary>
public sealed record ReceivedPayment : CapturedRecord
{
    /// <summary>Where it stands in its file, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The client as the file calls it; null where its invoices tell.</summary>
    public string? Client { get; init; }

    /// <summary>Numbers of the invoices that it pays, in that order; null for those that were due first.</summary>
    public IReadOnlyList<string>? Invoices { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>Above zero.</summary>
    public required Money Amount { get; init; }

    public bool IsPrepayment { get; init; }

    /// <summary>The last day on which what is paid ahead pays an invoice; null for none.</summary>
    public DateOnly? Expires { get; init; }

    /// <summary>Id of the agreement that it is a deposit for; null for none.</summary>
    public string? Agreement { get; init; }
}
