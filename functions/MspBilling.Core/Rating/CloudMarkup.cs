using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>Cloud usage at its cost and a percentage: one line a provider's service, over the whole period.</summary>
/// <remarks>
/// Costs are added exactly and rounded once, with the mark-up: 100.004 + 15 % = 115.0046 = 115.00. Credits lower the sum. Services
/// that come to less than half a cent are put together; where even all of them do, they are covered and no line is printed.
/// </remarks>
internal static class CloudMarkup
{
    private sealed record ServiceCost(string Provider, string Service, IReadOnlyList<UsageRecord> Records)
    {
        public decimal Cost { get; } = Records.Sum(r => r.Cost);

        /// <summary>Microsoft's service "Microsoft Sentinel" is not called "Microsoft Microsoft Sentinel".</summary>
        public string Name => Service.StartsWith(Provider + " ", StringComparison.Ordinal) ? Service : $"{Provider} {Service}";
    }

    public static RatedPeriod Rate(AgreementPeriod part)
    {
        if (part.Agreement.Line<CloudUsageLine>() is not { } line)
        {
            return RatedPeriod.Empty;
        }

        var services = part.Of<UsageRecord>()
            .GroupBy(r => (r.Provider, r.Service))
            .OrderBy(g => g.Key.Provider, StringComparer.Ordinal).ThenBy(g => g.Key.Service, StringComparer.Ordinal)
            .Select(g => new ServiceCost(g.Key.Provider, g.Key.Service, [.. g]))
            .ToLookup(g => !Amount(part, line, g).IsZero);
        var small = services[false]
            .GroupBy(g => g.Provider)
            .Select(g => new ServiceCost(g.Key, "other services", [.. g.SelectMany(s => s.Records)]))
            .ToLookup(g => !Amount(part, line, g).IsZero);

        var billed = services[true].Concat(small[true]).OrderBy(g => g.Provider, StringComparer.Ordinal).ToList();
        return new RatedPeriod(
            [.. billed.Select(g => Line(part, line, g))],
            [
                .. billed.SelectMany(g => g.Records).Select(Disposition.Billed),
                .. small[false].SelectMany(g => g.Records).Select(r => Disposition.Covered(r, Reason.BelowSmallestUnit)),
            ]);
    }

    private static Money Amount(AgreementPeriod part, CloudUsageLine line, ServiceCost usage) =>
        Rounding.ToMoney(usage.Cost * (100 + line.MarkupPercent) / 100, part.Agreement.Currency);

    private static RatedLine Line(AgreementPeriod part, CloudUsageLine line, ServiceCost usage)
    {
        var amount = Amount(part, line, usage);
        var explanation = new Explanation(
            nameof(CloudMarkup),
            string.Create(CultureInfo.InvariantCulture, $"Cost of {usage.Cost:N4} + {Figures.Quantity(line.MarkupPercent)} % = {Figures.Of(amount)}, from {usage.Records.Count} daily {(usage.Records.Count == 1 ? "record" : "records")}."));
        return part.Line(line.Service, usage.Name, 1, "month", new UnitPrice(amount.Amount, amount.Currency), amount, explanation, [.. Details(usage)]);
    }

    private static IEnumerable<LineDetail> Details(ServiceCost usage) =>
        usage.Records
            .GroupBy(record => (record.SubAccountId, Name: record.SubAccountName ?? record.SubAccountId, record.Category, record.Description, record.Unit))
            .OrderBy(sku => sku.Key.Name, StringComparer.Ordinal).ThenBy(sku => sku.Key.SubAccountId, StringComparer.Ordinal)
            .ThenBy(sku => sku.Key.Description, StringComparer.Ordinal).ThenBy(sku => sku.Key.Category, StringComparer.Ordinal)
            .ThenBy(sku => sku.Key.Unit, StringComparer.Ordinal)
            .Select(sku => new LineDetail(
                null, null, sku.Key.Name, sku.Key.Description, sku.Sum(r => r.Quantity), sku.Key.Unit ?? "", sku.Key.Category == "Usage" ? null : sku.Key.Category));
}
