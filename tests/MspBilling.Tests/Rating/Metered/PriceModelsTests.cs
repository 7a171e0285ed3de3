using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Metered;

public sealed class PriceModelsTests
{
    private static readonly Dictionary<string, PriceModel> Models = new()
    {
        ["0.10 each"] = new PerUnitPrice(0.10m),
        ["0.335 each"] = new PerUnitPrice(0.335m),
        ["0.0000004 each"] = new PerUnitPrice(0.0000004m),
        ["graduated"] = new GraduatedPrice([new Tier(100, 0.10m), new Tier(500, 0.08m), new Tier(null, 0.05m)]),
        ["graduated, first free"] = new GraduatedPrice([new Tier(10, 0), new Tier(null, 2)]),
        ["graduated with flats"] = new GraduatedPrice([new Tier(10, 5, 20), new Tier(20, 4, 7), new Tier(null, 3, 1)]),
        ["graduated, last tier ends"] = new GraduatedPrice([new Tier(10, 5), new Tier(20, 4)]),
        ["one tier"] = new GraduatedPrice([new Tier(null, 1.5m)]),
        ["volume"] = new VolumePrice([new Tier(100, 0.10m), new Tier(500, 0.08m), new Tier(null, 0.05m)]),
        ["volume with flats"] = new VolumePrice([new Tier(10, 5, 20), new Tier(null, 4, 7)]),
        ["9.00 per 100"] = new PackagePrice(100, 9),
        ["1.00 per 0.25"] = new PackagePrice(0.25m, 1),
        ["7.00 per 3"] = new PackagePrice(3, 7),
    };

    private static readonly Dictionary<string, PriceModel> OfCost = new()
    {
        ["15 %"] = new CostMarkup(15),
        ["12.5 % and 0.01 a unit"] = new CostMarkup(12.5m, 0.01m),
        ["0 % and 2.00 a unit"] = new CostMarkup(0, 2),
        ["-5 %"] = new CostMarkup(-5),
        ["20 % to 100, then 10 %"] = new TieredMarkup([new Tier(100, 20), new Tier(null, 10)]),
        ["20 % to 100, then 10 %, with flats"] = new TieredMarkup([new Tier(100, 20, 3), new Tier(null, 10, 2)]),
        ["8 % of it"] = new PercentageOfCost(8),
        ["as it is"] = new PassThrough(),
    };

    public static TheoryData<string, string, string, string> Quantities => new()
    {
        // Model, quantity, amount, words.
        { "0.10 each", "120", "12", "120 x 0.10" },
        { "0.10 each", "0", "0", "0 x 0.10" },
        { "0.10 each", "-3", "-0.3", "-3 x 0.10" }, // a credit is a credit
        { "0.335 each", "3", "1.005", "3 x 0.335" }, // exact: the line rounds it to 1.01
        { "0.0000004 each", "1000000", "0.4", "1,000,000 x 0.0000004" },

        { "graduated", "99.5", "9.95", "99.5 x 0.10" },
        { "graduated", "100", "10", "100 x 0.10" }, // the boundary is of the tier below it
        { "graduated", "100.5", "10.04", "100 x 0.10 + 0.5 x 0.08" }, // 10.00 + 0.04
        { "graduated", "101", "10.08", "100 x 0.10 + 1 x 0.08" },
        { "graduated", "500", "42", "100 x 0.10 + 400 x 0.08" }, // 10.00 + 32.00
        { "graduated", "500.0000001", "42.000000005", "100 x 0.10 + 400 x 0.08 + 0.0000001 x 0.05" },
        { "graduated", "1000", "67", "100 x 0.10 + 400 x 0.08 + 500 x 0.05" }, // 10.00 + 32.00 + 25.00
        { "graduated", "0", "0", "0 x 0.10" },
        { "graduated", "-40", "-4", "-40 x 0.10" }, // at the first tier's price, never floored
        { "graduated, first free", "10", "0", "10 x 0.00" },
        { "graduated, first free", "12", "4", "10 x 0.00 + 2 x 2.00" },
        { "graduated with flats", "0", "20", "0 x 5.00 + 20.00 flat" }, // the first tier's flat is due without use
        { "graduated with flats", "10", "70", "10 x 5.00 + 20.00 flat" },
        { "graduated with flats", "10.1", "77.4", "10 x 5.00 + 20.00 flat + 0.1 x 4.00 + 7.00 flat" }, // 70.00 + 0.40 + 7.00
        { "graduated with flats", "25", "133", "10 x 5.00 + 20.00 flat + 10 x 4.00 + 7.00 flat + 5 x 3.00 + 1.00 flat" }, // 70 + 47 + 16
        { "graduated with flats", "-2", "10", "-2 x 5.00 + 20.00 flat" },
        { "graduated, last tier ends", "30", "130", "10 x 5.00 + 20 x 4.00" }, // nothing above the last boundary is lost
        { "one tier", "7", "10.5", "7 x 1.50" },

        { "volume", "100", "10", "100 x 0.10" },
        { "volume", "100.01", "8.0008", "100.01 x 0.08" }, // the total drops just above a boundary, as agreed
        { "volume", "500", "40", "500 x 0.08" },
        { "volume", "501", "25.05", "501 x 0.05" },
        { "volume", "0", "0", "0 x 0.10" },
        { "volume", "-600", "-60", "-600 x 0.10" },
        { "volume with flats", "10", "70", "10 x 5.00 + 20.00 flat" },
        { "volume with flats", "11", "51", "11 x 4.00 + 7.00 flat" }, // the flat of the total's tier alone

        { "9.00 per 100", "0", "0", "0 packages of 100 x 9.00" },
        { "9.00 per 100", "0.01", "9", "1 package of 100 x 9.00" },
        { "9.00 per 100", "100", "9", "1 package of 100 x 9.00" },
        { "9.00 per 100", "100.01", "18", "2 packages of 100 x 9.00" },
        { "9.00 per 100", "101", "18", "2 packages of 100 x 9.00" },
        { "9.00 per 100", "-101", "-18", "-2 packages of 100 x 9.00" }, // gives back what 101 were charged
        { "1.00 per 0.25", "1", "4", "4 packages of 0.25 x 1.00" },
        { "1.00 per 0.25", "1.01", "5", "5 packages of 0.25 x 1.00" },
        { "7.00 per 3", "9", "21", "3 packages of 3 x 7.00" },
        { "7.00 per 3", "3.0000000000000000000000000001", "14", "2 packages of 3 x 7.00" }, // a quotient would round to 1
    };

    public static TheoryData<string, string, string, string> Costs => new()
    {
        // Model, cost, quantity, amount.
        { "15 %", "100", "1", "115" },
        { "15 %", "100.004", "1", "115.0046" },
        { "15 %", "-10", "1", "-11.5" }, // the mark-up is given back with the cost
        { "15 %", "0", "5", "0" },
        { "12.5 % and 0.01 a unit", "10", "300", "14.25" }, // 11.25 + 3.00
        { "0 % and 2.00 a unit", "0", "3", "6" },
        { "0 % and 2.00 a unit", "-1", "-3", "-7" },
        { "-5 %", "200", "1", "190" },
        { "20 % to 100, then 10 %", "100", "1", "120" },
        { "20 % to 100, then 10 %", "150", "1", "175" }, // 120.00 + 55.00
        { "20 % to 100, then 10 %", "-50", "1", "-60" },
        { "20 % to 100, then 10 %, with flats", "0", "1", "3" },
        { "20 % to 100, then 10 %, with flats", "100.01", "1", "125.011" }, // 123.00 + 0.011 + 2.00
        { "8 % of it", "200", "9", "16" },
        { "8 % of it", "-200", "9", "-16" },
        { "as it is", "123.456789", "9", "123.456789" },
        { "as it is", "-0.01", "9", "-0.01" },
    };

    [Theory]
    [MemberData(nameof(Quantities))]
    public void Price_Quantity_IsExact(string model, string quantity, string amount, string words)
    {
        var priced = PriceModels.Price(Models[model], Number.Of(quantity));

        Assert.Equal((Number.Of(amount), words), (priced.Amount, priced.Words));
    }

    [Theory]
    [MemberData(nameof(Costs))]
    public void OfCost_Cost_IsExact(string model, string cost, string quantity, string amount) =>
        Assert.Equal(Number.Of(amount), PriceModels.OfCost(OfCost[model], Number.Of(cost), Number.Of(quantity)));

    [Fact]
    public void Price_InACurrency_IsPrintedWithItsPlaces() => Assert.Equal(
        ("10 x 15 + 2 x 12.5 + 300 flat", "3 x 0.250"),
        (PriceModels.Price(new GraduatedPrice([new Tier(10, 15), new Tier(null, 12.5m, 300)]), 12, JPY).Words, PriceModels.Price(new PerUnitPrice(0.25m), 3, KWD).Words));

    [Fact]
    public void Price_OfAModelOfCost_IsRefused() => Assert.Throws<ArgumentException>(() => PriceModels.Price(new PassThrough(), 1));

    [Fact]
    public void OfCost_OfAModelOfQuantity_IsRefused() => Assert.Throws<ArgumentException>(() => PriceModels.OfCost(new PerUnitPrice(1), 1, 1));

    [Theory]
    [InlineData("0.10 each", "18")] // 120 x 0.15
    [InlineData("graduated", "17.4")] // 100 x 0.15 + 20 x 0.12
    [InlineData("graduated with flats", "627")] // 1.5 x (70 + 47 + 300 + 1)
    [InlineData("volume", "14.4")] // 120 x 0.12
    [InlineData("9.00 per 100", "27")] // 2 x 13.50
    public void Times_AFactor_IsOnEachPrice(string model, string amount) =>
        Assert.Equal(Number.Of(amount), PriceModels.Price(PriceModels.Times(Models[model], 1.5m), 120).Amount);
}
