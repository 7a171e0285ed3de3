using MspBilling.Core.Capture;
using MspBilling.Core.Clients;

namespace MspBilling.Core.Reports;

/// <summary>Which discrepancies matter: those that reach each limit of the threshold that says most of them; without one, all.</summary>
/// <remarks>
/// A threshold for a client's product goes before one for the client, that before one for the product, and that before one for all; of equal ones the first holds. With a
/// quantity of 2 and an amount of 50.00, 2 licences of 26.40 are raised (52.80), 1 is not, and 3 of 5.00 are not. What has no price is not measured by an amount.
/// </remarks>
internal sealed class ReconciliationLimits(IEnumerable<ReconciliationThreshold> thresholds, ClientDirectory directory)
{
    private readonly IReadOnlyList<(string? ClientId, ReconciliationThreshold Threshold)> _thresholds =
    [
        .. thresholds.Select(threshold => (ClientId: threshold.Client is { } client ? directory.Company(client) is { } company ? Client.IdOf(company.Id.ExternalId) : client : null, threshold))
            .OrderByDescending(item => (item.ClientId is null ? 0 : 2) + (item.threshold.Product is null ? 0 : 1)),
    ];

    public bool Reaches(Discrepancy discrepancy)
    {
        var threshold = _thresholds.FirstOrDefault(item =>
            (item.ClientId is null || item.ClientId == discrepancy.ClientId)
            && (item.Threshold.Product is null || string.Equals(item.Threshold.Product, discrepancy.Product, StringComparison.OrdinalIgnoreCase))).Threshold;
        return threshold is null
            || (!(discrepancy.Difference < threshold.Quantity) && !(discrepancy.Percent < threshold.Percent) && !(discrepancy.Worth is { } worth && worth.Amount < threshold.Amount));
    }
}
