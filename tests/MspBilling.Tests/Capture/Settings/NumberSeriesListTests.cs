using MspBilling.Core;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.Settings;

public sealed class NumberSeriesListTests
{
    [Fact]
    public void Read_Series_AreThoseOfTheSettings()
    {
        var settings = Assert.Single(ImportFiles.Records<MspSettings>("msp-settings.json", With(
            """[{"name":"dollars","currency":"USD","pattern":"US{yy}-{0:0000}","first":100,"restartsYearly":true},{"name":"notes","documents":"creditNote","pattern":"CN-{0}"}]""")));

        Assert.Equal(
            [new NumberSeries("dollars", "US{yy}-{0:0000}", 100, NumberedDocument.Invoice, Currency.Of("USD"), true), new NumberSeries("notes", "CN-{0}", 1, NumberedDocument.CreditNote)],
            settings.NumberSeries!);
    }

    [Theory]
    [InlineData("""[{"name":"a","pattern":"A-"}]""", "numberSeries[0].pattern is 'A-', expected a pattern with the number once")]
    [InlineData("""[{"name":"a","pattern":"{0}-{day}"}]""", "numberSeries[0].pattern is '{0}-{day}', expected a pattern with the number once")]
    [InlineData("""[{"name":"a","pattern":"{0:D999999999}"}]""", "expected a pattern with the number once")]
    [InlineData("""[{"name":"a","pattern":"A{0}","restartsYearly":true}]""", "numberSeries[0].pattern is 'A{0}', expected {year} or {yy} in it, because the series begins again each year")]
    [InlineData("""[{"name":"a","pattern":"A{0}"},{"name":"A","pattern":"B{0}","currency":"EUR"}]""", "numberSeries[1].name is 'A', expected each series once")]
    [InlineData("""[{"name":"a","pattern":"A{0}","currency":"EUR"},{"name":"b","pattern":"B{0}","currency":"EUR"}]""", "numberSeries[1].currency is 'EUR', expected one series a currency")]
    [InlineData("""[{"name":"a","pattern":"A{0}"},{"name":"b","pattern":"B{0}"}]""", "numberSeries[1].name is 'b', expected one series a currency")]
    [InlineData("""[{"name":"a","pattern":"A{0}","documents":"receipt"}]""", "numberSeries[0].documents is 'receipt', expected one of invoice, creditNote")]
    public void Read_SeriesThatIsWrong_IsRefused(string series, string problem) =>
        Assert.Contains(ImportFiles.Problems("msp-settings.json", With(series)), said => said.Contains(problem, StringComparison.Ordinal));

    private static string With(string series) => ImportFiles.Settings.TrimEnd()[..^1] + $", \"numberSeries\": {series} }}";
}
