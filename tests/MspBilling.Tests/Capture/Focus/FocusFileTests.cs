using CsCheck;
using MspBilling.Core;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.Focus;

public sealed class FocusFileTests
{
    private static readonly string[] Names = ImportFiles.FocusHeader.Split(',');

    [Fact]
    public void Read_OneRow_IsOneRecord()
    {
        var usage = Assert.Single(Records(ImportFiles.FocusRow));

        Assert.Equal(
            new UsageRecord
            {
                Id = new RecordId("focus", RecordKind.Usage, "AWS|1234|sub-1|Usage|Amazon S3|SKU1|GB|USD|2024-09-01|2024-09-18"),
                Provider = "AWS",
                SubAccountId = "sub-1",
                SubAccountName = "Atlas",
                Category = "Usage",
                Service = "Amazon S3",
                Sku = "SKU1",
                Description = "Storage",
                Day = new DateOnly(2024, 9, 18),
                Quantity = 1.5m,
                Unit = "GB",
                Cost = 0.0000000001m,
                Currency = Currency.Of("USD"),
            },
            usage);
    }

    [Fact]
    public void Read_HoursOfADay_AreAddedUp()
    {
        // 0.1 + 2.5E-10 - 0.05 = 0.05000000025; 1 + 2 + 0.5 = 3.5
        var usage = Assert.Single(Records(
            Row(("ChargePeriodStart", "2024-09-18 00:00:00"), ("PricingQuantity", "1"), ("BilledCost", "0.1"), ("ChargeDescription", "b")),
            Row(("ChargePeriodStart", "2024-09-18T12:00:00Z"), ("PricingQuantity", "2"), ("BilledCost", "2.5E-10"), ("ChargeDescription", "a")),
            Row(("ChargePeriodStart", "2024-09-18 23:00:00"), ("ChargePeriodEnd", "2024-09-19"), ("PricingQuantity", "0.5"), ("BilledCost", "-0.05"), ("ChargeDescription", "NULL"))));

        Assert.Equal((3.5m, 0.05000000025m, "a"), (usage.Quantity, usage.Cost, usage.Description));
    }

    [Theory]
    [InlineData("ProviderName", "Microsoft")]
    [InlineData("BillingAccountId", "5678")]
    [InlineData("SubAccountId", "sub-2")]
    [InlineData("ChargeCategory", "Credit")]
    [InlineData("ServiceName", "Amazon EC2")]
    [InlineData("SkuId", "SKU2")]
    [InlineData("PricingUnit", "TB")]
    [InlineData("BillingCurrency", "EUR")]
    [InlineData("BillingPeriodStart", "2024-08-01 00:00:00")]
    [InlineData("ChargePeriodStart", "2024-09-17 22:00:00")]
    public void Read_RowsThatDifferInTheKey_AreTwoRecords(string column, string value) =>
        Assert.Equal(2, Records(ImportFiles.FocusRow, Row((column, value))).Count);

    [Theory]
    [InlineData("SubAccountName", "Atlas renamed")]
    [InlineData("ChargeDescription", "Storage, hot")]
    [InlineData("ChargePeriodStart", "2024-09-18 01:00:00")]
    [InlineData("ConsumedUnit", "Bytes")]
    [InlineData("BillingPeriodEnd", "2024-11-01")]
    public void Read_RowsThatDifferElsewhere_AreOneRecord(string column, string value) =>
        Assert.Single(Records(ImportFiles.FocusRow, Row((column, "\"" + value + "\""))));

    [Fact]
    public void Read_BarsInFields_DoNotMakeTwoKeysOne()
    {
        var records = Records(Row(("ServiceName", "a|b"), ("SkuId", "c")), Row(("ServiceName", "a"), ("SkuId", "b|c")), Row(("ServiceName", "a%7Cb"), ("SkuId", "c")));

        Assert.Equal(["a", "a%7Cb", "a|b"], records.Select(usage => usage.Service).Order(StringComparer.Ordinal));
        Assert.Equal(3, records.Select(usage => usage.Id).Distinct().Count());
    }

    [Fact]
    public void Read_NullsAndEmptyCells_AreNoValue()
    {
        foreach (var none in new[] { "NULL", "", "\"\"", "\"NULL\"" })
        {
            var usage = Assert.Single(Records(Row(
                ("SubAccountId", none), ("SubAccountName", none), ("SkuId", none), ("ChargeDescription", none), ("PricingQuantity", none), ("PricingUnit", none))));

            Assert.Equal(("1234", null, "", "Amazon S3"), (usage.SubAccountId, usage.SubAccountName, usage.Sku, usage.Description));
            Assert.Equal((1.5m, "GB"), (usage.Quantity, usage.Unit));
        }
    }

    [Fact]
    public void Read_NeitherPricedNorConsumed_HasNoQuantity()
    {
        var usage = Assert.Single(Records(Row(("PricingQuantity", "NULL"), ("PricingUnit", "NULL"), ("ConsumedQuantity", "NULL"), ("ConsumedUnit", "NULL"))));

        Assert.Equal((0m, null), (usage.Quantity, usage.Unit));
    }

    [Theory]
    [InlineData("2024-09-17 23:30:00", "2024-09-17")]
    [InlineData("2024-09-17T23:30:00Z", "2024-09-17")]
    [InlineData("2024-09-17T23:30:00.123456Z", "2024-09-17")]
    [InlineData("2024-09-17 23:30:00 UTC", "2024-09-17")]
    [InlineData("2024-09-18T01:30:00+02:00", "2024-09-17")]
    [InlineData("2024-09-17T23:30:00-01:00", "2024-09-18")]
    [InlineData("2024-09-17T23:30Z", "2024-09-17")]
    [InlineData("2024-09-17", "2024-09-17")]
    public void Read_ChargePeriodStart_IsTakenOnItsUtcDay(string start, string day) => Assert.Equal(
        DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Assert.Single(Records(Row(("ChargePeriodStart", start)))).Day);

    [Fact]
    public void Read_QuotedCells_MayHoldCommasQuotesAndLines()
    {
        var usage = Assert.Single(Records(Row(("ServiceName", "\"S3, \"\"hot\"\"\r\nand cold\""), ("ChargeDescription", "\"the \"\"second\"\"\""))));

        Assert.Equal(("S3, \"hot\"\r\nand cold", "the \"second\""), (usage.Service, usage.Description));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Read_AnyLineEnding_GivesTheSame(string lineEnd)
    {
        var text = string.Join(lineEnd, ImportFiles.FocusHeader, "", ImportFiles.FocusRow, Row(("SkuId", "SKU2")), "");

        Assert.Equal(Records(ImportFiles.FocusRow, Row(("SkuId", "SKU2"))), ImportFiles.Records<UsageRecord>("focus.csv", text));
    }

    [Fact]
    public void Read_RowsAndColumnsShuffled_GivesTheSameRecords()
    {
        string[] rows =
        [
            .. Enumerable.Range(0, 60).Select(i => Row(
                ("SkuId", $"SKU{i % 4}"), ("SubAccountId", $"sub-{i % 3}"), ("SubAccountName", $"Name {i % 7}"), ("ChargeDescription", $"Text {i % 11}"),
                ("BilledCost", $"{(i % 2 == 0 ? "" : "-")}{i}.{i:000}E-{i % 20}"), ("PricingQuantity", $"{i}.0000000{i}"))),
        ];
        var expected = Records(rows);
        Assert.Equal(12, expected.Count);

        Gen.Select(Gen.Shuffle(rows), Gen.Shuffle(Enumerable.Range(0, Names.Length).ToArray())).Sample(
            (shuffled, columns) =>
            {
                var lines = shuffled.Prepend(ImportFiles.FocusHeader).Select(row => row.Split(',')).Select(cells => string.Join(',', columns.Select(i => cells[i])));
                Assert.Equal(expected, ImportFiles.Records<UsageRecord>("focus.csv", string.Join('\n', lines)));
            },
            iter: 100,
            threads: 1);
    }

    [Theory]
    [InlineData("BilledCost", "n/a", "line 2, column 145: BilledCost is 'n/a', expected a number like -0.0000216 or 2.16E-05, below a trillion")]
    [InlineData("BilledCost", "1e12", "line 2, column 145: BilledCost is '1e12', expected a number like -0.0000216 or 2.16E-05, below a trillion")]
    [InlineData("BilledCost", "\"1,5\"", "line 2, column 145: BilledCost is '1,5', expected a number like -0.0000216 or 2.16E-05, below a trillion")]
    [InlineData("BilledCost", "NULL", "line 2, column 145: BilledCost is 'NULL', expected a number")]
    [InlineData("BillingCurrency", "Dollars", "line 2, column 158: BillingCurrency is 'Dollars', expected an ISO 4217 currency code such as USD")]
    [InlineData("BillingCurrency", "usd", "line 2, column 158: BillingCurrency is 'usd', expected an ISO 4217 currency code such as USD")]
    [InlineData("ChargePeriodStart", "18/09/2024", "line 2, column 91: ChargePeriodStart is '18/09/2024', expected a time like 2024-09-18 23:00:00 (UTC) or 2024-09-18T23:00:00Z")]
    [InlineData("ChargePeriodEnd", "2024-09-18 21:00:00", "line 2, column 111: ChargePeriodEnd is '2024-09-18 21:00:00', expected a time not before ChargePeriodStart")]
    [InlineData("BillingPeriodEnd", "2024-08-31", "line 2, column 71: BillingPeriodEnd is '2024-08-31', expected a time not before BillingPeriodStart")]
    [InlineData("ChargeCategory", "Refund", "line 2, column 22: ChargeCategory is 'Refund', expected one of Usage, Purchase, Tax, Credit, Adjustment")]
    [InlineData("ProviderName", "", "line 2, column 1: ProviderName is '', expected a text")]
    [InlineData("ChargePeriodStart", "", "line 2, column 91: ChargePeriodStart is '', expected a time like 2024-09-18 23:00:00 (UTC) or 2024-09-18T23:00:00Z")]
    [InlineData("ChargeDescription", "5\" disk", "line 2, column 44: found '\"', expected no quote inside a cell that does not start with one")]
    [InlineData("ChargeDescription", "\"5\" disk\"", "line 2, column 46: found '\"', expected a comma or the end of the line after a closing quote; a quote inside a quoted cell is doubled")]
    [InlineData("ChargeDescription", "\"5", "line 2, column 43: expected a closing quote for the quote that opens here, but the file ends")]
    [InlineData("ChargeDescription", "a,b", "line 2: found '19 cells', expected 18 cells, as many as the header has")]
    public void Read_WrongCell_SaysWhatAndWhere(string column, string value, string problem) =>
        Assert.Equal(["focus.csv, " + problem], ImportFiles.Problems("focus.csv", ImportFiles.Focus(Row((column, value)))));

    [Fact]
    public void Read_ProblemAfterCellsOfSeveralLines_NamesTheRightLine() => Assert.Equal(
        [
            "focus.csv, line 5, column 37: ChargePeriodStart is 'x', expected a time like 2024-09-18 23:00:00 (UTC) or 2024-09-18T23:00:00Z",
            "focus.csv, line 6: found '2 cells', expected 18 cells, as many as the header has",
        ],
        ImportFiles.Problems("focus.csv", ImportFiles.Focus(
            Row(("ChargeDescription", "\"one\ntwo\"")),
            Row(("ChargeDescription", "\"Storage\r\nhot\""), ("BillingPeriodEnd", "2024-10-01"), ("ChargePeriodStart", "x")),
            "a,b")));

    [Theory]
    [InlineData("A;B;C", "line 1, column 1: found 'A;B;C', expected a header whose columns are separated by commas")]
    [InlineData(ImportFiles.FocusHeader + ",SkuId", "line 1, column 265: found 'SkuId', expected each column once in the header")]
    public void Read_WrongHeader_SaysWhatIsWrong(string header, string problem) =>
        Assert.Equal(["focus.csv, " + problem], ImportFiles.Problems("focus.csv", header + "\n" + ImportFiles.FocusRow));

    [Fact]
    public void Read_MissingColumns_AreEachNamed() => Assert.Equal(
        ["focus.csv, line 1: BilledCost: expected a column of this name in the header", "focus.csv, line 1: SkuId: expected a column of this name in the header"],
        ImportFiles.Problems("focus.csv", ImportFiles.FocusHeader.Replace("SkuId", "Sku", StringComparison.Ordinal).Replace("BilledCost", "Cost", StringComparison.Ordinal)));

    // finops-toolkit, issue 1569: Microsoft leaves it empty for purchases, savings plans, credits and rounding.
    [Fact]
    public void Read_ChargeWithoutService_TakesWhatElseSaysWhatItIs()
    {
        var purchase = Row(("ServiceName", "NULL"), ("ChargeCategory", "Purchase"));

        Assert.Equal("Purchase", Assert.Single(Records(purchase)).Service);
        Assert.Equal("Storage", Assert.Single(With("x_SkuMeterCategory", "Storage", purchase)).Service);
        Assert.Equal("Databases", Assert.Single(With("ServiceCategory", "Databases", purchase)).Service);
    }

    // What 1.1 and 1.2 added is beside what is read; 1.3 names the provider otherwise.
    [Fact]
    public void Read_ColumnsOfLaterVersions_GiveTheSameRecords()
    {
        var expected = Records(ImportFiles.FocusRow);

        Assert.Equal(expected, With("InvoiceId,InvoiceIssuerName,PricingCurrency,PricingCurrencyEffectiveCost,BillingAccountType,SubAccountType,SkuMeter,CapacityReservationId,x_Discounts", "INV-1,AWS,USD,0.1,Payer,Linked,Storage-GB,,{}", ImportFiles.FocusRow));
        Assert.Equal(expected, ImportFiles.Records<UsageRecord>("focus.csv", ImportFiles.Focus(ImportFiles.FocusRow).Replace("ProviderName", "ServiceProviderName", StringComparison.Ordinal)));
        Assert.Equal(expected, With("ServiceProviderName", "Somebody else", ImportFiles.FocusRow));
    }

    // AWS, Google and Oracle, in the order of the rows.
    [Theory]
    [InlineData("2024-09-17T23:00:00.000Z")]
    [InlineData("2024-09-17 23:00:00 UTC")]
    [InlineData("2024-09-17T23:00Z")]
    public void Read_TimesAsProvidersWriteThem_AreTaken(string start) => Assert.Equal(new DateOnly(2024, 9, 17), Assert.Single(Records(Row(("ChargePeriodStart", start)))).Day);

    [Fact]
    public void Read_HeaderOnly_HasNoRecords() => Assert.Empty(Records());

    private static IReadOnlyList<UsageRecord> Records(params string[] rows) => ImportFiles.Records<UsageRecord>("focus.csv", ImportFiles.Focus(rows));

    private static IReadOnlyList<UsageRecord> With(string columns, string values, string row) =>
        ImportFiles.Records<UsageRecord>("focus.csv", $"{ImportFiles.FocusHeader},{columns}\n{row},{values}");

    private static string Row(params (string Column, string Value)[] changes)
    {
        var cells = ImportFiles.FocusRow.Split(',');
        foreach (var (column, value) in changes)
            cells[Array.IndexOf(Names, column)] = value;
        return string.Join(',', cells);
    }
}
