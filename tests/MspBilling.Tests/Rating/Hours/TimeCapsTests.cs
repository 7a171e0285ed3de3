using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating.Hours;

public sealed class TimeCapsTests
{
    [Theory]
    [InlineData("1000", "0", "5@100 5@100", "0 0", null)] // exactly the cap
    [InlineData("1000", "0", "12.5@100", "250", "Ticket #4711: 1,250.00 so far, agreed not to exceed 1,000.00: 250.00 written down.")]
    [InlineData("1000", "0", "6@100 6.5@100", "0 250", "Ticket #4711: 1,250.00 so far, agreed not to exceed 1,000.00: 250.00 written down.")]
    [InlineData("1000", "0", "11@100 1@100 1@100", "100 100 100", "Ticket #4711: 1,300.00 so far, agreed not to exceed 1,000.00: 300.00 written down.")]
    [InlineData("1000", "600", "6.5@100", "250", "Ticket #4711: 600.00 billed before + 650.00 now = 1,250.00, agreed not to exceed 1,000.00: 250.00 written down.")]
    [InlineData("1000", "1000", "1@100", "100", "Ticket #4711: 1,000.00 billed before + 100.00 now = 1,100.00, agreed not to exceed 1,000.00: 100.00 written down.")]
    [InlineData("1000", "1200", "1@100", "100", "Ticket #4711: 1,200.00 billed before + 100.00 now = 1,300.00, agreed not to exceed 1,000.00: 100.00 written down.")] // a cap that was lowered takes back nothing
    [InlineData("0", "0", "1@100", "100", "Ticket #4711: 100.00 so far, agreed not to exceed 0.00: 100.00 written down.")]
    [InlineData("1", "0", "3@0.335", "0.01", "Ticket #4711: 1.01 so far, agreed not to exceed 1.00: 0.01 written down.")] // 1.005 - 1 = 0.005, rounded once
    [InlineData("1", "0", "1@1.004", "0", null)] // 0.004 is no cent
    [InlineData("1", "1", "1@0.005", "0.005", "Ticket #4711: 1.00 billed before + 0.01 now = 1.01, agreed not to exceed 1.00: 0.01 written down.")]
    public void WriteDown_Ticket_TakesTheLatestWorkFirst(string cap, string before, string work, string down, string? sentence)
    {
        var carried = new CarriedState([], [new RunningTotal(new CarriedKey("101", "time", "ticket/4711"), Number(before), Period.NoEnd)]);
        var rated = Case(new TimeCap(CapScope.Ticket, Number(cap)), [.. Pieces(work).Select(piece => piece with { Ticket = "4711" })]).Rate(Days.September, carried);

        Assert.Equal(down, Down(rated));
        Assert.Equal(sentence, rated.Of(LineKind.WriteDown).SingleOrDefault()?.Explanation.Sentence);
    }

    [Fact]
    public void WriteDown_Line_IsNegativeAndNamesItsSubject()
    {
        var line = Case(new TimeCap(CapScope.Ticket, 1_000), new Work("2024-09-10", 12.5m) { Ticket = "4711" }).Rate(Days.September).Of(LineKind.WriteDown).Single();

        Assert.Equal(("ticket/4711", -250m, 1m, -250m, "Support"), (line.Item, line.Amount.Amount, line.Quantity, line.UnitPrice.Amount, line.Service));
        Assert.Equal(["billedBefore 0", "now 1250", "cap 1000", "amount -250"], line.Explanation.Figures.Select(figure => FormattableString.Invariant($"{figure.Name} {figure.Value:0.##}")));
    }

    [Fact]
    public void WriteDown_EachTicket_HasItsOwnCap()
    {
        var rated = Case(
            new TimeCap(CapScope.Ticket, 150),
            new Work("2024-09-10", 2) { Ticket = "1" }, new Work("2024-09-11", 1) { Ticket = "2" }, new Work("2024-09-12", 1) { Ticket = "2" }, new Work("2024-09-13", 9)).Rate(Days.September);

        Assert.Equal("50 0 50 0", Down(rated)); // work without a ticket is under no ticket's cap
        Assert.Equal(["ticket/1", "ticket/2"], rated.Of(LineKind.WriteDown).Select(line => line.Item));
    }

    [Fact]
    public void WriteDown_CapOfOneTicket_GoesBeforeThatOfEach()
    {
        var rated = Case([new TimeCap(CapScope.Ticket, 100), new TimeCap(CapScope.Ticket, 250, "1")], new Work("2024-09-10", 3) { Ticket = "1" }, new Work("2024-09-11", 3) { Ticket = "2" }).Rate(Days.September);

        Assert.Equal("50 200", Down(rated));
    }

    [Theory]
    [InlineData("701", "100 0")]
    [InlineData("name of 701", "100 0")]
    [InlineData("Name of 70*", "100 100")]
    [InlineData("703", "0 0")]
    public void WriteDown_Project_IsFoundByIdOrName(string subject, string expected)
    {
        var rated = Case(new TimeCap(CapScope.Project, 100, subject), new Work("2024-09-10", 2) { Project = "701" }, new Work("2024-09-11", 2) { Project = "702" }).Rate(Days.September);

        Assert.Equal(expected, Down(rated));
    }

    [Fact]
    public void WriteDown_Project_SaysItsName()
    {
        Assert.Equal(
            "Project Name of 701: 200.00 so far, agreed not to exceed 150.00: 50.00 written down.",
            Case(new TimeCap(CapScope.Project, 150), new Work("2024-09-10", 2) { Project = "701" }).Rate(Days.September).Of(LineKind.WriteDown).Single().Explanation.Sentence);
    }

    [Fact]
    public void WriteDown_Month_CountsThePeriodAlone()
    {
        var rated = Case(new TimeCap(CapScope.Month, 500), new Work("2024-08-10", 4), new Work("2024-09-10", 4), new Work("2024-09-11", 3), new Work("2024-10-10", 5)).RateAll(RetainerCase.Months("2024-08", 3));

        Assert.Equal(["0", "0 200", "0"], rated.Select(Down));
        Assert.Equal("September 2024: 700.00 so far, agreed not to exceed 500.00: 200.00 written down.", rated[1].Of(LineKind.WriteDown).Single().Explanation.Sentence);
        Assert.All(rated, month => Assert.Empty(month.Carried.Totals));
    }

    [Fact]
    public void WriteDown_MonthOfOneProject_LeavesOtherWorkAlone()
    {
        var rated = Case(new TimeCap(CapScope.Month, 100, "701"), new Work("2024-09-10", 4) { Project = "701" }, new Work("2024-09-11", 3)).Rate(Days.September);

        Assert.Equal("300 0", Down(rated));
        Assert.Equal("month/701", rated.Of(LineKind.WriteDown).Single().Item);
    }

    [Fact]
    public void WriteDown_MonthWithTwoVersions_GoesOnFromOneToTheOther()
    {
        var line = RetainerCase.Support with { Caps = [new TimeCap(CapScope.Month, 500)] };
        var rated = new RetainerCase
        {
            Versions = [new AgreementVersion(1, Days.Between("2024-01-01", "2024-09-16"), [line], []), new AgreementVersion(2, Days.From("2024-09-16"), [line], [])],
            Work = [new Work("2024-09-10", 4), new Work("2024-09-20", 3)],
        }.Rate(Days.September);

        Assert.Equal("0 200", Down(rated));
        Assert.Empty(rated.Carried.Totals);
    }

    [Fact]
    public void WriteDown_OverSeveralPeriods_NeverExceedsTheCap()
    {
        var rated = Case(
            new TimeCap(CapScope.Ticket, 1_000),
            new Work("2024-07-10", 4) { Ticket = "1" }, new Work("2024-08-10", 7) { Ticket = "1" }, new Work("2024-08-11", 1) { Ticket = "2" }, new Work("2024-10-10", 2) { Ticket = "1" }).RateAll(RetainerCase.Months("2024-07", 4));

        Assert.Equal(["0", "100 0", "", "200"], rated.Select(Down)); // 400 + 700 - 100 = 1,000; nothing in September; 200 - 200
        Assert.Equal(["ticket/1 400", "ticket/1 1000, ticket/2 100", "ticket/1 1000, ticket/2 100", "ticket/1 1000, ticket/2 100"], rated.Select(Totals));
        Assert.All(rated, month => Assert.All(month.Carried.Totals, total => Assert.Equal(Period.NoEnd, total.Until)));
    }

    [Fact]
    public void WriteDown_CapsTogether_ApplyInTheOrderTicketProjectMonth()
    {
        var rated = Case(
            [new TimeCap(CapScope.Month, 500), new TimeCap(CapScope.Project, 400), new TimeCap(CapScope.Ticket, 300)],
            new Work("2024-09-10", 4) { Ticket = "1", Project = "701" }, new Work("2024-09-11", 2) { Ticket = "2", Project = "701" }, new Work("2024-09-12", 2)).Rate(Days.September);

        // Ticket 1: 400 - 300 = 100. Project: 300 + 200 - 400 = 100, of the later. Month: 300 + 100 + 200 - 500 = 100, of the last.
        Assert.Equal("100 100 100", Down(rated));
        Assert.Equal(["ticket/1 -100.00", "project/701 -100.00", "month -100.00"], rated.Of(LineKind.WriteDown).Select(line => $"{line.Item} {line.Amount.Amount.ToString(CultureInfo.InvariantCulture)}"));
        Assert.Equal(500, rated.Total.Amount);
    }

    [Fact]
    public void WriteDown_OtherTimeLines_AreNotCapped()
    {
        Assert.Equal("100 0", Down(Case(new TimeCap(CapScope.Month, 100), new Work("2024-09-10", 2), new Work("2024-09-11", 9, Service: "Projects")).Rate(Days.September)));
    }

    [Fact]
    public void WriteDown_HoursThatARetainerCovers_DoNotCount()
    {
        var line = RetainerCase.Support with { Caps = [new TimeCap(CapScope.Month, 100)] };
        var rated = new RetainerCase
        {
            Versions = [new AgreementVersion(1, Days.From("2024-01-01"), [RetainerCase.Hours(5), line], [])],
            Work = [new Work("2024-09-10", 7)],
        }.Rate(Days.September);

        Assert.Equal("100", Down(rated)); // 2 of 7 h x 100 = 200, less 100
    }

    [Fact]
    public void WriteDown_Yen_IsInWholeYen()
    {
        var rated = (Case(new TimeCap(CapScope.Month, 5_000), new Work("2024-09-10", 0.5m, 3333.5m), new Work("2024-09-11", 1, 3333.5m)) with { Currency = Currencies.JPY }).Rate(Days.September);

        Assert.Empty(rated.Of(LineKind.WriteDown)); // 5,000.25 - 5,000 = 0.25 is no yen
        Assert.Equal(5_000, rated.Total.Amount);
    }

    [Fact]
    public void WriteDown_RatedAgainFromTheSameCarried_IsTheSame()
    {
        var @case = Case(new TimeCap(CapScope.Project, 1_000), new Work("2024-08-10", 8) { Project = "701" }, new Work("2024-09-10", 8) { Project = "701" });
        var august = @case.Rate(RetainerCase.Months("2024-08", 1)[0]);

        Assert.Equal("600", Down(@case.Rate(Days.September, august.Carried)));
        Assert.Equal("600", Down(@case.Rate(Days.September, august.Carried)));
    }

    private static RetainerCase Case(TimeCap cap, params Work[] work) => Case([cap], work);

    private static RetainerCase Case(TimeCap[] caps, params Work[] work) =>
        new() { Versions = [new AgreementVersion(1, Days.From("2024-01-01"), [RetainerCase.Support with { Caps = caps }, RetainerCase.Projects], [])], Work = work };

    private static Work[] Pieces(string work) => [.. work.Split(' ').Select((text, i) => new Work($"2024-09-{i + 10}", Number(text.Split('@')[0]), Number(text.Split('@')[1])))];

    private static string Down(RatedWork rated) => string.Join(' ', rated.WrittenDown.Select(down => down.ToString("0.####", CultureInfo.InvariantCulture)));

    private static string Totals(RatedWork rated) => string.Join(", ", rated.Carried.Totals.Select(total => $"{total.Key.Subject} {total.Amount.ToString("0.##", CultureInfo.InvariantCulture)}"));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
