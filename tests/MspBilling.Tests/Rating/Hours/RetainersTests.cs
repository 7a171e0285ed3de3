using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating.Hours;

public sealed class RetainersTests
{
    [Theory]
    [InlineData("10", "3 4 5", "3 4 3", "10.00 h of 10.00 h for September 2024; nothing left.")]
    [InlineData("10", "3", "3", "3.00 h of 10.00 h for September 2024; 7.00 h ended unused; nothing left.")]
    [InlineData("10", "10 1", "10 0", "10.00 h of 10.00 h for September 2024; nothing left.")]
    [InlineData("10", "10.01", "10", "10.00 h of 10.00 h for September 2024; nothing left.")]
    [InlineData("0.25", "0.1 0.1 0.1", "0.1 0.1 0.05", "0.25 h of 0.25 h for September 2024; nothing left.")]
    [InlineData("10", "0 5", "0 5", "5.00 h of 10.00 h for September 2024; 5.00 h ended unused; nothing left.")]
    [InlineData("10", "", "", "0.00 h of 10.00 h for September 2024; 10.00 h ended unused; nothing left.")]
    [InlineData("0", "1 2", "0 0", "-")]
    [InlineData("1.125", "2", "1.125", "1.125 h of 1.125 h for September 2024; nothing left.")]
    public void Draw_IncludedHours_CoversWorkInTheOrderOfItsStart(string included, string hours, string covered, string sentence)
    {
        var rated = Rate(RetainerCase.Hours(Number(included)), [.. Numbers(hours).Select((hour, i) => new Work($"2024-09-{i + 10}", hour))]);

        Assert.Equal(covered, rated.Covered);
        Assert.Equal(sentence, rated.Balance);
    }

    [Theory]
    [InlineData("1", "2", "1", "0.5", "0.50 h of work take 1.00 h by their work types. 1.00 h of 1.00 h for September 2024; nothing left.")]
    [InlineData("10", "0.5", "4", "4", "4.00 h of work take 2.00 h by their work types. 2.00 h of 10.00 h for September 2024; 8.00 h ended unused; nothing left.")]
    [InlineData("1", "1.5", "1", "0.6666666666666666666666666667", "0.666666666667 h of work take 1.00 h by their work types. 1.00 h of 1.00 h for September 2024; nothing left.")]
    [InlineData("10", "0", "4", "4", "4.00 h of work take 0.00 h by their work types. 0.00 h of 10.00 h for September 2024; 10.00 h ended unused; nothing left.")]
    [InlineData("10", "1", "4", "4", "4.00 h of 10.00 h for September 2024; 6.00 h ended unused; nothing left.")]
    public void Draw_WeightOfTheWorkType_TakesSoMuchOfTheRetainer(string included, string weight, string hours, string covered, string sentence)
    {
        var line = RetainerCase.Hours(Number(included)) with { Weights = [new WorkTypeWeight("emergency", Number(weight))] };

        var rated = Rate(line, [new Work("2024-09-10", Number(hours), WorkType: "Emergency")]);

        Assert.Equal(covered, rated.Covered);
        Assert.Equal(sentence, rated.Balance);
    }

    [Fact]
    public void Draw_OtherWorkTypes_TakeAnHourForAnHour()
    {
        var line = RetainerCase.Hours(10) with { Weights = [new WorkTypeWeight("Emergency", 2)] };

        var rated = Rate(line, [new Work("2024-09-10", 3, WorkType: "Remote"), new Work("2024-09-11", 1), new Work("2024-09-12", 4, WorkType: "Emergency")]);

        Assert.Equal("3 1 3", rated.Covered); // 3 + 1 + 3 x 2 = 10
    }

    [Fact]
    public void Draw_ServicesOfTheRetainer_AreCoveredAlone()
    {
        var rated = Rate(RetainerCase.Hours(10) with { Services = ["Projects"] }, [new Work("2024-09-10", 3), new Work("2024-09-11", 4, Service: "Projects")]);

        Assert.Equal("0 4", rated.Covered);
    }

    [Fact]
    public void Draw_PoolOverServices_IsDrawnByStartWhateverTheService()
    {
        var rated = Rate(RetainerCase.Hours(5), [new Work("2024-09-10", 3, Service: "Projects"), new Work("2024-09-11", 4)]);

        Assert.Equal("3 2", rated.Covered);
    }

    [Fact]
    public void Draw_TwoRetainers_AreDrawnInTheOrderOfTheirLines()
    {
        var first = RetainerCase.Hours(2) with { Id = "first", Services = ["Support"] };
        var second = RetainerCase.Hours(4) with { Id = "second" };
        var rated = new RetainerCase { Lines = [first, second], Work = [new Work("2024-09-10", 3, Service: "Projects"), new Work("2024-09-11", 5)] }.Rate(Days.September);

        // first: 2 of the 5 h of support; second: the 3 h of projects, then 1 of the 3 h that are left of support.
        Assert.Equal("3 3", rated.Covered);
        Assert.Equal(["first 2.00", "second 4.00"], rated.Of(LineKind.Covered).Select(line => $"{line.LineId} {Hours(line.Quantity)}"));
    }

    [Fact]
    public void Draw_TravelByTheTrip_IsNotPaidInHours()
    {
        var rated = Rate(RetainerCase.Hours(10), [new Work("2024-09-10", 3) { IsTrip = true }]);

        Assert.Equal("0", rated.Covered);
    }

    [Fact]
    public void Draw_Unlimited_CoversAllTimeAndCarriesNothing()
    {
        var line = RetainerCase.Hours() with { IsUnlimited = true, TopUp = new TopUp(5, 10, 950) };
        var rated = Rate(line, [new Work("2024-09-10", 300), new Work("2024-09-11", 500, Service: "Projects")]);

        Assert.Equal("300 500", rated.Covered);
        Assert.Equal("Gold support includes all time.", rated.Balance);
        Assert.Equal(CarriedState.None.Balances, rated.Carried.Balances);
        Assert.Single(rated.Lines);
    }

    [Fact]
    public void Draw_BeyondTheRetainer_IsChargedAtTheOverageRate()
    {
        var night = new PriceEffects(null, 1.5m, []);
        var set = new PriceEffects(80, 1, []);
        var rated = Rate(
            RetainerCase.Hours(3) with { OverageRate = 140 },
            [new Work("2024-09-10", 2), new Work("2024-09-11", 2), new Work("2024-09-12", 1), new Work("2024-09-13", 1) { Effects = night }, new Work("2024-09-14", 1, 80) { Effects = set }, new Work("2024-09-15", 1) { IsTrip = true }]);

        Assert.Equal("2 1 0 0 0 0", rated.Covered);

        // 1 h x 140; 1 h x 140; 140 x 1.5 = 210 by the rule's factor; a price that a rule sets stays; so does a trip's.
        Assert.Equal([100, 140, 140, 210, 80, 100], rated.Pieces.Select(piece => piece.Rate));
        Assert.Equal([null, "beyond the retainer", "beyond the retainer", "beyond the retainer", null, null], rated.Pieces.Select(piece => piece.Label));
    }

    [Fact]
    public void Draw_BeyondOneRetainerButWithinTheNext_IsCovered()
    {
        var first = RetainerCase.Hours(1) with { Id = "first", OverageRate = 140 };
        var second = RetainerCase.Hours(5) with { Id = "second" };

        var rated = new RetainerCase { Lines = [first, second], Work = [new Work("2024-09-10", 4)] }.Rate(Days.September);

        Assert.Equal("4", rated.Covered);
        Assert.DoesNotContain(rated.Lines, line => line.Kind == LineKind.Charge);
    }

    [Fact]
    public void Draw_OtherServices_KeepTheirRate()
    {
        var rated = Rate(RetainerCase.Hours(1) with { OverageRate = 140, Services = ["Support"] }, [new Work("2024-09-10", 4, Service: "Projects")]);

        Assert.Equal(100, rated.Pieces[0].Rate);
    }

    [Fact]
    public void Draw_WhatEndsFirst_IsDrawnFirst()
    {
        var line = RetainerCase.Hours() with
        {
            Blocks = [new RetainerBlock(Days.On("2024-08-01"), 5), new RetainerBlock(Days.On("2024-08-02"), 5, Days.On("2024-12-01")), new RetainerBlock(Days.On("2024-08-03"), 5, Days.On("2024-11-01")), new RetainerBlock(Days.On("2024-08-01"), 5, Days.On("2024-12-01"))],
        };

        // 12 h: 5 of what ends in November; 5 of the older that ends in December; 2 of the other. What never ends is last.
        Assert.Equal(
            "3/5 2024-08-02..2024-12-01, 5/5 2024-08-01..",
            Rate(line, [new Work("2024-09-10", 12)]).Lots);
    }

    [Fact]
    public void Draw_BlockBoughtInTheMonth_CoversFromItsDay()
    {
        var line = RetainerCase.Hours() with { Blocks = [new RetainerBlock(Days.On("2024-09-12"), 10, Days.On("2025-09-12"), 950)] };

        var rated = Rate(line, [new Work("2024-09-11", 2), new Work("2024-09-12", 3), new Work("2024-09-13", 4)]);

        Assert.Equal("0 3 4", rated.Covered);
        Assert.Equal("7.00 h of 10.00 h bought on 2024-09-12; 3.00 h left until 2025-09-11.", rated.Balance);
        var block = rated.Lines[0];
        Assert.Equal(("block/2024-09-12", "Block of 10 h", 950m, LineKind.Charge), (block.Item, block.Description, block.Amount.Amount, block.Kind));
        Assert.Equal("10.00 h bought on 2024-09-12 for 950.00, to be used until 2025-09-11.", block.Explanation.Sentence);
    }

    [Fact]
    public void Draw_TwoBlocksOfOneDay_AreTwoLines()
    {
        var block = new RetainerBlock(Days.On("2024-09-12"), 10, null, 950);

        var rated = Rate(RetainerCase.Hours() with { Blocks = [block, block, block with { Price = null }] }, []);

        Assert.Equal(["block/2024-09-12", "block/2024-09-12/2"], rated.Lines.Select(line => line.Item));
        Assert.Equal(30, rated.Carried.Balances.Single().Left);
    }

    [Fact]
    public void Draw_LotThatEndsInTheMonth_CoversUntilTheDayBefore()
    {
        var line = RetainerCase.Hours() with { Blocks = [new RetainerBlock(Days.On("2024-08-01"), 10, Days.On("2024-09-12"))] };

        var rated = Rate(line, [new Work("2024-09-11", 2), new Work("2024-09-12", 3)]);

        Assert.Equal("2 0", rated.Covered);
        Assert.Equal("2.00 h of 10.00 h bought on 2024-08-01; 8.00 h ended unused; nothing left.", rated.Balance);
    }

    [Fact]
    public void Draw_WorkPastThePeriodsMidnight_IsDrawnFromThePeriodsHours()
    {
        Assert.Equal("2", Rate(RetainerCase.Hours(10), [new Work("2024-09-30", 2) { PieceDay = "2024-10-01" }]).Covered);
    }

    [Fact]
    public void Draw_CoveredTime_IsALineAtNothingWithItsDetail()
    {
        var rated = Rate(
            RetainerCase.Hours(4) with { Weights = [new WorkTypeWeight("Emergency", 1.5m)] },
            [new Work("2024-09-10", 1) { Worked = 0.42m, Ticket = "4711" }, new Work("2024-09-11", 1, WorkType: "Emergency") { Project = "701" }, new Work("2024-09-12", 2) { Worked = 1.9m }]);

        var line = Assert.Single(rated.Of(LineKind.Covered));
        Assert.Equal((0m, 0m, 3.5m, "h"), (line.Amount.Amount, line.UnitPrice.Amount, line.Quantity, line.Unit)); // 1 + 1 + 1.5 of the 2: 1 + 1.5 + 1.5 = 4
        Assert.Equal(
            [
                (Days.On("2024-09-10"), "Nora Kelly", "#4711", "Work", 1m, "0.42 h worked"),
                (Days.On("2024-09-11"), "Nora Kelly", "Name of 701", "Emergency", 1m, "takes 1.50 h"),
                (Days.On("2024-09-12"), "Nora Kelly", null, "Work", 1.5m, "1.90 h worked, 2.00 h charged, of it 1.50 h included"),
            ],
            line.Details.Select(detail => (detail.Date!.Value, detail.Who, detail.Reference, detail.Description, detail.Quantity, detail.Treatment)));
    }

    [Fact]
    public void Draw_BalanceFigures_AreThoseOfTheSentence()
    {
        var rated = new RetainerCase { Lines = [RetainerCase.Hours(16) with { RollOverCycles = 1 }], Work = [new Work("2024-08-10", 12), new Work("2024-09-10", 12.5m)] }
            .RateAll(RetainerCase.Months("2024-08", 2))[1];

        // August, the first month billed, has July's 16 too: 12 of them are drawn, 4 end. September draws 12.5 of August's 16; 3.5 end.
        Assert.Equal("12.50 h of 32.00 h: 16.00 h brought forward + 16.00 h for September 2024; 3.50 h ended unused; 16.00 h left until 2024-10-31.", rated.Balance);
        Assert.Equal(
            ["drawn 12.5 h", "broughtForward 16 h", "granted 16 h", "ended 3.5 h", "left 16 h"],
            rated.Of(LineKind.Covered).Single().Explanation.Figures.Select(figure => FormattableString.Invariant($"{figure.Name} {figure.Value:0.##} {figure.Unit}")));
    }

    private static RatedWork Rate(RetainerLine line, Work[] work) => new RetainerCase { Lines = [line], Work = work }.Rate(Days.September);

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<decimal> Numbers(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number);

    private static string Hours(decimal hours) => hours.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
}
