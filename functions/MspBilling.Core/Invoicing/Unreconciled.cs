namespace MspBilling.Core.Invoicing;

/// <summary>Discrepancies between what vendors bill, what is in use, what is agreed and what is invoiced, which nobody has settled.</summary>
/// <param name="Worth">A month; one amount a currency.</param>
public sealed record Unreconciled(int Exceptions, IReadOnlyList<Money> Worth)
{
    /// <summary>Of several clients together; null for nothing.</summary>
    public static Unreconciled? Of(IEnumerable<ClientOutcome> outcomes)
    {
        var open = outcomes.Select(outcome => outcome.Unreconciled).OfType<Unreconciled>().ToList();
        return open.Count == 0 ? null : new Unreconciled(open.Sum(one => one.Exceptions), DispositionTotal.PerCurrency(open.SelectMany(one => one.Worth).Select(worth => (Money?)worth)));
    }

    /// <summary>What a client that waits for them is held for.</summary>
    public string Words => $"{Exceptions} {(Exceptions == 1 ? "exception" : "exceptions")} of the reconciliation {(Exceptions == 1 ? "is" : "are")} open{(Worth.Count == 0 ? "" : $", worth {string.Join(" + ", Worth)} a month")}.";
}
