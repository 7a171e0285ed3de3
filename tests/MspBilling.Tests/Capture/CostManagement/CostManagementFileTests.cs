using System.Text;
using MspBilling.Core;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.CostManagement;

public sealed class CostManagementFileTests
{
    private static readonly string[] Names = UsageFiles.CostHeader.Split(',');

    [Fact]
    public async Task Read_OneRow_IsOneRecordInAnyForm()
    {
        var expected = new UsageRecord
        {
            Id = new RecordId("azure-cost", RecordKind.Usage, "Microsoft|8608480|1f0c|Usage|Virtual Machines|5b7b|1 Hour|EUR|2024-09-01|2024-09-18"),
            Provider = "Microsoft",
            SubAccountId = "1f0c",
            SubAccountName = "Contoso Prod",
            Category = "Usage",
            Service = "Virtual Machines",
            Sku = "5b7b",
            Description = "D4s v5",
            Day = new DateOnly(2024, 9, 18),
            Quantity = 24,
            Unit = "1 Hour",
            Cost = 4.61m,
            Currency = Currency.Of("EUR"),
        };
        var csv = UsageFiles.Cost(UsageFiles.CostRow);

        foreach (var file in new[] { csv, UsageFiles.Gzip(csv), await UsageFiles.ParquetAsync(csv), UsageFiles.Zip([("part_0_0001.csv", csv)]) })
            Assert.Equal(expected, Assert.Single(Read(file)));
    }

    // The header of a customer agreement in small letters, of a partner's customers, and of pay-as-you-go.
    [Theory]
    [InlineData("billingAccountId,subscriptionId,date,meterId,meterCategory,quantity,costInBillingCurrency,billingCurrency,chargeType,billingPeriodStartDate", "b:1,1F0C,2024-09-18,5b7b,Storage,2,0.5,USD,Usage,2024-09-01", "Microsoft|b:1|1F0C|Usage|Storage|5b7b||USD|2024-09-01|2024-09-18")]
    [InlineData("BillingAccountId,SubscriptionId,CustomerTenantId,CustomerName,Date,MeterId,ProductId,PublisherName,Quantity,CostInBillingCurrency,BillingCurrency,ChargeType,BillingPeriodStartDate", "p-1,,77aa,Contoso,09/01/2024,,DZH3,Vendor Inc,1,99,USD,Purchase,09/01/2024", "Microsoft|p-1|77aa|Purchase|Vendor Inc|DZH3||USD|2024-09-01|2024-09-01")]
    [InlineData("BillingAccountId,SubscriptionGuid,UsageDateTime,MeterId,MeterCategory,UsageQuantity,PreTaxCost,Currency,ChargeType", "a-1,1f0c,09/18/2024 00:00:00,5b7b,Storage,2,0.5,GBP,RoundingAdjustment", "Microsoft|a-1|1f0c|Adjustment|Storage|5b7b||GBP|2024-09-01|2024-09-18")]
    public void Read_ColumnsOfEachAgreement_AreFound(string header, string row, string id) =>
        Assert.Equal(id, Assert.Single(Read(Encoding.UTF8.GetBytes(header + "\n" + row))).Id.ExternalId);

    [Theory]
    [InlineData("ChargeType", "UnusedReservation")]
    [InlineData("ChargeType", "UnusedSavingsPlan")]
    [InlineData("PricingModel", "Reservation")]
    [InlineData("PricingModel", "SavingsPlan")]
    public void Read_AmortisedCost_IsRefused(string column, string value)
    {
        var result = ImportFiles.Read("costs.csv", UsageFiles.Cost(UsageFiles.CostRow, Row((column, value))));

        Assert.Empty(result.Records);
        Assert.EndsWith("expected a charge of an export of actual cost; this one is of amortised cost, which bills reservations and savings plans a second time. Export actual cost, or FOCUS", Assert.Single(result.Problems).ToString(), StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(result.Problems).Line);
    }

    // Actual cost has what a reservation covers at nothing, and the reservation where it was bought.
    [Fact]
    public void Read_UsageThatAReservationCovers_IsTakenAtNothing() => Assert.Equal(
        [("Purchase", 120m), ("Usage", 0m)],
        Read(UsageFiles.Cost(Row(("PricingModel", "Reservation"), ("CostInBillingCurrency", "0")), Row(("ChargeType", "Purchase"), ("PricingModel", "Reservation"), ("CostInBillingCurrency", "120"))))
            .Select(usage => (usage.Category, usage.Cost)));

    [Theory]
    [InlineData("Date", "18/09/2024", "Date is '18/09/2024', expected a date like 09/18/2024 (month first) or 2024-09-18")]
    [InlineData("CostInBillingCurrency", "", "CostInBillingCurrency is '', expected a number")]
    [InlineData("BillingCurrency", "Euro", "BillingCurrency is 'Euro', expected an ISO 4217 currency code such as USD")]
    public void Read_WrongCell_SaysWhatAndWhere(string column, string value, string problem) =>
        Assert.EndsWith(problem, Assert.Single(ImportFiles.Read("costs.csv", UsageFiles.Cost(Row((column, value)))).Problems).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Read_MissingColumns_AreEachNamed() => Assert.Equal(
        ["costs.csv, line 1: BillingAccountId: expected a column of this name in the header", "costs.csv, line 1: BillingCurrency: expected a column of this name in the header"],
        ImportFiles.Read("costs.csv", "SubscriptionId,Date,MeterId,Quantity,CostInBillingCurrency,ChargeType\n").Problems.Select(problem => problem.ToString()));

    [Fact]
    public void Read_SaidToBeTheOtherKind_IsRefused() => Assert.Equal(
        "costs.csv: found 'azure-cost', expected a file of focus, as it was said to be; these are the columns of azure-cost",
        Assert.Single(ImportFiles.Read("costs.csv", UsageFiles.Cost(UsageFiles.CostRow), "focus").Problems).ToString());

    private static IReadOnlyList<UsageRecord> Read(byte[] content)
    {
        var result = ImportFiles.Read("costs", content);
        Assert.True(result.Problems.Count == 0, string.Join('\n', result.Problems));
        Assert.Equal("azure-cost", result.Format);
        return [.. result.Records.Cast<UsageRecord>()];
    }

    private static string Row(params (string Column, string Value)[] changes)
    {
        var cells = UsageFiles.CostRow.Split(',');
        foreach (var (column, value) in changes)
            cells[Array.IndexOf(Names, column)] = value;
        return string.Join(',', cells);
    }
}
