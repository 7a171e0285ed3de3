using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Invoicing.Taxes;

public sealed class SalesTaxTests
{
    private static readonly AppliedRate State = new("State", 6.25m, TaxCategory.Standard, Order: 0);
    private static readonly AppliedRate City = new("City", 2, TaxCategory.Standard, Order: 1);
    private static readonly AppliedRate Vat = new("VAT", 23, TaxCategory.Standard);

    [Theory]
    [InlineData(1000.01, 62.50, 20.00)] // 62.500625 and 20.0002
    [InlineData(0.08, 0.01, 0.00)] // 0.005 and 0.0016
    [InlineData(0, 0, 0)]
    public void On_TwoRates_AreEachTakenOfTheNetAndRoundedOnce(decimal net, decimal state, decimal city)
    {
        var taxes = SalesTax.On(USD, [new TaxedAmount(Usd(net), [State, City])]).Taxes;

        Assert.Equal([("State", 6.25m, Usd(net), Usd(state)), ("City", 2m, Usd(net), Usd(city))], taxes.Select(t => (t.Name, t.Percent, t.Base, t.Tax)));
    }

    [Theory]
    [InlineData(false, "0.24 0.23 0.23", 0.70)] // 3.03 at 23 % is 0.6969
    [InlineData(true, "0.23 0.23 0.23", 0.69)] // 0.2323 each
    public void On_ThreeEqualLines_IsRoundedOnceOrOnEach(bool isPerLine, string shares, decimal expected)
    {
        var taxation = SalesTax.On(EUR, [.. Enumerable.Repeat(new TaxedAmount(Eur(1.01m), [Vat]), 3)], isPerLine);

        Assert.Equal(Eur(expected), Assert.Single(taxation.Taxes).Tax);
        Assert.Equal(shares, string.Join(' ', taxation.Lines.Select(line => line.Tax.Amount)));
    }

    [Fact]
    public void On_ZeroRate_IsATaxOfNothing()
    {
        var reverse = new AppliedRate("VAT", 0, TaxCategory.ReverseCharge, "Reverse charge");

        var tax = Assert.Single(SalesTax.On(EUR, [new TaxedAmount(Eur(100), [reverse])]).Taxes);

        Assert.Equal((Eur(100), Eur(0), TaxCategory.ReverseCharge, "Reverse charge"), (tax.Base, tax.Tax, tax.Category, tax.Reason));
    }
}
