using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using Xunit;

namespace MspBilling.Tests.Capture.Settings;

public sealed class BillingFormTests
{
    [Theory]
    [InlineData("currency", InvoiceSplit.Currency)]
    [InlineData("agreement", InvoiceSplit.Agreement)]
    [InlineData("purchaseOrder", InvoiceSplit.PurchaseOrder)]
    [InlineData("site", InvoiceSplit.Site)]
    public void Read_Split_IsTheMspsAndTheClients(string word, InvoiceSplit split)
    {
        var settings = Assert.Single(ImportFiles.Records<MspSettings>("msp-settings.json", With($$"""{"split":"{{word}}"}""", """{"split":"agreement"}""")));

        Assert.Equal((split, InvoiceSplit.Agreement), (settings.BillingOf(null).Split, settings.BillingOf(settings.Clients[0]).Split));
    }

    [Theory]
    [InlineData("monthly", 1)]
    [InlineData("quarterly", 3)]
    [InlineData("halfYearly", 6)]
    [InlineData("yearly", 12)]
    public void Read_Schedule_IsTheClientsOverTheMsps(string cycle, int months)
    {
        var settings = Assert.Single(ImportFiles.Records<MspSettings>(
            "msp-settings.json", With("{\"from\":\"2024-09-01\",\"graceDays\":3}", $$"""{"cycle":"{{cycle}}","firstMonth":4,"graceDays":0}""")));

        Assert.Equal(new BillingSchedule(new DateOnly(2024, 9, 1), 1, 1, 3), BillingSchedule.Of(settings.BillingOf(null)));
        Assert.Equal(new BillingSchedule(new DateOnly(2024, 9, 1), months, 4, 0), BillingSchedule.Of(settings.BillingOf(settings.Clients[0])));
    }

    [Fact]
    public void Read_NothingSaid_IsLeftOpen() => Assert.Null(Assert.Single(ImportFiles.Records<MspSettings>("msp-settings.json", ImportFiles.Settings)).Billing);

    [Theory]
    [InlineData("""{"split":"project"}""", "billing.split is 'project', expected one of currency, agreement, purchaseOrder, site")]
    [InlineData("""{"cycle":"weekly"}""", "billing.cycle is 'weekly', expected one of monthly, quarterly, halfYearly, yearly")]
    [InlineData("""{"from":"2024-09-15"}""", "billing.from is '2024-09-15', expected the first day of a month")]
    [InlineData("""{"firstMonth":13}""", "billing.firstMonth is '13', expected ")]
    [InlineData("""{"graceDays":61}""", "billing.graceDays is '61', expected ")]
    [InlineData("""{"splitBy":"site"}""", "billing.splitBy: expected no such property; known here are")]
    public void Read_Wrong_SaysWhatAndWhere(string billing, string problem) =>
        Assert.Contains(problem, Assert.Single(ImportFiles.Problems("msp-settings.json", With(billing, null))), StringComparison.Ordinal);

    private static string With(string billing, string? client)
    {
        var text = ImportFiles.Settings.TrimEnd()[..^1] + $",\"billing\":{billing}}}";
        return client is null ? text : text.Replace("\"taxNumber\": \"IE1234567A\"", $"\"taxNumber\": \"IE1234567A\", \"billing\": {client}", StringComparison.Ordinal);
    }
}
