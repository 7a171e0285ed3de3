using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating.Recurring;

public sealed class CyclePricesTests
{
    [Theory]
    // Price, percent from, percent, day, price of the day.
    [InlineData("EUR", 100, "2025-01-01", 4, "2024-12-31", 100)]
    [InlineData("EUR", 100, "2025-01-01", 4, "2025-01-01", 104)]
    [InlineData("EUR", 100, "2025-01-01", 4, "2025-12-31", 104)]
    [InlineData("EUR", 100, "2025-01-01", 4, "2026-01-01", 108.16)]
    [InlineData("EUR", 100, "2025-01-01", 4, "2027-01-01", 112.49)] // 112.4864
    [InlineData("EUR", 100, "2025-01-01", 4, "2028-01-01", 116.99)] // 112.49 x 1.04 = 116.9896, where 100 x 1.04^4 is 116.9858
    [InlineData("EUR", 9.99, "2025-01-01", 3, "2026-01-01", 10.60)] // 10.2897 is 10.29, and 10.5987
    [InlineData("EUR", 0.335, "2025-01-01", 4, "2025-01-01", 0.35)] // 0.3484
    [InlineData("EUR", 100, "2025-01-01", -2.5, "2026-01-01", 95.06)] // 97.50, then 95.0625
    [InlineData("EUR", 12.50, "2025-01-01", 2, "2025-01-01", 12.75)]
    [InlineData("EUR", 0.125, "2025-01-01", 0, "2025-01-01", 0.13)] // a new list has whole cents, half away from zero
    [InlineData("JPY", 1005, "2025-01-01", 10, "2025-01-01", 1106)] // 1,105.5
    [InlineData("JPY", 1005, "2025-01-01", 10, "2026-01-01", 1217)] // 1,216.6
    [InlineData("KWD", 10.125, "2025-01-01", 3, "2025-01-01", 10.429)] // 10.42875
    [InlineData("EUR", 100, "2024-02-29", 4, "2025-02-27", 104)]
    [InlineData("EUR", 100, "2024-02-29", 4, "2025-02-28", 108.16)]
    [InlineData("EUR", 100, "2024-02-29", 4, "2028-02-28", 116.99)]
    [InlineData("EUR", 100, "2024-02-29", 4, "2028-02-29", 121.67)] // 116.99 x 1.04 = 121.6696
    public void On_Uplift_RaisesTheRoundedPriceEachYear(string currency, decimal price, string from, decimal percent, string day, decimal expected)
    {
        var line = RecurringCase.Fee(price) with { Uplift = new Uplift(Days.On(from), percent) };

        Assert.Equal(expected, CyclePrices.On(line, null, Days.On(day), Currency.Of(currency)));
        Assert.Equal(expected, CyclePrices.On(line with { Prices = [] }, price, Days.On(day), Currency.Of(currency)));
    }

    [Theory]
    [InlineData("2024-06-30", 100)]
    [InlineData("2024-07-01", 104)]
    [InlineData("2024-09-30", 104)]
    [InlineData("2024-10-01", 150)] // a new list, which has not been raised
    [InlineData("2025-07-01", 156)]
    [InlineData("2026-07-01", 200)] // begins on the day of a rise
    [InlineData("2027-07-01", 208)]
    [InlineData("2023-12-31", null)]
    public void On_DatedPrices_HaveTheRisesAfterTheirFirstDay(string day, int? expected)
    {
        var line = RecurringCase.Fee() with
        {
            Prices =
            [
                new DatedPrice(100, Days.Between("2024-01-01", "2024-10-01")), new DatedPrice(150, Days.Between("2024-10-01", "2026-07-01")), new DatedPrice(200, Days.From("2026-07-01")),
            ],
            Uplift = new Uplift(Days.On("2024-07-01"), 4),
        };

        Assert.Equal(expected, CyclePrices.On(line, 999, Days.On(day), Currencies.EUR));
    }

    [Fact]
    public void On_NoPriceAtAll_IsNone() => Assert.Null(CyclePrices.On(RecurringCase.Fee() with { Prices = [] }, null, Days.On("2024-09-01"), Currencies.EUR));
}
