using MspBilling.Core.Time;

namespace MspBilling.Core.Documents;

/// <summary>A client's account over some days as it is printed: what was owed, what was added and paid, what is owed and since when.</summary>
public sealed record StatementDocument : PrintedDocument
{
    public required DateOnly StatementDate { get; init; }

    /// <summary>Half-open; printed with its last day.</summary>
    public required Period Period { get; init; }

    /// <summary>One a currency, because currencies are never added; none prints that nothing is open.</summary>
    public required IReadOnlyList<StatementAccount> Accounts { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>The account in one currency. What the client owes is positive, what it paid or was credited negative.</summary>
public sealed record StatementAccount
{
    private StatementAccount()
    {
    }

    public required Money Opening { get; init; }

    /// <summary>In the order in which they are printed.</summary>
    public required IReadOnlyList<StatementLine> Lines { get; init; }

    /// <summary>Opening plus all entries: 100.00 + 250.00 - 100.00 is 250.00.</summary>
    public required Money Closing { get; init; }

    /// <summary>What is open at the end, by how long it is overdue; it adds up to <see cref="Closing"/>.</summary>
    public required Ageing Ageing { get; init; }

    public IReadOnlyList<string> PaymentInstructions { get; init; } = [];

    /// <exception cref="ArgumentException">The ageing does not add up to what is owed at the end.</exception>
    public static StatementAccount Of(Money opening, IEnumerable<StatementEntry> entries, Ageing ageing)
    {
        var balance = opening;
        List<StatementLine> lines = [.. entries.Select(entry => new StatementLine(entry, balance += entry.Amount))];
        return ageing.Total == balance
            ? new StatementAccount { Opening = opening, Lines = lines, Closing = balance, Ageing = ageing }
            : throw new ArgumentException($"What is open adds up to {ageing.Total}, but the statement ends at {balance}.", nameof(ageing));
    }
}

/// <param name="Entry">What moved the account.</param>
/// <param name="Balance">What was owed after it.</param>
public sealed record StatementLine(StatementEntry Entry, Money Balance);

/// <summary>One movement of the account.</summary>
/// <param name="Date">The local day that it counts from.</param>
/// <param name="Kind">What it is, printed in the client's language.</param>
/// <param name="Reference">The number of the invoice or note, the payment's reference; empty for none.</param>
/// <param name="Amount">Positive for what adds to the debt.</param>
/// <param name="DueDate">Of an invoice; null for anything else.</param>
public sealed record StatementEntry(DateOnly Date, StatementEntryKind Kind, string Reference, Money Amount, DateOnly? DueDate = null);

public enum StatementEntryKind
{
    Invoice,
    CreditNote,
    Payment,

    /// <summary>A payment taken back, such as one that the bank returned.</summary>
    PaymentReversed,

    /// <summary>Money paid ahead or credited, put to use or noted.</summary>
    AccountCredit,

    /// <summary>Credit that was not used in time.</summary>
    CreditExpired,

    LateFee,

    /// <summary>Late fees given up.</summary>
    LateFeeWaived,
    WrittenOff,
}

/// <summary>What is open by days after the due date; money that is not yet assigned to an invoice lowers <see cref="Current"/>.</summary>
public sealed record Ageing(Money Current, Money Days1To30, Money Days31To60, Money Days61To90, Money Over90)
{
    public Money Total => Current + Days1To30 + Days31To60 + Days61To90 + Over90;
}
