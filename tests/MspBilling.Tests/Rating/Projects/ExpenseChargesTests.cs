using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Projects;

public sealed class ExpenseChargesTests
{
    // Quantity, price and cost of a unit, mark-up; the amount.
    [Theory]
    [InlineData(1, 80.0, null, null, 80, "1 x 80.00 = 80.00.")]
    [InlineData(3, 0.335, null, null, 1.01, "3 x 0.335 = 1.01.")] // 1.005
    [InlineData(2, 80.0, 50.0, 10.0, 160, "2 x 80.00 = 160.00.")] // the price before the mark-up
    [InlineData(1, null, 50.0, 10.0, 55, "1 x 55.00 = 55.00.")] // 50.00 x 1.10
    [InlineData(3, null, 49.99, 10.0, 164.97, "3 x 54.989 = 164.97.")] // 164.967, not 3 x 54.99 = 164.97 by luck alone
    [InlineData(7, null, 0.07, 12.5, 0.55, "7 x 0.07875 = 0.55.")] // 0.55125; a rounded price of 0.08 would give 0.56
    [InlineData(1, null, 50.0, 0.0, 50, "1 x 50.00 = 50.00.")]
    [InlineData(1, null, 50.0, -10.0, 45, "1 x 45.00 = 45.00.")] // below cost, as agreed
    [InlineData(0.5, 80.0, null, null, 40, "0.5 x 80.00 = 40.00.")]
    [InlineData(-2, 80.0, null, null, -160, "-2 x 80.00 = -160.00.")] // a return
    [InlineData(-1, null, 49.95, 10.0, -54.95, "-1 x 54.945 = -54.95.")] // -54.945, away from zero, as the purchase was
    [InlineData(1, null, 49.95, 10.0, 54.95, "1 x 54.945 = 54.95.")]
    [InlineData(1, -25.0, null, null, -25, "1 x -25.00 = -25.00.")]
    [InlineData(0, 80.0, null, null, 0, "0 x 80.00 = 0.00.")]
    [InlineData(1, 0.0, null, null, 0, "1 x 0.00 = 0.00.")] // a price of zero on what costs nothing is meant
    [InlineData(1, 0.0, 0.0, 10.0, 0, "1 x 0.00 = 0.00.")]
    public void Rate_Expense_IsPricedByItsPriceElseByItsCost(decimal quantity, double? price, double? cost, double? markup, decimal amount, string sentence)
    {
        var rated = Month(markup).Rate(Records.Expense("1", quantity, (decimal?)price, (decimal?)cost));

        var line = Assert.Single(rated.Lines);
        Assert.Equal((Eur(amount), quantity, "item", sentence), (line.Amount, line.Quantity, line.Unit, line.Explanation.Sentence));
        Assert.Equal(("Item 1", nameof(ExpenseCharges)), (line.Description, line.Explanation.Rule));
        Assert.Equal((DispositionKind.Billed, "Item 1"), (Assert.Single(rated.Dispositions).Kind, rated.Dispositions[0].Detail));
    }

    [Theory]
    [InlineData(null, null, 10.0, "missing-cost")]
    [InlineData(null, null, null, "missing-expense-price")]
    [InlineData(null, 50.0, null, "missing-expense-price")] // never at cost by default
    [InlineData(0.0, 50.0, null, "zero-price")]
    [InlineData(0.0, 50.0, 10.0, "zero-price")]
    public void Rate_ExpenseWithoutAPrice_IsHeld(double? price, double? cost, double? markup, string reason)
    {
        var rated = Month(markup).Rate(Records.Expense("1", 2, (decimal?)price, (decimal?)cost));

        Assert.Empty(rated.Lines);
        var held = Assert.Single(rated.Dispositions);
        Assert.Equal((DispositionKind.Held, reason, "Item 1"), (held.Kind, held.Reason!.Code, held.Detail));
        Assert.Equal(2, held.Quantity.Units);
    }

    public static TheoryData<Expense, Expense, string> Pairs => new()
    {
        { Records.Expense("1", 1, 5), Records.Expense("2", 1, 5), "1 x 5.00, 1 x 5.00" }, // of two descriptions
        { Cable("1", 1, 5), Cable("2", 2, 5), "3 x 5.00" },
        { Cable("1", 1, 5), Cable("2", 2, 5.00m), "3 x 5.00" },
        { Cable("1", 1, 5), Cable("2", 2, 6), "1 x 5.00, 2 x 6.00" },
        { Cable("1", 1, 5), Cable("2", 2, 5) with { Sku = "CAB-2" }, "1 x 5.00, 2 x 5.00" },
        { Cable("1", 1, 5), Cable("2", -1, 5), "0 x 5.00" }, // sold and brought back
        { Cable("1", 1, 5), Cable("2", 1, null) with { UnitCost = 4 }, "2 x 5.00" }, // 4.00 x 1.25 = 5.00
        // In the order of their days.
        { Cable("1", 1, 5) with { Day = Days.On("2024-09-30") }, Cable("2", 2, 6), "2 x 6.00, 1 x 5.00" },
    };

    [Theory]
    [MemberData(nameof(Pairs), DisableDiscoveryEnumeration = true)]
    public void Rate_Two_AreOneLineWhenSkuDescriptionAndPriceAreTheSame(Expense one, Expense other, string lines)
    {
        var rated = Month(25).Rate(other, one);

        Assert.Equal(lines, string.Join(", ", rated.Lines.Select(line => line.Explanation.Sentence.Split(" =")[0])));
        Assert.Equal(2, rated.Lines.Sum(line => line.Details.Count));
        Assert.Equal(rated.Lines.Count, rated.Lines.Select(line => line.Key).Distinct().Count());
    }

    [Fact]
    public void Rate_Expense_ShowsDayAndPersonAndKeepsTheCostToTheMsp()
    {
        var line = Assert.Single(Month(10).Rate(Records.Expense("1", 2, null, 50) with { TechnicianName = "Nora Kelly", TicketId = "4711", Sku = "CAB-1" }).Lines);

        Assert.Equal(new LineDetail(Days.On("2024-09-10"), "Nora Kelly", "#4711", "Item 1", 2, "item"), Assert.Single(line.Details));
        Assert.Equal("2 x 55.00 = 110.00.", line.Explanation.Sentence);
        Assert.Equal([("quantity", 2m), ("unitPrice", 55m), ("amount", 110m), ("cost", 100m)], line.Explanation.Figures.Select(figure => (figure.Name, figure.Value)));
        Assert.Equal("CAB-1", line.Sku);
    }

    [Theory]
    [InlineData("701", null, "Project 701")]
    [InlineData(null, "CAB-1", "CAB-1")]
    [InlineData(null, null, null)]
    public void Rate_ExpenseWithoutATicket_RefersToItsProjectElseItsSku(string? project, string? sku, string? reference) =>
        Assert.Equal(reference, Assert.Single(Assert.Single(Month(10).Rate(Records.Expense("1", 1, 5) with { ProjectId = project, Sku = sku }).Lines).Details).Reference);

    public static TheoryData<RuleEffect, decimal?, decimal, string> Effects => new()
    {
        { new MultiplyPrice(1.2m), 50, 60, "1 x 60.00 = 60.00. Exception: 50.00 x 1.2 = 60.00." },
        { new SetPrice(40), 50, 40, "1 x 40.00 = 40.00. Exception: 40.00." },
        { new SetPrice(40), null, 40, "1 x 40.00 = 40.00. Exception: 40.00." },
        { new CapAmount(500), 50, 50, "1 x 50.00 = 50.00." },
    };

    [Theory]
    [MemberData(nameof(Effects), DisableDiscoveryEnumeration = true)]
    public void Rate_CustomRule_ChangesThePriceOfWhatItMatches(RuleEffect effect, decimal? price, decimal amount, string sentence)
    {
        var month = Month(null) with { Rules = [new CustomRule("r1", "Exception", Lines.Always, new ActivityMatch { Skus = ["CAB-*"] }, effect)] };

        var lines = month.Rate(Cable("1", 1, price), Cable("2", 1, 50) with { Sku = "OTHER" }).Lines;

        Assert.Equal([(Eur(amount), sentence), (Eur(50), "1 x 50.00 = 50.00.")], lines.Select(line => (line.Amount, line.Explanation.Sentence)));
        Assert.Equal([["r1"], null], lines.Select(line => line.Rules));
    }

    private static AgreedMonth Month(double? markup) => AgreedMonth.Of(Lines.Expenses(markupPercent: (decimal?)markup));

    private static Expense Cable(string id, decimal quantity, decimal? price) => Records.Expense(id, quantity, price) with { Description = "Cable", Sku = "CAB-1" };
}
