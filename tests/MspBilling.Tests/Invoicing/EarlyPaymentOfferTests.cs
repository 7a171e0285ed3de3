using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Invoicing;

public sealed class EarlyPaymentOfferTests
{
    private static readonly PaymentTerms Terms = PaymentTerms.Net(30) with { EarlyPayment = new EarlyPayment(2, 10) };

    [Theory]
    [InlineData(1234.56, 24.69, 1209.87)] // 24.6912
    [InlineData(0.25, 0.01, 0.24)] // 0.005
    [InlineData(0.24, 0.00, 0.24)] // 0.0048
    public void Of_Total_IsAPercentageOffUntilADay(decimal total, decimal off, decimal toPay) =>
        Assert.Equal(new EarlyPaymentOffer(2, Eur(off), Eur(toPay), Days.On("2024-10-11")), EarlyPaymentOffer.Of(Terms, Eur(total), Days.On("2024-10-01")));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Of_NothingToPay_IsNoOffer(decimal total) => Assert.Null(EarlyPaymentOffer.Of(Terms, Eur(total), Days.On("2024-10-01")));

    [Fact]
    public void Of_TermsWithoutOne_IsNoOffer() => Assert.Null(EarlyPaymentOffer.Of(PaymentTerms.Net(30), Eur(100), Days.On("2024-10-01")));

    // 1,209.87 less 1,000.00 from credit; where the credit pays all that the offer leaves, there is none.
    [Fact]
    public void Of_PaidFromCredit_LeavesTheRest()
    {
        Assert.Equal(Eur(209.87m), EarlyPaymentOffer.Of(Terms, Eur(1234.56m), Days.On("2024-10-01"), Eur(1000))!.ToPay);
        Assert.Null(EarlyPaymentOffer.Of(Terms, Eur(1234.56m), Days.On("2024-10-01"), Eur(1209.87m)));
    }
}
