using System.Globalization;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Capture.Autotask;

/// <summary>Units of a contract's services: how many from which day until which, at which price a month.</summary>
public sealed class AutotaskUnitsTests
{
    private const string Around = """
        "labels":{"Services.periodType":{"1":"Monthly","3":"Yearly"}},
        "contractServices":[{"id":410,"contractID":29683580,"serviceID":55,"unitPrice":28.00,"unitCost":21.00,"invoiceDescription":"Microsoft 365 Business Premium","internalDescription":"M365"}],
        "services":[{"id":55,"name":"M365-BP","periodType":1,"unitPrice":30.0}]
        """;

    [Fact]
    public void Read_Units_AreAnAdditionOverTheirDays() => Assert.Equal(
        new Addition
        {
            Id = new RecordId("autotask", RecordKind.Addition, "service-1"),
            AgreementId = "29683580",
            Sku = "M365-BP",
            Description = "Microsoft 365 Business Premium",
            Quantity = 42m,
            UnitPrice = 26.40m, // 1108.80 / 42
            UnitCost = 20.15m, // 846.30 / 42
            Option = BillingOption.Billable,
            InForce = new Period(new DateOnly(2026, 8, 1), new DateOnly(2026, 9, 1)),
            Prorate = true,
        },
        Units("2026-08-01 2026-08-31 42 1108.80 846.30").Single());

    [Theory]
    // The row before a change ends on the day of the change: that day is the change's.
    [InlineData("2026-08-01 2026-08-15 42 500 400,2026-08-15 2026-08-31 45 700 500", "2026-08-01 2026-08-15 42,2026-08-15 2026-09-01 45")]
    // Or the day before.
    [InlineData("2026-08-01 2026-08-14 42 500 400,2026-08-15 2026-08-31 45 700 500", "2026-08-01 2026-08-15 42,2026-08-15 2026-09-01 45")]
    // Two changes, in any order.
    [InlineData("2026-08-20 2026-08-31 5 9 9,2026-08-01 2026-08-10 3 9 9,2026-08-10 2026-08-20 4 9 9", "2026-08-20 2026-09-01 5,2026-08-01 2026-08-10 3,2026-08-10 2026-08-20 4")]
    // Rows beside each other are charged beside each other.
    [InlineData("2026-08-01 2026-08-31 42 1108.80 846.30,2026-08-15 2026-08-31 3 40 30", "2026-08-01 2026-09-01 42,2026-08-15 2026-09-01 3")]
    // A change on a period's first day leaves a row of that one day beside it.
    [InlineData("2026-08-01 2026-08-01 42 35 25,2026-08-01 2026-08-31 45 1188 900", "2026-08-01 2026-08-02 42,2026-08-01 2026-09-01 45")]
    [InlineData("2026-07-01 2026-07-31 42 1 1,2026-08-01 2026-08-31 45 1 1", "2026-07-01 2026-08-01 42,2026-08-01 2026-09-01 45")]
    [InlineData("2026-08-15 2026-08-31 -3 -40 -30", "2026-08-15 2026-09-01 -3")]
    public void Read_Units_AreDatedHalfOpen(string rows, string days) =>
        Assert.Equal(days.Split(','), Units(rows).Select(unit => string.Create(CultureInfo.InvariantCulture, $"{unit.InForce.Start:yyyy-MM-dd} {unit.InForce.End:yyyy-MM-dd} {unit.Quantity}")));

    [Theory]
    [InlineData("2026-07-01 2026-09-30 10 300 150", "10.00 5.00")] // 300 / 10 / 3 months
    [InlineData("2026-01-01 2026-12-31 10 1200 600", "10.00 5.00")]
    [InlineData("2026-08-15 2026-09-14 10 100 50", "10.00 5.00")]
    [InlineData("2026-08-15 2026-08-31 10 55 27", "28.00 21.00")] // a part of a month, by the contract's service
    [InlineData("2026-07-01 2026-07-31 10 100 50,2026-08-15 2026-08-31 10 55 27", "10.00 5.00,10.00 5.00")] // by the whole month before
    [InlineData("2026-08-15 2026-08-31 10 55 27,2026-09-01 2026-09-30 10 120 60", "12.00 6.00,12.00 6.00")] // by the whole month after
    [InlineData("2026-07-01 2026-07-31 10 100 50,2026-08-01 2026-08-31 10 120 60", "10.00 5.00,12.00 6.00")] // a new price leaves the month before
    [InlineData("2026-08-01 2026-08-31 0 0 0", "28.00 21.00")]
    [InlineData("2026-08-01 2026-08-31 10 null null", "28.00 21.00")]
    [InlineData("2026-08-01 2026-08-31 0.0000000000000000000000000001 999999999999 9", "28.00 21.00")]
    [InlineData("9999-06-05 9999-06-30 10 100 50", "28.00 21.00")]
    public void Read_Price_IsAUnitsAndAMonths(string rows, string prices) =>
        Assert.Equal(prices.Split(','), Units(rows).Select(unit => string.Create(CultureInfo.InvariantCulture, $"{unit.UnitPrice:0.00} {unit.UnitCost:0.00}")));

    [Fact]
    public void Read_PricePerUnit_IsBySetting() =>
        Assert.Equal(26.40m, Units("2026-08-01 2026-08-31 42 26.40 20.15", """ "reading":{"pricesArePerUnit":true}, """).Single().UnitPrice);

    [Fact]
    public void Read_YearlyService_IsATwelfthAMonth()
    {
        var page = $$"""{{{Around.Replace("\"periodType\":1", "\"periodType\":3", StringComparison.Ordinal)}},"contractServiceUnits":[{{Row("2026-08-15 2026-08-31 1 9 9", 0)}}]}""";

        Assert.Equal(28.00m / 12, ImportFiles.Records<Addition>("autotask-contract-service-units.json", page).Single().UnitPrice);
    }

    [Fact]
    public void Read_RowOfAnotherService_CutsNothing()
    {
        var rows = $"{Row("2026-08-01 2026-08-15 42 500 400", 0)},{Row("2026-08-15 2026-08-31 45 700 500", 1).Replace("410", "411", StringComparison.Ordinal)}";

        Assert.Equal(new DateOnly(2026, 8, 16), ImportFiles.Records<Addition>("autotask-contract-service-units.json", $$"""{{{Around}},"contractServiceUnits":[{{rows}}]}""")[0].InForce.End);
    }

    [Fact]
    public void Read_BundleUnits_AreAdditionsOfTheirOwn()
    {
        var addition = ImportFiles.Records<Addition>("autotask-contract-bundle-units.json", """
            {"contractServiceBundleUnits":[{"id":1,"contractID":2,"contractServiceBundleID":3,"serviceBundleID":4,"startDate":"2026-08-01","endDate":"2026-08-31","units":2,"price":20.0,"cost":8.0}],
             "serviceBundles":[{"id":4,"name":"Desk","invoiceDescription":"Desk bundle"}]}
            """).Single();

        Assert.Equal(("bundle-1", "Desk", "Desk bundle", 10m, 4m), (addition.Id.ExternalId, addition.Sku, addition.Description, addition.UnitPrice, addition.UnitCost));
    }

    [Fact]
    public void Read_UnitsAlone_AreNamedByTheirService()
    {
        var addition = ImportFiles.Records<Addition>("autotask-contract-service-units.json", """{"items":[{"id":1,"contractID":2,"serviceID":55,"startDate":"2026-08-01","endDate":"2026-08-31","units":2,"price":20.0}]}""").Single();

        Assert.Equal(("service 55", "service 55", 10m, 0m), (addition.Sku, addition.Description, addition.UnitPrice, addition.UnitCost));
    }

    [Fact]
    public void Read_UnitsThatAreMissing_AreRefused() => Assert.Equal(
        ["autotask-contract-service-units.json, line 1, column 26: contractServiceUnits[0].units: expected a number like 12.5, below a trillion, but it is missing"],
        ImportFiles.Problems("autotask-contract-service-units.json", """{"contractServiceUnits":[{"id":1,"contractID":2,"serviceID":55,"startDate":"2026-08-01","endDate":"2026-08-31"}]}"""));

    private static IReadOnlyList<Addition> Units(string rows, string reading = "") => ImportFiles.Records<Addition>(
        "autotask-contract-service-units.json", $$"""{{{reading}}{{Around}},"contractServiceUnits":[{{string.Join(',', rows.Split(',').Select(Row))}}]}""");

    private static string Row(string row, int index)
    {
        var part = row.Split(' ');
        return $$"""{"id":{{index + 1}},"contractID":29683580,"contractServiceID":410,"serviceID":55,"startDate":"{{part[0]}}T00:00:00Z","endDate":"{{part[1]}}T00:00:00Z","units":{{part[2]}},"price":{{part[3]}},"cost":{{part[4]}},"approveAndPostDate":null}""";
    }
}
