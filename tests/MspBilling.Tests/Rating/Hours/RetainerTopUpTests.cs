using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating.Hours;

public sealed class RetainerTopUpTests
{
    private static readonly RetainerLine Block = RetainerCase.Hours() with { Blocks = [new RetainerBlock(Days.On("2024-09-01"), 10)], TopUp = new TopUp(5, 10, 950) };

    [Theory]
    [InlineData("0", false)]
    [InlineData("5", false)] // 5.00 h left are not below 5.00 h
    [InlineData("5.01", true)]
    [InlineData("10", true)]
    [InlineData("30", true)]
    public void TopUp_BalanceAtThePeriodsEnd_IsSoldWhenLow(string hours, bool expected)
    {
        var rated = new RetainerCase { Lines = [Block], Work = [new Work("2024-09-10", decimal.Parse(hours, CultureInfo.InvariantCulture))] }.Rate(Days.September);

        Assert.Equal(expected, rated.Lines.Any(line => line.Item == "top-up"));
    }

    [Fact]
    public void TopUp_Line_SaysWhyAndFromWhen()
    {
        var line = new RetainerCase { Lines = [Block with { TopUp = new TopUp(5, 10, 949.995m, 6) }], Work = [new Work("2024-09-10", 6.5m)] }.Rate(Days.September).Lines.Single(line => line.Item == "top-up");

        Assert.Equal((950.00m, LineKind.Charge, "Top-up of 10 h"), (line.Amount.Amount, line.Kind, line.Description)); // 949.995 rounded once
        Assert.Equal("3.50 h left on 2024-09-30, below 5.00 h: 10.00 h from 2024-10-01 until 2025-03-31 for 950.00.", line.Explanation.Sentence);
    }

    [Fact]
    public void TopUp_FromMonthToMonth_IsDrawnAfterWhatWasLeft()
    {
        var @case = new RetainerCase
        {
            Lines = [Block with { TopUp = new TopUp(5, 10, 950, 2) }],
            Work = [new Work("2024-09-10", 6), new Work("2024-10-10", 7), new Work("2024-11-10", 4), new Work("2024-12-10", 1)],
        };

        // What is topped up ends after two months; so it is drawn before the block, which never ends.
        Assert.Equal(
            """
            2024-09: 6.00 h of 10.00 h bought on 2024-09-01; 4.00 h left. [10/10 2024-10-01..2024-12-01, 4/10 2024-09-01..]
            2024-10: 7.00 h of 14.00 h: 4.00 h brought forward + 10.00 h topped up; 7.00 h left, of it 3.00 h until 2024-11-30. [3/10 2024-10-01..2024-12-01, 4/10 2024-09-01..]
            2024-11: 4.00 h of 7.00 h brought forward; 3.00 h left. [10/10 2024-12-01..2025-02-01, 3/10 2024-09-01..]
            2024-12: 1.00 h of 13.00 h: 3.00 h brought forward + 10.00 h topped up; 12.00 h left, of it 9.00 h until 2025-01-31. [9/10 2024-12-01..2025-02-01, 3/10 2024-09-01..]
            """,
            @case.Ledger(RetainerCase.Months("2024-09", 4)));
    }

    [Fact]
    public void TopUp_AfterWhatEnds_CountsOnlyWhatGoesOn()
    {
        var rated = new RetainerCase { Lines = [RetainerCase.Hours(10) with { TopUp = new TopUp(5, 10, 950) }] }.Rate(Days.September);

        Assert.Equal("10/10 2024-10-01..", rated.Lots); // September's 10 h have ended
    }

    [Fact]
    public void TopUp_Money_IsInTheAgreementsCurrency()
    {
        var line = RetainerCase.Money() with { Blocks = [new RetainerBlock(Days.On("2024-09-01"), 1_000)], TopUp = new TopUp(100, 500, 500) };
        var rated = new RetainerCase { Lines = [line], Work = [new Work("2024-09-10", 9.5m)] }.Rate(Days.September);

        var topUp = rated.Lines.Single(rated => rated.Item == "top-up");
        Assert.Equal("Top-up of 500.00", topUp.Description);
        Assert.Equal("50.00 left on 2024-09-30, below 100.00: 500.00 from 2024-10-01 for 500.00.", topUp.Explanation.Sentence);
    }

    [Fact]
    public void TopUp_TwoVersionsInThePeriod_IsSoldOnceAtItsEnd()
    {
        var rated = new RetainerCase
        {
            Versions =
            [
                new AgreementVersion(1, Days.Between("2024-01-01", "2024-09-16"), [Block, RetainerCase.Support], []),
                new AgreementVersion(2, Days.Between("2024-09-16", "2025-01-01"), [Block, RetainerCase.Support], []),
            ],
            Work = [new Work("2024-09-10", 9)],
        }.Rate(Days.September);

        Assert.Equal(1, rated.Lines.Count(line => line.Item == "top-up"));
        Assert.Equal(Days.On("2024-09-16"), rated.Lines.Single(line => line.Item == "top-up").ServicePeriod.Start);
    }

    [Theory]
    [InlineData("2024-10-01")]
    [InlineData("2024-09-20")]
    public void TopUp_AgreementThatEnds_IsNotSold(string end)
    {
        var rated = new RetainerCase { Term = Days.Between("2024-01-01", end), Lines = [Block], Work = [new Work("2024-09-10", 9)] }.Rate(Days.September);

        Assert.DoesNotContain(rated.Lines, line => line.Item == "top-up");
    }

    [Fact]
    public void TopUp_LineThatIsGoneNextMonth_IsNotSold()
    {
        var rated = new RetainerCase
        {
            Versions =
            [
                new AgreementVersion(1, Days.Between("2024-01-01", "2024-10-01"), [Block, RetainerCase.Support], []),
                new AgreementVersion(2, Days.Between("2024-10-01", "2025-01-01"), [RetainerCase.Support], []),
            ],
            Work = [new Work("2024-09-10", 9)],
        }.Rate(Days.September);

        Assert.DoesNotContain(rated.Lines, line => line.Item == "top-up");
    }
}
