using MspBilling.Core.Agreements;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating;

public sealed class PercentageDiscountTests
{
    private static readonly DiscountLine Five = new("Loyalty", ["Licences"], 5, Days.From("2024-01-01"));

    public static TheoryData<decimal, DiscountLine[], decimal, string> Discounts => new()
    {
        { 85.50m, [Five], 4.28m, "1 x 85.50 a month = 85.50. Loyalty: 5 % of 85.50 = 4.28 off." }, // 4.275
        { 100, [Five with { Percent = 12.5m }], 12.50m, "1 x 100.00 a month = 100.00. Loyalty: 12.5 % of 100.00 = 12.50 off." },
        // Off what the one before left: 10.00, then 5 % of 90.00. The other way round: 5.00, then 10 % of 95.00.
        { 100, [Five with { Percent = 10, Description = "Welcome" }, Five], 14.50m, "1 x 100.00 a month = 100.00. Welcome: 10 % of 100.00 = 10.00 off. Loyalty: 5 % of 90.00 = 4.50 off." },
        { 0.30m, [Five, Five with { Percent = 50 }], 0.16m, "1 x 0.30 a month = 0.30. Loyalty: 5 % of 0.30 = 0.02 off. Loyalty: 50 % of 0.28 = 0.14 off." }, // 0.015 = 0.02
        { 100, [Five with { Percent = 100 }, Five], 100, "1 x 100.00 a month = 100.00. Loyalty: 100 % of 100.00 = 100.00 off." },
        { 100, [Five with { Percent = 0 }], 0, "1 x 100.00 a month = 100.00. Loyalty: 0 % of 100.00 = 0.00 off." },
        // Other service; begins after the period's first day; ended with the day before it.
        { 100, [Five with { Services = ["Support"] }], 0, "1 x 100.00 a month = 100.00." },
        { 100, [Five with { InForce = Days.From("2024-09-02") }], 0, "1 x 100.00 a month = 100.00." },
        { 100, [Five with { InForce = Days.Between("2024-01-01", "2024-09-01") }], 0, "1 x 100.00 a month = 100.00." },
        { 100, [Five with { InForce = Days.Between("2024-09-01", "2024-09-02") }], 5, "1 x 100.00 a month = 100.00. Loyalty: 5 % of 100.00 = 5.00 off." },
        // A credit stays whole.
        { -100, [Five], 0, "1 x -100.00 a month = -100.00." },
    };

    [Theory]
    [MemberData(nameof(Discounts), DisableDiscoveryEnumeration = true)]
    public void Rate_Discounts_AreTakenInOrderAndRoundedEach(decimal price, DiscountLine[] discounts, decimal off, string sentence)
    {
        var line = Assert.Single(new ClientMonth { Lines = [new AdditionsLine("Licences"), .. discounts] }.Rate(Records.Addition("1", 1, price)).Lines);

        Assert.Equal((Eur(price), Eur(off), Eur(price - off)), (line.Amount, line.Discount, line.Net));
        Assert.Equal(sentence, line.Explanation.Sentence);
    }

    [Fact]
    public void Rate_DiscountOfOneAgreement_LeavesTheOthersAlone()
    {
        var month = new ClientMonth
        {
            Lines = [new AdditionsLine("Licences"), Five],
            Agreements = [Records.Agreement("101"), Records.Agreement("102") with { TypeName = "Silver" }],
            Settings = Records.Settings with { AgreementTypes = [new AgreementType("Silver", [new AdditionsLine("Licences")])] },
        };

        Assert.Equal([Eur(5), Eur(0)], month.Rate(Records.Addition("1", 1, 100), Records.Addition("2", 1, 100) with { AgreementId = "102" }).Lines.Select(line => line.Discount));
    }
}
