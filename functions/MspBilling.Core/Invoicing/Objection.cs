namespace MspBilling.Core.Invoicing;

/// <summary>What keeps a draft from being issued before somebody has approved it.</summary>
/// <param name="Check">A stable code of what was looked at.</param>
/// <param name="Words">What is the matter, with the figures, for the person who approves.</param>
public sealed record Objection(string Check, string Words)
{
    /// <summary>Whether who approves it has to say why: of what only waits because the settings say so, or because somebody has edited it, nobody has to.</summary>
    public bool NeedsWhy => Check is not (ApprovalRule.Code or ApprovalRule.ThresholdCode or EditCheck.Code);
}

/// <summary>That a person let a draft go.</summary>
/// <param name="Why">Null where nothing spoke against it.</param>
/// <param name="BillHash">Names the stored bill that was approved, which is the one that is issued.</param>
public sealed record Approval(string By, string? Why, DateTimeOffset At, string BillHash);

/// <summary>An invoice that waits, as lists need it.</summary>
public sealed record DraftedInvoice(Currency Currency, DateOnly DueDate, Money Net, Money Tax, Money Total)
{
    /// <summary>Which of the client's invoices in the currency; null for the only one.</summary>
    public string? Part { get; init; }

    public static DraftedInvoice Of(InvoiceDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return new(draft.Currency, draft.DueDate, draft.Net, draft.Tax, draft.Total) { Part = draft.Part };
    }
}
