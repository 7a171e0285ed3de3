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

    [Fact]
    public void Read_NothingSaid_IsLeftOpen() => Assert.Null(Assert.Single(ImportFiles.Records<MspSettings>("msp-settings.json", ImportFiles.Settings)).Billing);

    [Theory]
    [InlineData("""{"split":"project"}""", "billing.split is 'project', expected one of currency, agreement, purchaseOrder, site")]
    [InlineData("""{"splitBy":"site"}""", "billing.splitBy: expected no such property; known here are")]
    public void Read_Wrong_SaysWhatAndWhere(string billing, string problem) =>
        Assert.Contains(problem, Assert.Single(ImportFiles.Problems("msp-settings.json", With(billing, null))), StringComparison.Ordinal);

    private static string With(string billing, string? client)
    {
        var text = ImportFiles.Settings.TrimEnd()[..^1] + $",\"billing\":{billing}}}";
        return client is null ? text : text.Replace("\"taxNumber\": \"IE1234567A\"", $"\"taxNumber\": \"IE1234567A\", \"billing\": {client}", StringComparison.Ordinal);
    }
}
