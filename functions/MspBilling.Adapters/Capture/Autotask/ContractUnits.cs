using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary><c>ContractServiceUnits</c> and <c>ContractServiceBundleUnits</c>: how many units of a service a contract has in a span of days.</summary>
/// <remarks>
/// <para>
/// Autotask writes a row for each billing period, and one more from the day of each change to the period's end (REST API, "ContractServiceUnits"; the
/// changes themselves, ContractServiceAdjustments, cannot be queried). Each row is an addition of its own, in force from <c>startDate</c> through <c>endDate</c>, that
/// day included. The row before a change ends on the day of the change, by the vendor's words: a last day that is the first day of a later row of
/// the same service is the later row's. 42 from 1 August through 15 August and 45 from 15 August are [1 Aug, 15 Aug) and [15 Aug, 1 Sep).
/// </para>
/// <para>
/// The price a month is the row's own, so that a price that changes today does not change months that were billed: the row's price by its units and
/// its whole months, 1108.80 / 42 = 26.40. A row of a part of a period may be prorated already; it takes the price of the whole row before it, else of the one after it,
/// else the contract service's price by the service's period. Rows are always charged by their days, which is all of the price for a whole month.
/// </para>
/// </remarks>
/// <param name="Units">The list of rows in a page.</param>
/// <param name="Line">Their field for the contract's service or bundle.</param>
/// <param name="Lines">The list of those.</param>
/// <param name="Product">Their field for the service or bundle itself.</param>
/// <param name="Products">The list of those.</param>
internal sealed record ContractUnits(string Units, string Line, string Lines, string Product, string Products, string IdPrefix)
{
    public static ContractUnits OfServices { get; } = new("contractServiceUnits", "contractServiceID", "contractServices", "serviceID", "services", "service-");

    public static ContractUnits OfBundles { get; } = new("contractServiceBundleUnits", "contractServiceBundleID", "contractServiceBundles", "serviceBundleID", "serviceBundles", "bundle-");

    public Addition Read(AutotaskRow row, AutotaskPage page)
    {
        var product = page.Find(Products, row.Id(Product));
        var line = LineOf(row, page);
        var name = product?.OptionalText("name") ?? line?.OptionalText("internalDescription") ?? $"{Product[..^2]} {row.Id(Product)}";
        var series = Series(row, page);
        return new Addition
        {
            Id = row.RecordId(RecordKind.Addition, IdPrefix),
            AgreementId = row.IdText("contractID"),
            Sku = name,
            Description = line?.OptionalText("invoiceDescription") ?? product?.OptionalText("invoiceDescription") ?? name,
            Quantity = row.NeededNumber("units"),
            UnitPrice = AMonth(row, series, "price", page) ?? OfLine(line, product, "unitPrice", page) ?? OfLine(line, product, "adjustedPrice", page) ?? 0,
            UnitCost = AMonth(row, series, "cost", page) ?? OfLine(line, product, "unitCost", page) ?? 0,
            Option = BillingOption.Billable,
            InForce = InForce(row, series),
            Prorate = true,
        };
    }

    private AutotaskRow? LineOf(AutotaskRow row, AutotaskPage page) => page.Find(Lines, row.Id(Line))
        ?? page.Referring(Lines, "contractID", row.Id("contractID")).FirstOrDefault(line => line.Id(Product) == row.Id(Product));

    /// <summary>The rows of the same service on the same contract, in the order of time.</summary>
    private List<AutotaskRow> Series(AutotaskRow row, AutotaskPage page) =>
    [
        .. page.Referring(Units, "contractID", row.Id("contractID"))
            .Where(other => other.Id(Product) == row.Id(Product) && other.Id(Line) == row.Id(Line)).OrderBy(other => other.Date("startDate")),
    ];

    private static Period InForce(AutotaskRow row, List<AutotaskRow> series)
    {
        var days = Contracts.Days(row, "startDate", "endDate");
        return days.Days > 1 && series.Exists(other => other.Date("startDate") == days.LastDay) ? new Period(days.Start, days.LastDay) : days;
    }

    private static decimal? AMonth(AutotaskRow row, List<AutotaskRow> series, string field, AutotaskPage page)
    {
        if (Own(row) is { } own)
            return own;

        var start = row.Date("startDate");
        return series.Where(other => other.Date("startDate") <= start).Select(Own).LastOrDefault(price => price is not null)
            ?? series.Where(other => other.Date("startDate") > start).Select(Own).FirstOrDefault(price => price is not null);

        // Less than a thousandth of a unit is none: its price would be no number.
        decimal? Own(AutotaskRow each) =>
            each.Number(field) is { } amount && each.Number("units") is { } units && Math.Abs(units) >= 0.001m && Contracts.MonthsOf(InForce(each, series)) is { } months
            && (page.Reading.PricesArePerUnit ? amount : amount / units) / months is > -JsonRecord.Trillion and < JsonRecord.Trillion and var price
                ? price
                : null;
    }

    /// <summary>By the label of the service's period, such as Monthly or Yearly; one that is not known is a month.</summary>
    private decimal? OfLine(AutotaskRow? line, AutotaskRow? product, string field, AutotaskPage page)
    {
        var entity = char.ToUpperInvariant(Products[0]) + Products[1..];
        var period = page.Label(entity + ".periodType", product?.Id("periodType")) ?? "";
        var months = Has("semi") || Has("half") ? 6 : Has("quarter") ? 3 : Has("year") || Has("annual") ? 12 : 1;
        return (line?.Number(field) ?? product?.Number(field)) / months;

        bool Has(string part) => period.Contains(part, StringComparison.OrdinalIgnoreCase);
    }
}
