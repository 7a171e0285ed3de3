using System.Globalization;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary><c>GET /RecurringInvoice?includelines=true</c>: each line is a recurring service.</summary>
/// <remarks>
/// A line's price is that of the invoice's period, and an addition's that of a month: 300.00 a quarter is 100.00. It keeps all its places, so that three
/// months come to the quarter again. A discount of the line (<c>discount_perc</c>) is in its price. A line without dates of its own has those of its invoice.
/// A line that is charged once is in force in its month alone, and not billed once Halo has invoiced it; lines that only head others are nothing.
/// A line whose invoice has no contract names its invoice where the contract stands, so that it is held and shown.
/// </remarks>
internal static class RecurringLines
{
    public static IReadOnlyList<CapturedRecord> Read(HaloPage page, ProblemList problems) =>
        [.. page.Rows.SelectMany(invoice => RecordArray.Read(invoice.Records("lines"), problems, line => Read(line, invoice, page.Reading)))];

    private static Addition? Read(JsonRecord line, JsonRecord invoice, HaloReading reading)
    {
        if (line.Flag("isgroupdesc"))
            return null;

        var (invoiceId, lineId) = (invoice.IdText("id"), line.IdText("id"));
        var months = Months(invoice, reading);
        var sku = line.OptionalText("item_code") ?? (line.OptionalId("_itemid") is { } item ? "item " + item : "line " + lineId);
        var price = line.Number("unit_price") * (100 - (line.OptionalNumber("discount_perc", 0, 100) ?? 0)) / 100;
        var isOnce = line.Flag("onetimecharge");
        var isOver = line.Flag("isinactive") || (isOnce && line.OptionalId("onetimechargeinvoiceid") is not null);
        return new Addition
        {
            Id = HaloFields.RecordId(RecordKind.Addition, $"{invoiceId}/{lineId}"),
            Revision = invoice.Moment("last_modified", reading),
            AgreementId = line.OptionalId("contract_id") ?? invoice.OptionalId("contract_id") ?? "recurring invoice " + invoiceId,
            Sku = sku,
            Description = line.OptionalText("item_shortdescription") ?? line.OptionalText("item_longdescription") ?? sku,
            Quantity = line.Number("qty_order"),
            UnitPrice = isOnce ? price : price / months,
            UnitCost = (line.OptionalNumber("unit_cost") ?? 0) / (isOnce ? 1 : months),
            Option = isOver ? BillingOption.DoNotBill : BillingOption.Billable,
            InForce = isOnce ? MonthOfOnce(line, invoice) : InForce(line, invoice, reading),
        };
    }

    private static int Months(JsonRecord invoice, HaloReading reading)
    {
        if (invoice.OptionalCode("period") is not { } number)
            return 1;
        if (reading.BillingPeriods.TryGetValue(number, out var word) && BillingPeriods.Months.GetValueOrDefault(word) is { } months)
            return months;

        invoice.Problem("period", string.Create(CultureInfo.InvariantCulture, $"a period of whole months, of which the settings know the number (BillingPeriods:{number})"));
        return 1;
    }

    private static Period InForce(JsonRecord line, JsonRecord invoice, HaloReading reading) =>
        (line.Day("startdate") is null && line.Day("enddate") is null ? invoice : line).InForce("startdate", "enddate", reading);

    private static Period MonthOfOnce(JsonRecord line, JsonRecord invoice)
    {
        if ((line.Day("startdate") ?? invoice.Day("nextcreationdate") ?? invoice.Day("startdate")) is { } day)
            return Period.MonthOf(day);

        line.Problem("startdate", "a date of a line that is charged once");
        return Period.MonthOf(DateOnly.MinValue);
    }
}
