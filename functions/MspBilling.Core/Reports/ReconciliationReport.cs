using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.Core.Reports;

/// <summary>The reconciliation of one client's period.</summary>
/// <param name="Open">Discrepancies that wait for somebody.</param>
/// <param name="Below">Those that are below the thresholds.</param>
/// <param name="Accepted">Those that somebody has accepted.</param>
public sealed record ClientReconciliation(
    Period Period, string ClientId, string ClientName, IReadOnlyList<ReconciledProduct> Products, IReadOnlyList<Discrepancy> Open, IReadOnlyList<Discrepancy> Below, IReadOnlyList<AcceptedDiscrepancy> Accepted)
{
    public static ClientReconciliation None(ClientBill bill)
    {
        ArgumentNullException.ThrowIfNull(bill);
        return new(bill.Period, bill.ClientId, bill.ClientName, [], [], [], []);
    }

    /// <summary>What is open, for who bills the client; null where nothing is.</summary>
    public Unreconciled? Unreconciled => Open.Count == 0 ? null : new Unreconciled(Open.Count, DispositionTotal.PerCurrency(Open.Select(discrepancy => discrepancy.Worth)));
}

public sealed record AcceptedDiscrepancy(Discrepancy Discrepancy, Acceptance Acceptance);

/// <summary>The reconciliation of a period: the exceptions first, then what is accepted, what is counted only, and all products with their sides.</summary>
/// <remarks>Each discrepancy that was found is in one of open, accepted and below: their numbers and worths add up to all. Currencies are never added together.</remarks>
public sealed record ReconciliationReport(
    Period Period, IReadOnlyList<SideTotal> Totals, IReadOnlyList<Discrepancy> Exceptions, IReadOnlyList<AcceptedDiscrepancy> Accepted, Unreconciled Below, IReadOnlyList<ClientProduct> Products)
{
    public static ReconciliationReport Of(Period period, IReadOnlyCollection<ClientReconciliation> clients)
    {
        var ordered = clients.OrderBy(client => client.ClientName, StringComparer.Ordinal).ThenBy(client => client.ClientId, StringComparer.Ordinal).ToList();
        var open = ordered.SelectMany(client => client.Open.OrderByDescending(discrepancy => discrepancy.Worth?.Amount).ThenBy(discrepancy => discrepancy.Product, StringComparer.Ordinal)).ToList();
        return new ReconciliationReport(
            period,
            [.. Enum.GetValues<DiscrepancySide>().Select(side => SideTotal.Of(side, [.. open.Where(discrepancy => discrepancy.Side == side)]))],
            open,
            [.. ordered.SelectMany(client => client.Accepted)],
            new Unreconciled(ordered.Sum(client => client.Below.Count), DispositionTotal.PerCurrency(ordered.SelectMany(client => client.Below).Select(discrepancy => discrepancy.Worth))),
            [.. ordered.SelectMany(client => client.Products.Select(product => new ClientProduct(client.ClientId, client.ClientName, product)))]);
    }

    /// <summary>What is open, over all clients.</summary>
    public Unreconciled Open => new(Exceptions.Count, DispositionTotal.PerCurrency(Exceptions.Select(discrepancy => discrepancy.Worth)));
}

public sealed record ClientProduct(string ClientId, string ClientName, ReconciledProduct Product);

/// <param name="Revenue">A month, at the agreements' prices; one amount a currency.</param>
/// <param name="Cost">A month, at the vendors' prices; one amount a currency.</param>
public sealed record SideTotal(DiscrepancySide Side, int Exceptions, IReadOnlyList<Money> Revenue, IReadOnlyList<Money> Cost)
{
    internal static SideTotal Of(DiscrepancySide side, IReadOnlyList<Discrepancy> discrepancies) => new(
        side, discrepancies.Count, DispositionTotal.PerCurrency(discrepancies.Select(item => item.Revenue)), DispositionTotal.PerCurrency(discrepancies.Select(item => item.Cost)));
}
