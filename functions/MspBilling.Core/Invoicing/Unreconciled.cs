namespace MspBilling.Core.Invoicing;

/// <summary>Discrepancies between what vendors bill, what is in use, what is agreed and what is invoiced, which nobody has settled.</summary>
/// <param name="Worth">A month; one amount a currency.</param>
public sealed record Unreconciled(int Exceptions, IReadOnlyList<Money> Worth)
{
    /// <summary>What a client that waits for them is held for.</summary>
    public string Words => $"{Exceptions} {(Exceptions == 1 ? "exception" : "exceptions")} of the reconciliation {(Exceptions == 1 ? "is" : "are")} open{(Worth.Count == 0 ? "" : $", worth {string.Join(" + ", Worth)} a month")}.";
}
