using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Invoicing;

public sealed class SalesTaxTests
{
    private static readonly TaxJurisdiction Texas = new(
        "TX", "Texas", null, [new TaxRate("State 6.25 %", 6.25m, Days.From("1990-07-01")), new TaxRate("City 2 %", 2, Days.From("1990-07-01"))]);

    // The Irish rate was 21 % from 1 September 2020 to the end of February 2021.
    private static readonly TaxJurisdiction Ireland = new(
        "IE", "Ireland", null, [new TaxRate("VAT", 23, Days.Between("2012-01-01", "2020-09-01")), new TaxRate("VAT", 21, Days.Between("2020-09-01", "2021-03-01")), new TaxRate("VAT", 23, Days.From("2021-03-01"))]);

    [Theory]
    [InlineData(1000.01, 62.50, 20.00)] // 62.500625 and 20.0002
    [InlineData(0.08, 0.01, 0.00)] // 0.005 and 0.0016
    [InlineData(0, 0, 0)]
    public void On_TwoRates_AreEachTakenOfTheNetAndRoundedOnce(decimal net, decimal state, decimal city)
    {
        var taxes = SalesTax.On(Texas, Usd(net), Days.On("2024-09-30"))!;

        Assert.Equal([("State 6.25 %", 6.25m, Usd(net), Usd(state)), ("City 2 %", 2m, Usd(net), Usd(city))], taxes.Select(t => (t.Name, t.Percent, t.Base, t.Tax)));
    }

    [Theory]
    [InlineData("2020-08-31", 23)]
    [InlineData("2020-09-01", 21)]
    [InlineData("2021-02-28", 21)]
    [InlineData("2021-03-01", 23)]
    public void On_DatedRates_TheDayOfSupplyDecides(string day, decimal expected) =>
        Assert.Equal(Eur(expected), Assert.Single(SalesTax.On(Ireland, Eur(100), Days.On(day))!).Tax);

    [Fact]
    public void On_NoRateThatDay_IsNoAnswer() => Assert.Null(SalesTax.On(Ireland, Eur(100), Days.On("2011-12-31")));

    [Fact]
    public void On_ZeroRate_IsAnAnswer()
    {
        var reverse = new TaxJurisdiction("EU", "Reverse charge", "Reverse charge", [new TaxRate("VAT 0 %", 0, Days.From("2010-01-01"))]);

        Assert.Equal(Eur(0), Assert.Single(SalesTax.On(reverse, Eur(100), Days.On("2024-09-30"))!).Tax);
    }
}
