using MspBilling.App.Rating;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Reports;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using MspBilling.Tests.Rating.Metered;
using MspBilling.Tests.Rating.Recurring;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating;

/// <summary>What goes wrong in another billing system and not here: Alga PSA's defects, by the numbers that our notes give them.</summary>
public sealed class RivalDefectsTests
{
    private static readonly ExpensesLine Items = Lines.Expenses("Hardware");

    [Theory]
    // Alga 1: the contract's hourly rate was not used; without a catalogue price the time had none.
    [InlineData(null, "Role 1 time: 2 h x 150 = 300.00")]
    [InlineData(95.0, "Role 1 time: 2 h x 150 = 300.00")]
    public void RateOfTheAgreement_PricesTimeWithOrWithoutACardRate(double? card, string expected)
    {
        var month = TimeMonth.Of(Lines.Time() with { Rates = [new TimeRate(150, Lines.Always)] }) with { References = [Records.Role("1", (decimal?)card)] };

        Assert.Equal(expected, TimeMonth.Text(month.Rate(Records.Time("1", 2))));
    }

    [Theory]
    // Alga 2: the rate of a project's phase was dropped for time on a contract line.
    [InlineData("Cutover", "Cutover, Role 1 time: 2 h x 140 = 280.00")]
    [InlineData("Planning", "Role 1 time: 2 h x 95 = 190.00")]
    [InlineData(null, "Role 1 time: 2 h x 95 = 190.00")]
    public void RateOfAPhase_PricesTimeOnAnAgreement(string? phase, string expected)
    {
        var month = TimeMonth.Of(Lines.Time() with { Rates = [new TimeRate(95, Lines.Always, Role: "1"), new TimeRate(140, Lines.Always, Phase: "Cutover")] }) with { References = [Records.Project("701")] };

        Assert.Equal(expected, TimeMonth.Text(month.Rate(Records.Time("1", 2) with { ProjectId = "701", PhaseName = phase })));
    }

    // Alga 2: so was the project's cap. 3.00 h x 100.00 = 300.00, at most 250.00.
    [Fact]
    public void CapOfAProject_HoldsForTimeOnAnAgreement()
    {
        var month = TimeMonth.Of(TimeMonth.Line with { Caps = [new TimeCap(CapScope.Project, 250)] }) with { References = [Records.Project("701")] };

        Assert.Equal(250, month.Rate(Records.Time("1", 3) with { ProjectId = "701" }).Total());
    }

    // Alga 3: 100.00 over three equal services was 33.33 x 3 = 99.99.
    [Fact]
    public void AmountOverThreeEqualServices_AddsUp()
    {
        var off = new DiscountLine { Id = "off", Service = "Discount", Amount = 100, Scope = DiscountScope.Agreement };

        Assert.Equal([Eur(33.34m), Eur(33.33m), Eur(33.33m)], Split.ByWeight(Eur(100), [1, 1, 1]));
        Assert.Equal([33.34m, 33.33m, 33.33m], AgreedMonth.Of(Items, off).Rate(Items50("1"), Items50("2"), Items50("3")).Lines.Select(line => line.Discount.Amount));
    }

    // Alga 3, of a fee: three versions of a month that have it alike, from the 1st, 11th and 21st, do not cut it into 33.33 x 3.
    [Fact]
    public void FeeOverThreeVersions_IsWhole() =>
        Assert.Equal(Eur(100), Assert.Single(new Recurring.RecurringCase(Recurring.RecurringCase.Fee(100)) { Changes = [Days.On("2024-09-11"), Days.On("2024-09-21")] }.Rate().Lines).Amount);

    // Alga 3, of a project: 33.33 %, 33.33 % and 33.34 % of 100.01 are 33.33, 33.33 and 33.34, so that the last is 33.35.
    [Fact]
    public void PriceOfAProjectInThreeMilestones_AddsUp()
    {
        var line = Lines.Milestones() with
        {
            Projects = [new ProjectPrice("701", 100.01m, null, null, null, [new MilestonePrice("Stage 1", null, 33.33m), new MilestonePrice("Stage 2", null, 33.33m), new MilestonePrice("Stage 3", null, 33.34m)])],
        };

        var rated = AgreedMonth.Of(line).Rate(Records.Milestone("1", null, "2024-09-19"), Records.Milestone("2", null, "2024-09-20"), Records.Milestone("3", null, "2024-09-21"));

        Assert.Equal([33.33m, 33.33m, 33.35m], rated.Lines.Select(l => l.Amount.Amount));
    }

    [Theory]
    // Alga 4: overtime began again with each record, so that ten of one hour never reached it.
    [InlineData(8.0, null, "Role 1 time: 8 h x 100 = 800.00; Role 1 time, overtime x 1.5: 2 h x 150 = 300.00")]
    [InlineData(null, 9.0, "Role 1 time: 9 h x 100 = 900.00; Role 1 time, overtime x 1.5: 1 h x 150 = 150.00")]
    public void OvertimeOfTenRecords_CountsOverTheDayAndTheWeek(double? daily, double? weekly, string expected)
    {
        var line = TimeMonth.Line with { Overtime = new Overtime((decimal?)daily, (decimal?)weekly, 1.5m) };

        Assert.Equal(expected, TimeMonth.Text(TimeMonth.Of(line).Rate([.. Enumerable.Range(0, 10).Select(i => Records.Time($"{i}", 1, start: $"2024-09-10T{7 + i:00}:00Z"))])));
    }

    // Alga 4.
    [Fact]
    public void MinimumOfTenRecords_IsTakenOnceForATicketsDay() => Assert.Equal(
        "Role 1 time: 1 h x 100 = 100.00",
        TimeMonth.Text(TimeMonth.Of(TimeMonth.Line with { MinimumHours = 1, RoundedBy = RoundingScope.TicketDay }).Rate(
            [.. Enumerable.Range(0, 10).Select(i => Records.Time($"{i}", 0.05m, start: $"2024-09-10T{7 + i:00}:00Z") with { TicketId = "9" })])));

    // Alga 4: ten records of ten units never reached the second tier. 50 x 1.00 + 50 x 0.50 = 75.00.
    [Fact]
    public void TiersOfTenRecords_CountOverThePeriod() =>
        Assert.Equal(75, Use.Line(new GraduatedPrice([new Tier(50, 1), new Tier(null, 0.50m)])).Rate([.. Enumerable.Repeat(10m, 10)]).Total());

    // Alga 4: a minimum was taken of each record. 10 x 1.00 = 10.00, and 5.00 once to reach 15.00.
    [Fact]
    public void MinimumCommitmentOfTenRecords_IsTakenOnce() =>
        Assert.Equal([10, 5], (Use.Line(new PerUnitPrice(1)) with { Minimum = 15 }).Rate([.. Enumerable.Repeat(1m, 10)]).Lines.Select(line => line.Amount.Amount));

    // Alga 6: a region without a rate left the invoice untaxed.
    [Fact]
    public void MissingTaxRate_HoldsTheInvoice()
    {
        var bill = (new ClientMonth { Lines = [Items], Company = Records.Company() with { TaxCode = "FR" } }).Bill(Items50("1"));

        Assert.Empty(bill.Invoices);
        Assert.Equal(Reason.MissingTaxRate, Assert.Single(bill.Dispositions).Reason);
    }

    // Alga 6: the tax was that of the day on which the program ran. September at 23 %, though October, in which it is invoiced, has 21 %.
    [Fact]
    public void Tax_IsThatOfTheSupply()
    {
        var ireland = new TaxJurisdiction("IE", "Ireland", null, [new TaxRate("VAT", 23, Days.Between("2021-03-01", "2024-10-01")), new TaxRate("VAT", 21, Days.From("2024-10-01"))]);
        var bill = new ClientMonth { Lines = [Items], Settings = Records.Settings with { TaxJurisdictions = [ireland] } }.Bill(Items50("1"));

        Assert.Equal((Days.On("2024-10-01"), Eur(11.50m)), (bill.Invoices[0].InvoiceDate, bill.Invoices[0].Tax));
    }

    // Alga 8: the preview took the tax of each line, rounded up, and the invoice that of the sum. Three times 0.10 are 0.30, and 23 % of it 0.069.
    [Fact]
    public void TaxOfAPreview_IsThatOfTheInvoice()
    {
        Expense[] dimes = [Records.Expense("1", 1, 0.10m), Records.Expense("2", 1, 0.10m), Records.Expense("3", 1, 0.10m)];
        var bill = new ClientMonth { Lines = [Items] }.Bill(dimes);

        Assert.Equal((Eur(0.07m), Eur(0.07m)), (Assert.Single(bill.Invoices).Tax, Assert.Single(PreviewedBill.Of(bill, dimes).Invoices).Tax));
    }

    [Theory]
    // Alga 9: time that began in one period and ended in the next was billed in neither.
    [InlineData("2024-09-30T21:00Z", 9, 3)] // 22:00 to 01:00 in Dublin
    [InlineData("2024-09-30T22:59Z", 9, 3)]
    [InlineData("2024-09-30T23:00Z", 10, 3)] // from midnight
    [InlineData("2024-08-31T22:30Z", 8, 1)] // 23:30 to 00:30
    [InlineData("2024-10-31T23:30Z", 10, 1)] // Dublin is on winter time by then
    public void TimeOverAPeriodsEnd_IsBilledOnceInThePeriodOfItsStart(string start, int expected, decimal hours)
    {
        var entry = Records.Time("1", hours, start: start) with { End = Days.At(start).AddHours((double)hours) };
        var month = TimeMonth.Of(TimeMonth.Line with { AfterHoursFactor = 1.5m });
        var months = Enumerable.Range(8, 3).Where(number => Period.Month(2024, number) is var period && month.Directory.Attribute(entry).Month == period);

        Assert.Equal([expected], months);
        Assert.Equal(hours, (month with { Period = Period.Month(2024, expected) }).Rate(entry).Lines.Sum(line => line.Quantity));
    }

    // Alga 10: a discount that was linked to one line was taken off the whole invoice.
    [Fact]
    public void DiscountOfOneLine_IsTakenOffThatLineAlone()
    {
        var other = Lines.Expenses("Travel") with { Id = "travel", Match = new ActivityMatch { Skus = ["T"] } };
        var tenth = new DiscountLine { Id = "tenth", Service = "Discount", Percent = 10, Scope = DiscountScope.Lines, Targets = ["travel"] };

        var rated = AgreedMonth.Of(other, Items, tenth).Rate(Items50("1"), Items50("2") with { Sku = "T" });

        Assert.Equal([("travel", 5m), ("expenses", 0m)], rated.Lines.Select(line => (line.LineId, line.Discount.Amount)));
    }

    // Alga 11: a schedule of prices was that of every fixed line. 100.00 x 15/30 + 200.00 x 15/30 = 150.00, and the other fee stays.
    [Fact]
    public void PricesOfOneFeeByDate_LeaveTheOtherFee()
    {
        var dated = RecurringCase.Fee() with { Prices = [new DatedPrice(100, Days.Between("2024-01-01", "2024-09-16")), new DatedPrice(200, Days.From("2024-09-16"))] };

        Assert.Equal([150m, 70m], new RecurringCase(dated, RecurringCase.Fee(70) with { Id = "other" }).Rate().Lines.Select(line => line.Amount.Amount));
    }

    // Alga 11: where no price was found, the old one was billed.
    [Fact]
    public void DayWithoutAPrice_IsHeldAndNotBilledAtTheOldPrice()
    {
        var rated = new RecurringCase(Lines.Device("Server", 50) with { Prices = [new DatedPrice(50, Days.Between("2024-01-01", "2024-09-16"))] }).Rate(Records.Device("1"));

        Assert.Empty(rated.Lines);
        Assert.Equal((DispositionKind.Held, Reason.MissingDevicePrice), (rated.Dispositions[0].Kind, rated.Dispositions[0].Reason));
    }

    // Alga 18: revenue of several currencies was added up.
    [Fact]
    public void RevenueInTwoCurrencies_StaysApart()
    {
        var bill = new ClientMonth
        {
            Lines = [Lines.Fee()],
            Agreements = [Records.Agreement() with { MonthlyFee = 10 }, Records.Agreement("102") with { MonthlyFee = 20, CurrencyName = "US Dollar" }],
        }.Bill();
        var revenue = RevenueReport.Of(Days.September, [.. bill.Invoices.Select((draft, i) => IssuedInvoice.Of($"HL-{i}", bill, draft, "bill", "pdf"))]);

        Assert.Equal([Usd(20), Eur(10)], revenue.ByClient.Select(row => row.Net));
    }

    [Theory]
    // Alga 20: amounts were taken for hundredths whatever the currency. 1.25 x 8,750.5 = 10,938.125.
    [InlineData("JPY", 10938)]
    [InlineData("EUR", 10938.13)]
    [InlineData("KWD", 10938.125)]
    public void Amount_HasThePlacesOfItsCurrency(string currency, decimal expected)
    {
        var agreement = AgreedMonth.Agreement(Records.AgreementId, Lines.Time() with { Rates = [new TimeRate(8750.5m, Lines.Always)] }).In(Currency.Of(currency));

        Assert.Equal(new Money(expected, Currency.Of(currency)), Assert.Single(new AgreedMonth { Agreements = [agreement] }.Rate(Records.Time("1", 1.25m)).Lines).Amount);
    }

    private static Expense Items50(string id) => Records.Expense(id, 1, 50);
}
