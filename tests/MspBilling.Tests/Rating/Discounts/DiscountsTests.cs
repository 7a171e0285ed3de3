using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Discounts;

/// <summary>Over expenses at plain prices: line <c>a</c> of the service Hardware has the SKUs A*, line <c>b</c> of Travel the SKUs B*.</summary>
public sealed class DiscountsTests
{
    private static readonly ExpensesLine A = Lines.Expenses("Hardware") with { Id = "a", Match = new ActivityMatch { Skus = ["A*"] } };
    private static readonly ExpensesLine B = Lines.Expenses("Travel") with { Id = "b", Match = new ActivityMatch { Skus = ["B*"] } };
    private static readonly DiscountLine Five = Lines.Discount("Loyalty", ["Hardware"], 5, Days.From("2024-01-01"));
    private static readonly DiscountLine Fifty = new() { Id = "fifty", Service = "Welcome", Description = "Welcome", Amount = 50, Scope = DiscountScope.Agreement };
    private static readonly DiscountLine Volume = new()
    {
        Id = "volume",
        Service = "Volume",
        Description = "Volume",
        ByVolume = [new VolumeDiscount(500, 5), new VolumeDiscount(1000, 10)],
        Scope = DiscountScope.Agreement,
    };

    public static TheoryData<decimal, DiscountLine[], decimal, string> OneLine => new()
    {
        { 85.50m, [Five], 4.28m, "1 x 85.50 = 85.50. Loyalty: 5 % of 85.50 = 4.28 off." }, // 4.275
        { 100, [Five with { Percent = 12.5m }], 12.50m, "1 x 100.00 = 100.00. Loyalty: 12.5 % of 100.00 = 12.50 off." },
        // Off what the one before left: 10.00, then 5 % of 90.00. The other way round: 5.00, then 10 % of 95.00.
        { 100, [Five with { Percent = 10, Description = "Welcome" }, Five], 14.50m, "1 x 100.00 = 100.00. Welcome: 10 % of 100.00 = 10.00 off. Loyalty: 5 % of 90.00 = 4.50 off." },
        { 100, [Five, Five with { Percent = 10, Description = "Welcome" }], 14.50m, "1 x 100.00 = 100.00. Loyalty: 5 % of 100.00 = 5.00 off. Welcome: 10 % of 95.00 = 9.50 off." },
        { 0.30m, [Five, Five with { Percent = 50 }], 0.16m, "1 x 0.30 = 0.30. Loyalty: 5 % of 0.30 = 0.02 off. Loyalty: 50 % of 0.28 = 0.14 off." }, // 0.015 = 0.02
        { 100, [Five with { Percent = 100 }, Five], 100, "1 x 100.00 = 100.00. Loyalty: 100 % of 100.00 = 100.00 off." },
        { 100, [Five with { Percent = 0 }], 0, "1 x 100.00 = 100.00. Loyalty: 0 % of 100.00 = 0.00 off." },
        { 0.09m, [Five], 0, "1 x 0.09 = 0.09. Loyalty: 5 % of 0.09 = 0.00 off." }, // 0.0045
        { 0.10m, [Five], 0.01m, "1 x 0.10 = 0.10. Loyalty: 5 % of 0.10 = 0.01 off." }, // 0.005
        // Other service; begins after the period's first day; ended with the day before it.
        { 100, [Five with { Targets = ["Support"] }], 0, "1 x 100.00 = 100.00." },
        { 100, [Five with { InForce = Days.From("2024-09-02") }], 0, "1 x 100.00 = 100.00." },
        { 100, [Five with { InForce = Days.Between("2024-01-01", "2024-09-01") }], 0, "1 x 100.00 = 100.00." },
        { 100, [Five with { InForce = Days.Between("2024-09-01", "2024-09-02") }], 5, "1 x 100.00 = 100.00. Loyalty: 5 % of 100.00 = 5.00 off." },
        // A credit stays whole.
        { -100, [Five], 0, "1 x -100.00 = -100.00." },
        { -100, [Fifty], 0, "1 x -100.00 = -100.00." },
        { 0, [Five, Fifty], 0, "1 x 0.00 = 0.00." },
        // Amounts: all of it at the most; what one leaves the next takes.
        { 100, [Fifty], 50, "1 x 100.00 = 100.00. Welcome: 50.00 off 100.00." },
        { 30, [Fifty], 30, "1 x 30.00 = 30.00. Welcome: 50.00 off, at most the 30.00." },
        { 80, [Fifty, Fifty], 80, "1 x 80.00 = 80.00. Welcome: 50.00 off 80.00. Welcome: 50.00 off, at most the 30.00." },
        { 50, [Fifty], 50, "1 x 50.00 = 50.00. Welcome: 50.00 off 50.00." },
        { 100, [Fifty with { Amount = 0.005m }], 0.01m, "1 x 100.00 = 100.00. Welcome: 0.01 off 100.00." },
        // By volume: the step that the sum reaches, off all of it.
        { 499.99m, [Volume], 0, "1 x 499.99 = 499.99." },
        { 500, [Volume], 25, "1 x 500.00 = 500.00. Volume: 5 % of 500.00 = 25.00 off." },
        { 999.99m, [Volume], 50, "1 x 999.99 = 999.99. Volume: 5 % of 999.99 = 50.00 off." }, // 49.9995
        { 1000, [Volume], 100, "1 x 1,000.00 = 1,000.00. Volume: 10 % of 1,000.00 = 100.00 off." },
        // After 5 % the sum is 950.00, and reaches the lower step only: 50.00 + 47.50.
        { 1000, [Volume, Five], 97.50m, "1 x 1,000.00 = 1,000.00. Loyalty: 5 % of 1,000.00 = 50.00 off. Volume: 5 % of 950.00 = 47.50 off." },
        // Lines and services, then the agreement, then the invoice, however they stand: 5.00, 50.00, 10 % of 45.00.
        {
            100, [Five with { Scope = DiscountScope.Invoice, Percent = 10, Description = "Early" }, Fifty, Five], 59.50m,
            "1 x 100.00 = 100.00. Loyalty: 5 % of 100.00 = 5.00 off. Welcome: 50.00 off 95.00. Early: 10 % of 45.00 = 4.50 off."
        },
        { 100, [Five with { Description = null }], 5, "1 x 100.00 = 100.00. Discount: 5 % of 100.00 = 5.00 off." },
        { 100, [Five with { Scope = DiscountScope.Lines, Targets = ["a"] }], 5, "1 x 100.00 = 100.00. Loyalty: 5 % of 100.00 = 5.00 off." },
        { 100, [Five with { Scope = DiscountScope.Lines, Targets = ["b"] }], 0, "1 x 100.00 = 100.00." },
    };

    [Theory]
    [MemberData(nameof(OneLine), DisableDiscoveryEnumeration = true)]
    public void Rate_Discounts_AreTakenInOrderAndNeverBelowZero(decimal price, DiscountLine[] discounts, decimal off, string sentence)
    {
        var line = Assert.Single(AgreedMonth.Of([A, .. discounts]).Rate(Item("A1", price)).Lines);

        Assert.Equal((Eur(price), Eur(off), Eur(price - off)), (line.Amount, line.Discount, line.Net));
        Assert.Equal(sentence, line.Explanation.Sentence);
    }

    // Prices of A1, A2 and B1; what is off each.
    public static TheoryData<string, DiscountLine, string> Spreads => new()
    {
        // A percentage of a service is taken off each line and rounded there: 0.005 = 0.01 each.
        { "0.10 0.10 5.00", Five, "0.01 0.01 0.00" },
        // One of the agreement is off the sum: 5 % of 0.30 = 0.015 = 0.02, to the first two of equal shares.
        { "0.10 0.10 0.10", Five with { Scope = DiscountScope.Agreement, Targets = [] }, "0.01 0.01 0.00" },
        // 5 % of 100.00 = 5.00: 4.275, 0.0 and 0.725 with equal remainders.
        { "85.50 0.00 14.50", Five with { Scope = DiscountScope.Agreement, Targets = [] }, "4.28 0.00 0.72" },
        // 50.00 over 100.00 : 100.00 : 100.00 is 16.666..., the first two get the cents.
        { "100.00 100.00 100.00", Fifty, "16.67 16.67 16.66" },
        { "10.00 20.00 30.00", Fifty, "8.33 16.67 25.00" },
        { "10.00 20.00 5.00", Fifty, "10.00 20.00 5.00" }, // at most all of it
        { "10.00 -20.00 30.00", Fifty, "10.00 0.00 30.00" }, // a credit is left alone, and gives no more to take off
        { "100.00 -20.00 300.00", Fifty, "12.50 0.00 37.50" },
        // An amount on two lines is one amount; on one of them it is off that alone.
        { "100.00 300.00 100.00", Fifty with { Scope = DiscountScope.Services, Targets = ["Hardware"] }, "12.50 37.50 0.00" },
        { "100.00 100.00 100.00", Fifty with { Scope = DiscountScope.Services, Targets = ["Hardware", "Travel"] }, "16.67 16.67 16.66" },
        { "100.00 100.00 100.00", Fifty with { Scope = DiscountScope.Lines, Targets = ["b"] }, "0.00 0.00 50.00" },
        { "100.00 100.00 20.00", Fifty with { Scope = DiscountScope.Lines, Targets = ["b"] }, "0.00 0.00 20.00" }, // and not off the others
        { "100.00 100.00 100.00", Five with { Scope = DiscountScope.Lines, Targets = ["b"] }, "0.00 0.00 5.00" },
        { "100.00 100.00 100.00", Five with { Scope = DiscountScope.Lines, Targets = ["a", "b"] }, "5.00 5.00 5.00" },
        // The steps count over the sum of its lines: 600.00 reaches 500.00, though none does by itself.
        { "200.00 200.00 200.00", Volume, "10.00 10.00 10.00" },
        { "300.00 300.00 900.00", Volume with { Scope = DiscountScope.Services, Targets = ["Hardware"] }, "15.00 15.00 0.00" },
        { "200.00 200.00 900.00", Volume with { Scope = DiscountScope.Services, Targets = ["Hardware"] }, "0.00 0.00 0.00" },
    };

    [Theory]
    [MemberData(nameof(Spreads), DisableDiscoveryEnumeration = true)]
    public void Rate_SeveralLines_AreDiscountedWithinTheScope(string prices, DiscountLine discount, string off)
    {
        var amounts = prices.Split(' ').Select(text => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToList();

        var lines = AgreedMonth.Of(A, B, discount).Rate(Item("A1", amounts[0]), Item("A2", amounts[1]), Item("B1", amounts[2])).Lines;

        Assert.Equal(off, string.Join(' ', lines.Select(line => line.Discount.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Rate_SpreadDiscount_TellsTheSumAndTheShare() => Assert.Equal(
        ["1 x 85.50 = 85.50. Loyalty: 5 % of 100.00 = 5.00 off, of which 4.28 here.", "1 x 14.50 = 14.50. Loyalty: 5 % of 100.00 = 5.00 off, of which 0.72 here."],
        AgreedMonth.Of(A, B, Five with { Scope = DiscountScope.Agreement }).Rate(Item("A1", 85.50m), Item("B1", 14.50m)).Lines.Select(line => line.Explanation.Sentence));

    [Fact]
    public void Rate_Discount_IsAmongTheFigures() => Assert.Equal(
        [("quantity", 1m, "item"), ("unitPrice", 85.50m, "EUR"), ("amount", 85.50m, "EUR"), ("discountPercent", 5m, "%"), ("discountedSum", 85.50m, "EUR"), ("discount", 4.28m, "EUR")],
        AgreedMonth.Of(A, Five).Rate(Item("A1", 85.50m)).Lines[0].Explanation.Figures.Select(figure => (figure.Name, figure.Value, figure.Unit)));

    [Theory]
    // First periods, when the agreement begins, the period; whether September's first day to last are discounted.
    [InlineData(1, "2024-09-01", "2024-09", true)]
    [InlineData(1, "2024-09-30", "2024-09", true)] // the month that is touched is the first
    [InlineData(1, "2024-09-30", "2024-10", false)]
    [InlineData(3, "2024-07-31", "2024-09", true)]
    [InlineData(3, "2024-06-30", "2024-09", false)]
    [InlineData(12, "2023-10-15", "2024-09", true)]
    [InlineData(12, "2023-09-15", "2024-09", false)]
    [InlineData(3, "2023-12-31", "2024-02", true)] // over the year's end
    public void Rate_FirstPeriods_CountTheMonthsFromTheAgreementsBegin(int first, string begin, string month, bool isDiscounted)
    {
        Assert.True(Period.TryParseMonth(month, out var period));
        var agreed = new AgreedMonth { Period = period, Agreements = [AgreedMonth.Agreement("101", A, Five with { FirstPeriods = first }).During(Days.From(begin))] };

        Assert.Equal(Eur(isDiscounted ? 5 : 0), Assert.Single(agreed.Rate(Item("A1", 100) with { Day = period.LastDay }).Lines).Discount);
    }

    [Theory]
    [InlineData(DiscountScope.Services, "5.00 0.00 0.00")]
    [InlineData(DiscountScope.Agreement, "5.00 0.00 0.00")]
    [InlineData(DiscountScope.Invoice, "5.00 5.00 0.00")] // all of the invoice's, and an invoice is of one currency
    public void Rate_OtherAgreements_AreDiscountedByTheInvoicesDiscountsAlone(DiscountScope scope, string off)
    {
        var month = new AgreedMonth
        {
            Agreements = [AgreedMonth.Agreement("101", A, Five with { Scope = scope }), AgreedMonth.Agreement("102", A), AgreedMonth.Agreement("103", A).In(USD)],
        };

        var lines = month.Rate(Item("A1", 100) with { AgreementId = "101" }, Item("A2", 100) with { AgreementId = "102" }, Item("A3", 100) with { AgreementId = "103", Currency = USD }).Lines;

        Assert.Equal(off, string.Join(' ', lines.Select(line => line.Discount.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Rate_TwoVersions_AreDiscountedByTheFirstAndAnAmountOnce()
    {
        var agreement = AgreedMonth.Agreement("101") with
        {
            Versions =
            [
                new AgreementVersion(1, Days.Between("2024-01-01", "2024-09-15"), [A, Fifty], []),
                new AgreementVersion(2, Days.From("2024-09-15"), [A, Fifty with { Amount = 80 }], []),
            ],
        };

        // 50.00 over 100.00 and 300.00; the 80.00 begin with October.
        Assert.Equal(
            [Eur(12.50m), Eur(37.50m)],
            new AgreedMonth { Agreements = [agreement] }.Rate(Item("A1", 100), Item("A2", 300) with { Day = Days.On("2024-09-20") }).Lines.Select(line => line.Discount));
    }

    // Kinds and amounts of lines of one service, in their order; what 10 % takes off each.
    [Theory]
    [InlineData("Charge 300, WriteDown -200", "10.00 0.00")] // of 100.00
    [InlineData("Charge 300, WriteDown -300", "0.00 0.00")]
    [InlineData("Charge 300, Drawn -100", "20.00 0.00")] // what the deposit pays is discounted with the deposit
    [InlineData("Charge 300, WriteDown -100, Drawn -200", "0.00 0.00 0.00")]
    [InlineData("Charge 500, Charge 300, WriteDown -200", "37.50 22.50 0.00")] // 375.00 and 225.00 are left
    [InlineData("Charge 300, TrueUp 100", "30.00 10.00")]
    [InlineData("Deposit 300", "30.00")]
    [InlineData("Deposit 300, Drawn -100", "30.00 0.00")] // nothing is drawn from a deposit's own line
    [InlineData("Covered 0, Charge 100", "0.00 10.00")]
    [InlineData("Charge -300, Charge 100", "0.00 10.00")]
    public void TakeOff_LineOfAKind_IsDiscountedOnWhatIsLeftOfIt(string kinds, string off)
    {
        var month = AgreedMonth.Of(A, Five with { Percent = 10 });
        var charge = month.Rate(Item("A1", 1)).Lines[0] with { Discount = Eur(0) };
        var lines = kinds.Split(", ").Select((text, i) => charge with
        {
            Item = $"{i}",
            Kind = Enum.Parse<LineKind>(text.Split(' ')[0]),
            Amount = Eur(decimal.Parse(text.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)),
        }).ToList();

        var discounted = Core.Rating.Discounts.TakeOff(Rater.Parts(month.Case()), lines);

        Assert.Equal(off, string.Join(' ', discounted.Select(line => line.Discount.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Rate_MilestoneAboveItsCap_IsDiscountedOnTheRestAndSaysSo()
    {
        var month = AgreedMonth.Of(Lines.Milestones() with { Projects = [new ProjectPrice("701", null, null, null, 100, [])] }, Five with { Targets = ["Projects"] });

        Assert.Equal(
            (Eur(5), "Completed on 2024-09-20. 300.00 - 200.00 that other lines take off it = 100.00. Loyalty: 5 % of 100.00 = 5.00 off."),
            month.Rate(Records.Milestone("1", 300)).Lines.Select(line => (line.Discount, line.Explanation.Sentence)).First());
    }

    [Theory]
    [InlineData("JPY", 1001, 50)] // 5 % of 1,001 = 50.05
    [InlineData("KWD", 1.010, 0.051)] // 0.0505
    public void Rate_OtherCurrencies_AreRoundedToTheirPlaces(string currency, decimal price, decimal off)
    {
        var money = Core.Currency.Of(currency);
        var month = new AgreedMonth { Agreements = [AgreedMonth.Agreement("101", A, Five).In(money)] };

        Assert.Equal(new Core.Money(off, money), Assert.Single(month.Rate(Item("A1", price) with { Currency = money }).Lines).Discount);
    }

    internal static Expense Item(string sku, decimal price) => Records.Expense(sku, 1, price) with { Sku = sku };
}
