using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using MspBilling.Tests.Invoicing;
using MspBilling.Tests.Rating.Metered;
using MspBilling.Tests.Rating.Recurring;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating;

/// <summary>What four billing engines stumbled over, and this one does not.</summary>
public sealed class EngineDefectsTests
{
    private static readonly ExpensesLine Items = Lines.Expenses("Hardware");

    [Theory]
    // Binary fractions make 1.00 of 1.005, and a unit price that is rounded first makes 1.02 of 3 x 0.335.
    [InlineData(1, 1.005, 1.01)]
    [InlineData(3, 0.335, 1.01)]
    [InlineData(-1, 1.005, -1.01)]
    [InlineData(1_000_000, 0.0004, 400)]
    [InlineData(100, 8.1595, 815.95)] // 815.96 on one of two paths
    public void Line_IsRoundedOnceHalfAwayFromZero(decimal quantity, decimal price, decimal expected) =>
        Assert.Equal(expected, AgreedMonth.Of(Items).Rate(Records.Expense("1", quantity, price)).Total());

    // An account was parked because 3.685 + 3.685 is not 3.69 + 3.69: what counts is what is printed.
    [Fact]
    public void Invoice_IsTheSumOfItsRoundedLines()
    {
        var bill = new ClientMonth { Lines = [Items] }.Bill(Records.Expense("1", 1, 3.685m), Records.Expense("2", 1, 3.685m));

        Assert.Equal((null, Eur(7.38m)), (bill.Problem, Assert.Single(bill.Invoices).Net));
    }

    // 640.00 of use, at most 500.00; then 10 % off what is left; then tax of 450.00.
    [Fact]
    public void Order_IsUseMaximumDiscountTax()
    {
        var invoice = Assert.Single(new ClientMonth
        {
            Lines = [Use.Line(new PerUnitPrice(1)) with { Maximum = 500 }, Lines.Discount("Loyalty", ["Cloud"], 10, Days.From("2024-01-01"))],
            Settings = Records.Settings with { CloudAccounts = [new CloudAccount("Azure", "sub-1", "CO250")] },
        }.Bill(Use.Of("1", 640)).Invoices);

        Assert.Equal((Eur(500), Eur(50), Eur(450), Eur(103.50m)), (invoice.Gross, invoice.Discount, invoice.Net, invoice.Tax));
    }

    // 80.00 off 50.00 takes 50.00; nothing is paid out.
    [Fact]
    public void Discount_NeverGoesBelowZero() => Assert.Equal(
        [0m], AgreedMonth.Of(Items, new DiscountLine { Id = "off", Service = "Discount", Amount = 80, Scope = DiscountScope.Invoice }).Rate(Items50("1")).Lines.Select(line => line.Net.Amount));

    [Theory]
    // The month's own days count, not those of the month in which the program runs, and not 30.44. From the 15th on:
    [InlineData(2024, 2, 870, 450)] // 15 of 29
    [InlineData(2023, 2, 840, 420)] // 14 of 28
    [InlineData(2024, 4, 900, 480)] // 16 of 30
    [InlineData(2024, 7, 930, 510)] // 17 of 31
    public void PartOfAMonth_IsOfThatMonthsDays(int year, int month, decimal fee, decimal expected) =>
        Assert.Equal(expected, new RecurringCase(RecurringCase.Fee(fee)) { Period = Period.Month(year, month), Term = new Period(new DateOnly(year, month, 15), Period.NoEnd) }.Rate().Total());

    // A day's price that is rounded, or a share of the month that is, loses cents: (9.99 + 10.00 + 10.01) x 10 are divided by 30 once.
    [Fact]
    public void WholeMonthInThreePrices_IsTheWholePrice()
    {
        var fee = RecurringCase.Fee() with
        {
            Prices = [new DatedPrice(9.99m, Days.Between("2024-01-01", "2024-09-11")), new DatedPrice(10.00m, Days.Between("2024-09-11", "2024-09-21")), new DatedPrice(10.01m, Days.From("2024-09-21"))],
        };

        Assert.Equal(10, new RecurringCase(fee).Rate().Total());
    }

    [Theory]
    // The 31st becomes the 29th in February and is the 31st again after it.
    [InlineData(2, "2024-02-29", "2024-03-30")]
    [InlineData(3, "2024-03-31", "2024-04-29")]
    [InlineData(4, "2024-04-30", "2024-05-30")]
    public void AnchorOnThe31st_IsNotDragged(int month, string first, string last)
    {
        var fee = RecurringCase.Fee(100, timing: BillingTiming.Advance) with { Anchor = Days.On("2024-01-31") };
        var line = Assert.Single(new RecurringCase(fee) { Term = Days.From("2024-01-31"), Period = Period.Month(2024, month) }.Rate().Lines);

        Assert.Equal((Days.On(first), Days.On(last)), (line.ServicePeriod.Start, line.ServicePeriod.LastDay));
    }

    [Theory]
    // Tiers up to 100 at 1.00 and 5.00 flat, beyond at 0.50 and 20.00 flat: the bound is in its tier, a flat amount comes once, the first one's without any use.
    [InlineData(0, 5)]
    [InlineData(100, 105)]
    [InlineData(100.5, 125.25)] // 105.00 + 20.00 + 0.5 x 0.50
    [InlineData(102, 126)]
    public void TierBounds_AreExactAndFlatAmountsComeOnce(decimal quantity, decimal expected)
    {
        var line = Use.Line(new GraduatedPrice([new Tier(100, 1, 5), new Tier(null, 0.50m, 20)]), UsageGrouping.None);

        Assert.Equal(expected, line.Rate(quantity == 0 ? [] : [quantity / 2, quantity / 2]).Total());
    }

    // A minimum of 100.00 in two versions: 80.00 and 10.00 of use ask for 10.00 more, once; by halves it would be 40.00 for the second, and nothing off the first.
    [Fact]
    public void MinimumOverTwoVersions_IsSettledOnceAtTheEnd()
    {
        var line = Use.Line(new PerUnitPrice(1)) with { Minimum = 100 };

        var rated = Use.Rate([("2024-01-01", [line]), ("2024-09-16", [line])], Use.Of("1", 80, "2024-09-05"), Use.Of("2", 10, "2024-09-25"));

        Assert.Equal([(LineKind.Charge, 80m), (LineKind.Charge, 10m), (LineKind.TrueUp, 10m)], rated.Lines.Select(l => (l.Kind, l.Amount.Amount)));
    }

    // 100.00 x 17/30 = 56.67, less 20.00.
    [Fact]
    public void MinimumOfAPartOfThePeriod_IsProrated() =>
        Assert.Equal([20m, 36.67m], Use.Rate([("2024-09-14", [Use.Line(new PerUnitPrice(1)) with { Minimum = 100 }])], Use.Of("1", 20, "2024-09-20")).Lines.Select(l => l.Amount.Amount));

    // A negative sum was cut off at zero, and the money gone.
    [Fact]
    public void UseBelowZero_IsACredit() => Assert.Equal(-0.50m, Use.Line(new PerUnitPrice(0.10m)).Rate([3m, -8m]).Total());

    // Old lines are taken back and new ones added; an amount alone could not be explained.
    [Fact]
    public void HoursThatComeLate_ReverseTheLineAndAddTheNewOne()
    {
        var (month, months) = (new ClientMonth { Lines = [TimeMonth.Line] }, new MonthByMonth());
        months.Close(month, Records.Time("1", 6));

        var bill = months.Close(month with { Period = Period.Month(2024, 10) }, Records.Time("1", 6), Records.Time("2", 2));

        Assert.Equal([(-6m, -600m), (8m, 800m)], Assert.Single(bill.Invoices).Lines.Select(line => (line.Quantity, line.Net.Amount)));
    }

    // Less use than was billed is put before a person, and is not silently negative.
    [Fact]
    public void UseThatTurnsOutLower_IsHeldForALook()
    {
        var month = new ClientMonth { Lines = [Lines.Cloud()], Settings = Records.Settings with { CloudAccounts = [new CloudAccount("Azure", "sub-1", "CO250")] } };
        var months = new MonthByMonth();
        months.Close(month, Records.Usage("1", 100));

        var bill = months.Close(month with { Period = Period.Month(2024, 10) }, Records.Usage("1", 80));

        Assert.Empty(bill.Invoices);
        Assert.Contains(bill.Adjusted.Single().Now.Dispositions, d => d.Reason == Reason.LessThanBilled && d.Value == Eur(-20));
    }

    private static Expense Items50(string id) => Records.Expense(id, 1, 50);
}
