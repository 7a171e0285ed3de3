namespace MspBilling.Core.Capture;

/// <summary>What a client's side and its vendor's do not agree on for a product.</summary>
public enum DiscrepancyKind
{
    /// <summary>Less is invoiced than the vendor bills or, where no vendor is known, than is in use.</summary>
    UnderBilled,

    /// <summary>More is invoiced than the vendor bills and than is in use.</summary>
    OverBilled,

    /// <summary>The same is charged by two agreement lines, or by one and by the purchase itself.</summary>
    BilledTwice,

    /// <summary>Two purchases, of which one alone would be what is invoiced.</summary>
    BoughtTwice,

    BoughtNotSold,

    SoldNotBought,

    /// <summary>The agreement for it ended, and the vendor still bills it.</summary>
    EndedStillBought,

    /// <summary>The agreement has it, with a quantity of 0.</summary>
    ZeroQuantity,

    /// <summary>The agreement has it, and it is held for a reason of its own.</summary>
    HeldNotInvoiced,

    UsedBeyondBought,

    /// <summary>Something of ours is called alike, and nobody has said that it is the same.</summary>
    ToConfirm,
}

/// <summary>A discrepancy that a person knows of and leaves as it is: up to a difference, and as long as is said.</summary>
/// <remarks>
/// 2 spare licences are accepted up to 2: when 3 are spare the discrepancy is back, and so it is when it is of another kind or the day is past. A later
/// acceptance of the same replaces an earlier one by <see cref="CapturedRecord.Revision"/>, and one up to 0 withdraws it. It prices nothing.
/// </remarks>
public sealed record Acceptance : CapturedRecord
{
    public required string ClientId { get; init; }

    /// <summary>As the reconciliation names it: our SKU, or the vendor's where it is none of ours.</summary>
    public required string Product { get; init; }

    public required DiscrepancyKind Kind { get; init; }

    /// <summary>The largest difference that is accepted; 0 for none any more.</summary>
    public required decimal UpTo { get; init; }

    /// <summary>The last day of the last period that it is accepted for; null for ever.</summary>
    public DateOnly? Until { get; init; }

    public required string By { get; init; }

    public required string Why { get; init; }

    public bool Covers(decimal difference, DateOnly lastDay) => difference <= UpTo && UpTo > 0 && (Until is not { } until || lastDay <= until);

    /// <summary>One acceptance for each kind of discrepancy of a client's product.</summary>
    public static RecordId IdOf(string clientId, string product, DiscrepancyKind kind)
    {
        ArgumentNullException.ThrowIfNull(product);
        return new RecordId(
            Mapping.Msp, RecordKind.Acceptance, string.Join('|', Uri.EscapeDataString(clientId), Uri.EscapeDataString(product.ToUpperInvariant()), Enum.GetName(kind)!.ToLowerInvariant()));
    }
}
