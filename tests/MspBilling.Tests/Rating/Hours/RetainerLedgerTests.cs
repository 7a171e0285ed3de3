using System.Text.Json;
using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating.Hours;

/// <summary>Balances from period to period: in each row what the bill says, and the lots that go on.</summary>
public sealed class RetainerLedgerTests
{
    [Fact]
    public void Hours_RollingOverOneMonth_AreDrawnOldestFirstAndEnd()
    {
        var @case = new RetainerCase
        {
            Lines = [RetainerCase.Hours(10) with { RollOverCycles = 1 }],
            Work = [new Work("2024-01-10", 4), new Work("2024-02-10", 12), new Work("2024-04-10", 15), new Work("2024-05-10", 3), new Work("2024-06-10", 21)],
        };

        Assert.Equal(
            """
            2024-01: 4.00 h of 10.00 h for January 2024; 6.00 h left until 2024-02-29. [6/10 2024-01-01..2024-03-01]
            2024-02: 12.00 h of 16.00 h: 6.00 h brought forward + 10.00 h for February 2024; 4.00 h left until 2024-03-31. [4/10 2024-02-01..2024-04-01]
            2024-03: 0.00 h of 14.00 h: 4.00 h brought forward + 10.00 h for March 2024; 4.00 h ended unused; 10.00 h left until 2024-04-30. [10/10 2024-03-01..2024-05-01]
            2024-04: 15.00 h of 20.00 h: 10.00 h brought forward + 10.00 h for April 2024; 5.00 h left until 2024-05-31. [5/10 2024-04-01..2024-06-01]
            2024-05: 3.00 h of 15.00 h: 5.00 h brought forward + 10.00 h for May 2024; 2.00 h ended unused; 10.00 h left until 2024-06-30. [10/10 2024-05-01..2024-07-01]
            2024-06: 20.00 h of 20.00 h: 10.00 h brought forward + 10.00 h for June 2024; nothing left. []
            """,
            @case.Ledger(RetainerCase.Months("2024-01", 6)));
    }

    [Fact]
    public void Hours_RollingOverTwoMonths_EndWithTheThird()
    {
        Assert.Equal(
            """
            2024-01: - [10/10 2024-01-01..2024-04-01]
            2024-02: - [10/10 2024-01-01..2024-04-01, 10/10 2024-02-01..2024-05-01]
            2024-03: 0.00 h of 30.00 h: 20.00 h brought forward + 10.00 h for March 2024; 10.00 h ended unused; 20.00 h left, of it 10.00 h until 2024-04-30, 10.00 h until 2024-05-31. [10/10 2024-02-01..2024-05-01, 10/10 2024-03-01..2024-06-01]
            2024-04: 5.00 h of 30.00 h: 20.00 h brought forward + 10.00 h for April 2024; 5.00 h ended unused; 20.00 h left, of it 10.00 h until 2024-05-31, 10.00 h until 2024-06-30. [10/10 2024-03-01..2024-06-01, 10/10 2024-04-01..2024-07-01]
            """,
            new RetainerCase { Lines = [RetainerCase.Hours(10) with { RollOverCycles = 2 }], Work = [new Work("2024-04-30", 5)] }.Ledger(RetainerCase.Months("2024-01", 4)));
    }

    [Fact]
    public void Hours_GrantedEachQuarterOnThe31st_RollOverOneQuarter()
    {
        var @case = new RetainerCase
        {
            Term = Days.From("2024-01-31"),
            Lines = [RetainerCase.Hours(30) with { CycleMonths = 3, Anchor = Days.On("2024-01-31"), RollOverCycles = 1 }],
            Work = [new Work("2024-02-10", 12), new Work("2024-04-29", 10), new Work("2024-04-30", 10), new Work("2024-07-30", 5), new Work("2024-07-31", 5)],
        };

        Assert.Equal(
            """
            2024-01: - [30/30 2024-01-31..2024-07-31]
            2024-02: 12.00 h of 30.00 h brought forward; 18.00 h left until 2024-07-30. [18/30 2024-01-31..2024-07-31]
            2024-03: - [18/30 2024-01-31..2024-07-31]
            2024-04: 20.00 h of 48.00 h: 18.00 h brought forward + 30.00 h for 2024-04-30 to 2024-07-30; 28.00 h left until 2024-10-30. [28/30 2024-04-30..2024-10-31]
            2024-05: - [28/30 2024-04-30..2024-10-31]
            2024-06: - [28/30 2024-04-30..2024-10-31]
            2024-07: 10.00 h of 58.00 h: 28.00 h brought forward + 30.00 h for 2024-07-31 to 2024-10-30; 48.00 h left, of it 18.00 h until 2024-10-30, 30.00 h until 2025-01-30. [18/30 2024-04-30..2024-10-31, 30/30 2024-07-31..2025-01-31]
            """,
            @case.Ledger(RetainerCase.Months("2024-01", 7)));
    }

    [Fact]
    public void Hours_GrantedEachYear_LastForTwelveMonthsAndBeginAnew()
    {
        var months = RetainerCase.Months("2024-01", 18);
        var @case = new RetainerCase
        {
            Lines = [RetainerCase.Hours(100) with { CycleMonths = 12 }],
            Work = [.. months.Select(month => new Work(month.Start.AddDays(9).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), 8))],
        };

        var rows = @case.Ledger(months).Split('\n');

        Assert.Equal("2024-01: 8.00 h of 100.00 h for 2024-01-01 to 2024-12-31; 92.00 h left until 2024-12-31. [92/100 2024-01-01..2025-01-01]", rows[0]);
        Assert.Equal("2024-12: 8.00 h of 12.00 h brought forward; 4.00 h ended unused; nothing left. []", rows[11]); // 100 - 11 x 8 = 12
        Assert.Equal("2025-01: 8.00 h of 100.00 h for 2025-01-01 to 2025-12-31; 92.00 h left until 2025-12-31. [92/100 2025-01-01..2026-01-01]", rows[12]);
        Assert.Equal("2025-06: 8.00 h of 60.00 h brought forward; 52.00 h left until 2025-12-31. [52/100 2025-01-01..2026-01-01]", rows[17]);
    }

    [Fact]
    public void Hours_WithBlocksBesideThem_DrawWhatEndsFirst()
    {
        var line = RetainerCase.Hours(5) with
        {
            Blocks = [new RetainerBlock(Days.On("2024-01-15"), 10, Days.On("2024-03-15"), 950), new RetainerBlock(Days.On("2024-02-20"), 10, null, 900)],
        };
        var @case = new RetainerCase { Lines = [line], Work = [new Work("2024-01-10", 6), new Work("2024-01-20", 2), new Work("2024-02-10", 6), new Work("2024-03-14", 9), new Work("2024-03-15", 4)] };

        Assert.Equal(
            """
            2024-01: 7.00 h of 15.00 h: 5.00 h for January 2024 + 10.00 h bought on 2024-01-15; 8.00 h left until 2024-03-14. [8/10 2024-01-15..2024-03-15]
            2024-02: 6.00 h of 23.00 h: 8.00 h brought forward + 5.00 h for February 2024 + 10.00 h bought on 2024-02-20; 17.00 h left, of it 7.00 h until 2024-03-14. [7/10 2024-01-15..2024-03-15, 10/10 2024-02-20..]
            2024-03: 13.00 h of 22.00 h: 17.00 h brought forward + 5.00 h for March 2024; 9.00 h left. [9/10 2024-02-20..]
            """,
            @case.Ledger(RetainerCase.Months("2024-01", 3)));

        // The price of each block once, in its month.
        Assert.Equal(
            ["950.00 EUR", "900.00 EUR"],
            @case.RateAll(RetainerCase.Months("2024-01", 3)).SelectMany(rated => rated.Lines).Where(rated => rated.Item.StartsWith("block", StringComparison.Ordinal)).Select(rated => rated.Amount.ToString()));
    }

    [Fact]
    public void Money_RollingOverOneMonth_IsDrawnByWhatIsBilled()
    {
        var @case = new RetainerCase
        {
            Lines = [RetainerCase.Money(1_000) with { RollOverCycles = 1 }],
            Work = [new Work("2024-01-10", 4, 95), new Work("2024-02-10", 17.5m, 95), new Work("2024-03-10", 12, 99.995m)],
        };

        Assert.Equal(
            """
            2024-01: 380.00 of 1,000.00 for January 2024; 620.00 left until 2024-02-29. [620/1000 2024-01-01..2024-03-01]
            2024-02: 1,620.00 of 1,620.00: 620.00 brought forward + 1,000.00 for February 2024; nothing left. []
            2024-03: 1,000.00 of 1,000.00 for March 2024; nothing left. []
            """,
            @case.Ledger(RetainerCase.Months("2024-01", 3)));

        // 17.5 x 95 = 1,662.50, less 1,620.00; 12 x 99.995 = 1,199.94, less 1,000.00.
        Assert.Equal([0, 42.50m, 199.94m], @case.RateAll(RetainerCase.Months("2024-01", 3)).Select(rated => rated.Total.Amount));
    }

    [Fact]
    public void Hours_WhenAVersionChangesWithinTheMonth_AreGrantedOnceAndGoOn()
    {
        var @case = new RetainerCase
        {
            Versions =
            [
                new AgreementVersion(1, Days.Between("2024-01-01", "2024-09-16"), [RetainerCase.Hours(10), RetainerCase.Support], []),
                new AgreementVersion(2, Days.Between("2024-09-16", "2025-01-01"), [RetainerCase.Hours(20), RetainerCase.Support], []),
            ],
            Work = [new Work("2024-09-10", 4), new Work("2024-09-20", 9)],
        };

        var september = @case.Rate(Days.September);

        Assert.Equal("4 6", september.Covered);
        Assert.Equal(
            ["4.00 h of 10.00 h for September 2024; 6.00 h left until 2024-09-30.", "6.00 h of 6.00 h brought forward; nothing left."],
            september.Of(LineKind.Covered).Select(line => line.Explanation.Sentence));
        Assert.Equal("0.00 h of 20.00 h for October 2024; 20.00 h ended unused; nothing left.", @case.Rate(RetainerCase.Months("2024-10", 1)[0], september.Carried).Balance);
    }

    [Fact]
    public void Hours_UsedUp_AreNotGrantedAgainInTheSameCycle()
    {
        var @case = new RetainerCase { Lines = [RetainerCase.Hours(10)], Work = [new Work("2024-09-05", 10), new Work("2024-09-20", 3)] };

        var rated = @case.RateAll(Days.Between("2024-09-01", "2024-09-15"), Days.Between("2024-09-15", "2024-10-01"));

        Assert.Equal("10", rated[0].Covered);
        Assert.Equal("0", rated[1].Covered);
        Assert.Equal(Days.On("2024-09-15"), rated[0].Carried.Balances.Single().GrantedTo); // kept although no lot is left
    }

    [Fact]
    public void Hours_OfAnEndedAgreement_AreCarriedAsTheyWere()
    {
        var rated = new RetainerCase { Term = Days.Between("2024-01-01", "2024-09-16"), Lines = [RetainerCase.Hours(10) with { TopUp = new TopUp(50, 10, 950) }], Work = [new Work("2024-09-05", 4)] }.Rate(Days.September);

        Assert.Equal("6/10 2024-09-01..2024-10-01", rated.Lots);
    }

    [Fact]
    public void Ledger_RatedAgain_IsTheSame()
    {
        var @case = new RetainerCase
        {
            Lines = [RetainerCase.Hours(10) with { RollOverCycles = 2, TopUp = new TopUp(5, 10, 950, 6) }, RetainerCase.Money(500) with { Id = "money", RollOverCycles = 1 }],
            Work = [.. Enumerable.Range(1, 9).Select(month => new Work($"2024-0{month}-11", month * 2.25m, 87.335m))],
        };
        var months = RetainerCase.Months("2024-01", 9);

        Assert.Equal(Text(@case.RateAll(months)), Text(@case.RateAll(months)));

        // And from a balance that was stored.
        var stored = JsonSerializer.Deserialize<CarriedState>(JsonSerializer.Serialize(@case.RateAll(months)[7].Carried))!;
        Assert.Equal(Text(@case.RateAll(months))[8], Text([@case.Rate(months[8], stored)])[0]);

        static string[] Text(IReadOnlyList<RatedWork> rated) => [.. rated.Select(month => JsonSerializer.Serialize(month.Lines) + month.Lots + JsonSerializer.Serialize(month.Carried.Totals))];
    }
}
