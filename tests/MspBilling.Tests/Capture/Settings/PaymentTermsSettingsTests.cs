using MspBilling.Core.Clients;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Capture.Settings;

public sealed class PaymentTermsSettingsTests
{
    public static TheoryData<string, PaymentTerms> Terms => new()
    {
        { "\"defaultPaymentTermsDays\": 14", PaymentTerms.Net(14) },
        { "\"defaultPaymentTermsDays\": 0", PaymentTerms.Net(0) },
        { "\"defaultPaymentTermsDays\": null", PaymentTerms.Net(30) },
        { "\"defaultPaymentTerms\": { \"due\": \"net\", \"days\": 45 }", PaymentTerms.Net(45) },
        { "\"defaultPaymentTerms\": { \"due\": \"endOfMonth\" }", new PaymentTerms { Due = PaymentDue.EndOfMonth } },
        { "\"defaultPaymentTerms\": { \"due\": \"endOfMonth\", \"days\": 15 }", new PaymentTerms { Due = PaymentDue.EndOfMonth, Days = 15 } },
        { "\"defaultPaymentTerms\": { \"due\": \"dayOfMonth\", \"day\": 20 }", new PaymentTerms { Due = PaymentDue.DayOfMonth, Day = 20, Months = 1 } },
        { "\"defaultPaymentTerms\": { \"due\": \"dayOfMonth\", \"day\": 20, \"months\": 0 }", new PaymentTerms { Due = PaymentDue.DayOfMonth, Day = 20 } },
        {
            "\"defaultPaymentTerms\": { \"due\": \"onReceipt\", \"earlyPayment\": { \"percent\": 2, \"days\": 10 }, \"lateFee\": { \"percentPerMonth\": 1.5, \"flat\": { \"amount\": 40, \"currency\": \"EUR\" }, \"graceDays\": 5 } }",
            new PaymentTerms { Due = PaymentDue.OnReceipt, EarlyPayment = new EarlyPayment(2, 10), LateFee = new LateFee(1.5m, Eur(40), 5) }
        },
    };

    [Theory]
    [MemberData(nameof(Terms))]
    public void Read_Terms_AreThoseOfTheMspAndOfAClient(string text, PaymentTerms expected)
    {
        Assert.Equal(expected, TaxedSale.Read(text).DefaultPaymentTerms);

        var ofClient = text.Replace("defaultPaymentTerms", "paymentTerms", StringComparison.Ordinal);
        Assert.Equal(text.Contains("null", StringComparison.Ordinal) ? null : expected, Assert.Single(TaxedSale.Read($$"""  "clients": [ { "identifier": "A", {{ofClient}} } ]""").Clients).PaymentTerms);
    }

    [Theory]
    [InlineData("{ \"due\": \"later\" }", "defaultPaymentTerms.due is 'later', expected one of net, endOfMonth, dayOfMonth, onReceipt")]
    [InlineData("{ \"days\": 30 }", "defaultPaymentTerms.due: expected one of net, endOfMonth, dayOfMonth, onReceipt, but it is missing")]
    [InlineData("{ \"due\": \"net\" }", "defaultPaymentTerms.days: expected a whole number from 0 to 3650, but it is missing")]
    [InlineData("{ \"due\": \"onReceipt\", \"days\": 3 }", "defaultPaymentTerms.days: expected no such property")]
    [InlineData("{ \"due\": \"dayOfMonth\", \"day\": 32 }", "defaultPaymentTerms.day is '32', expected a whole number from 1 to 31")]
    [InlineData("{ \"due\": \"dayOfMonth\", \"day\": 20, \"months\": -1 }", "defaultPaymentTerms.months is '-1', expected a whole number from 0 to 120")]
    [InlineData("{ \"due\": \"onReceipt\", \"earlyPayment\": { \"percent\": 0, \"days\": 10 } }", "defaultPaymentTerms.earlyPayment.percent is '0', expected a number above 0, at most 100")]
    [InlineData("{ \"due\": \"onReceipt\", \"lateFee\": { \"graceDays\": 5 } }", "defaultPaymentTerms.lateFee.percentPerMonth: expected a percent of what is not paid, or a flat amount, but it is missing")]
    [InlineData("{ \"due\": \"onReceipt\", \"lateFee\": { \"flat\": { \"amount\": 0.001, \"currency\": \"EUR\" } } }", "defaultPaymentTerms.lateFee.flat.amount is '0.001', expected an amount that can be paid in EUR")]
    [InlineData("{ \"due\": \"onReceipt\", \"lateFee\": { \"flat\": { \"amount\": 1, \"currency\": \"Euro\" } } }", "defaultPaymentTerms.lateFee.flat.currency is 'Euro', expected an ISO 4217 currency code such as EUR")]
    [InlineData("{ \"due\": \"onReceipt\" }, \"defaultPaymentTermsDays\": 3", "defaultPaymentTermsDays is '3', expected either defaultPaymentTermsDays or defaultPaymentTerms")]
    public void Read_WrongTerms_SaysWhatAndWhere(string terms, string problem) => Assert.Contains(
        ImportFiles.Problems("msp-settings.json", $$"""{ "defaultPaymentTerms": {{terms}} }"""), said => said.Contains(problem, StringComparison.Ordinal));
}
