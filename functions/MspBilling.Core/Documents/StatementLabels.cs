namespace MspBilling.Core.Documents;

/// <summary>The words that only a statement of account prints.</summary>
public sealed record StatementLabels
{
    public required string Title { get; init; }

    public required string StatementDate { get; init; }

    public required string Period { get; init; }

    /// <summary>Heads the account of one currency. Placeholder: 0 its code.</summary>
    public required string AccountIn { get; init; }

    /// <summary>What is owed.</summary>
    public required string Balance { get; init; }

    /// <summary>What is owed at the end, beside the client's name.</summary>
    public required string BalanceDue { get; init; }

    public required string OpeningBalance { get; init; }

    public required string ClosingBalance { get; init; }

    /// <summary>What moved the account.</summary>
    public required string Entry { get; init; }

    public required string PaymentReceived { get; init; }

    public required string PaymentReversed { get; init; }

    public required string AccountCredit { get; init; }

    public required string CreditExpired { get; init; }

    public required string LateFee { get; init; }

    public required string LateFeeWaived { get; init; }

    public required string WrittenOff { get; init; }

    /// <summary>Heads what is open by age.</summary>
    public required string Ageing { get; init; }

    public required string NotYetDue { get; init; }

    public required string Days1To30 { get; init; }

    public required string Days31To60 { get; init; }

    public required string Days61To90 { get; init; }

    public required string Over90 { get; init; }

    public required string NothingOpen { get; init; }
}
