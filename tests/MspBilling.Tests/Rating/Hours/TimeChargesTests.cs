using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating;

public sealed class TimeChargesTests
{
    private static readonly ClientMonth Month = TimeMonth.Of(Lines.Time("Support", 0.25m, 0.25m)) with { References = [Records.Role("1", 95), Records.Role("2", 120)] };

    [Fact]
    public void Rate_TwentyQuarterHours_AreOneLineRoundedOnce()
    {
        var line = Assert.Single(Month.Rate([.. Enumerable.Range(1, 20).Select(i => Records.Time($"{i}", 0.25m))]).Lines);

        Assert.Equal((5.00m, Eur(475), "Role 1@95"), (line.Quantity, line.Amount, line.Item));
        Assert.Equal("5.00 h x 95.00 an hour = 475.00. Each entry is charged in steps of 0.25 h, at least 0.25 h.", line.Explanation.Sentence);
        Assert.Equal([("hours", 5m), ("unitPrice", 95m), ("amount", 475m), ("increment", 0.25m), ("minimum", 0.25m)], line.Explanation.Figures.Select(figure => (figure.Name, figure.Value)));
        Assert.Equal(20, line.Details.Count);
    }

    [Theory]
    // The span in Dublin and what of it stands on which line, at 100.00.
    [InlineData("2024-09-10T16:00Z", 2, "Role 1 time: 1 h x 100 = 100.00; Role 1 time, after hours x 1.5: 1 h x 150 = 150.00")]
    [InlineData("2024-09-10T22:00Z", 3, "Role 1 time, after hours x 1.5: 3 h x 150 = 450.00")] // over midnight
    [InlineData("2024-09-14T10:00Z", 1, "Role 1 time, holiday x 2.5: 1 h x 250 = 250.00")] // a holiday on a Saturday
    [InlineData("2024-09-13T22:00Z", 2, "Role 1 time, after hours x 1.5: 1 h x 150 = 150.00; Role 1 time, holiday x 2.5: 1 h x 250 = 250.00")]
    [InlineData("2024-09-15T22:00Z", 10, "Role 1 time: 1 h x 100 = 100.00; Role 1 time, after hours x 1.5: 8 h x 150 = 1200.00; Role 1 time, weekend x 2: 1 h x 200 = 200.00")] // Sunday 23:00 to Monday 09:00
    public void Rate_SpanOverBoundaries_IsBilledByItsFactors(string start, decimal hours, string expected)
    {
        var rated = TimeMonth.Of(TimeMonth.Line with { AfterHoursFactor = 1.5m, WeekendFactor = 2, HolidayFactor = 2.5m }).Rate(Records.Time("1", hours, start: start));

        Assert.Equal(expected, TimeMonth.Text(rated));
        Assert.Equal(hours, rated.Dispositions.Sum(share => share.Quantity.Hours));
        Assert.Equal(rated.Lines.Select(line => line.Description).Order(), rated.Dispositions.Select(share => share.Detail).Distinct().Order());
    }

    [Theory]
    [InlineData("Europe/Dublin", "2024-10-26T21:00Z", 9, "Role 1 time, weekend x 2: 9 h x 200 = 1800.00")] // 22:00 to 06:00
    [InlineData("Europe/Dublin", "2024-03-30T22:00Z", 7, "Role 1 time, weekend x 2: 7 h x 200 = 1400.00")]
    [InlineData("Australia/Lord_Howe", "2024-10-05T11:30Z", 7.5, "Role 1 time, weekend x 2: 7.5 h x 200 = 1500.00")]
    public void Rate_NightOfAClockChange_BillsWhatElapsed(string zone, string start, decimal hours, string expected)
    {
        var month = TimeMonth.Of(TimeMonth.Line with { WeekendFactor = 2 });
        month = month with { Period = Period.MonthOf(Days.On(start[..10])), Settings = month.Settings with { DefaultTimeZone = zone } };

        Assert.Equal(expected, TimeMonth.Text(month.Rate(Records.Time("1", hours, start: start) with { AgreementId = null })));
    }

    [Fact]
    public void Rate_Factor_IsExplained()
    {
        var line = Assert.Single(TimeMonth.Of(TimeMonth.Line with { AfterHoursFactor = 1.5m }).Rate(Records.Time("1", 2, start: "2024-09-10T18:00Z")).Lines);

        Assert.Equal(("2.00 h x 150.00 an hour = 300.00. 150.00 is 100.00 x 1.5, after hours.", "Role 1@150, after hours x 1.5"), (line.Explanation.Sentence, line.Item));
        Assert.Equal([("hours", 2m), ("unitPrice", 150m), ("amount", 300m), ("rate", 100m), ("factor", 1.5m)], line.Explanation.Figures.Select(figure => (figure.Name, figure.Value)));
    }

    public static TheoryData<RuleEffect[], string, string> Effects => new()
    {
        // 2 h after hours at 100.00 x 1.5.
        { [new SetPrice(80)], "Role 1 time (Rule 0): 2 h x 80 = 160.00", "The price is set by Rule 0." }, // instead of any other
        { [new MultiplyPrice(1.2m)], "Role 1 time, after hours x 1.5 (Rule 0): 2 h x 180 = 360.00", "180.00 is 100.00 x 1.5, after hours x 1.2, by Rule 0." },
        { [new SetPrice(80), new MultiplyPrice(1.5m)], "Role 1 time (Rule 0, Rule 1): 2 h x 120 = 240.00", "120.00 is 80.00 x 1.5, set by Rule 0, Rule 1." },
        { [new SetPrice(0)], "Role 1 time (Rule 0): 2 h x 0 = 0.00", "The price is set by Rule 0." }, // a rule's nothing is a price
    };

    [Theory]
    [MemberData(nameof(Effects))]
    public void Rate_CustomRules_ChangeThePriceOnALineOfItsOwn(RuleEffect[] effects, string expected, string sentence)
    {
        var rules = effects.Select((effect, i) => new CustomRule($"r{i}", $"Rule {i}", Lines.Always, new ActivityMatch { WorkTypes = ["Special"] }, effect)).ToList();
        var month = TimeMonth.Of(TimeMonth.Line with { AfterHoursFactor = 1.5m });

        var rated = (month with { Settings = month.Settings with { Rules = rules } }).Rate(
            Records.Time("1", 2, start: "2024-09-10T18:00Z") with { WorkType = "Special" }, Records.Time("2", 1, start: "2024-09-10T18:00Z"));

        var line = Assert.Single(rated.Lines, line => line.Rules is not null);
        Assert.Equal(expected, TimeMonth.Text(rated with { Lines = [line] }));
        Assert.EndsWith(sentence, line.Explanation.Sentence, StringComparison.Ordinal);
        Assert.Equal(rules.Select(rule => rule.Id), line.Rules);
        Assert.Equal(2, rated.Lines.Select(rest => rest.Key).Distinct().Count());
    }

    [Fact]
    public void Rate_SetPrice_NeedsNoRate() => Assert.Equal(
        "Role 9 time (Flat): 1 h x 70 = 70.00",
        TimeMonth.Text((Month with { Settings = Month.Settings with { Rules = [new CustomRule("r", "Flat", Lines.Always, new ActivityMatch(), new SetPrice(70))] } }).Rate(Records.Time("1", 1, "9"))));

    // At one price, and of one role: the title tells which time a rule limits.
    [Fact]
    public void Rate_RuleThatCaps_IsNamedByTheTitle() => Assert.Equal(
        "Role 1 time: 1 h x 95 = 95.00; Role 1 time (Small jobs): 2 h x 95 = 190.00",
        TimeMonth.Text((Month with { Settings = Month.Settings with { Rules = [new CustomRule("r", "Small jobs", Lines.Always, new ActivityMatch { WorkTypes = ["Small"] }, new CapAmount(500))] } }).Rate(
            Records.Time("1", 1), Records.Time("2", 2) with { WorkType = "Small" })));

    [Theory]
    [InlineData(null, "Build, Role 1 time: 2 h x 140 = 280.00; Cutover, Role 1 time: 3 h x 140 = 420.00; Role 1 time: 1 h x 100 = 100.00")] // two phases at one price
    [InlineData("Project work", "Project work: Build, Role 1: 2 h x 140 = 280.00; Project work: Cutover, Role 1: 3 h x 140 = 420.00; Project work: Role 1: 1 h x 100 = 100.00")]
    public void Rate_RatesOfPhases_AreNamedByTheTitle(string? description, string expected)
    {
        var line = TimeMonth.Line with { Description = description };
        var month = TimeMonth.Of(line with { Rates = [.. line.Rates, new TimeRate(140, Lines.Always, Phase: "Build"), new TimeRate(140, Lines.Always, Phase: "Cutover")] }) with { References = [Records.Project("701")] };

        Assert.Equal(expected, TimeMonth.Text(month.Rate(
            Phase("1", 1, "Planning"), Phase("2", 2, "Build"), Phase("3", 3, "cutover"))));

        static TimeEntry Phase(string id, decimal hours, string phase) => Records.Time(id, hours) with { ProjectId = "701", PhaseName = phase };
    }

    [Fact]
    public void Rate_RateChangedInTheMonth_IsALineARate()
    {
        var own = Records.RoleRate("1", 80) with { InForce = Days.Between("2024-01-01", "2024-09-16") };

        var rated = (Month with { References = [.. Month.References, own] }).Rate(
            Records.Time("1", 1, start: "2024-09-20T09:00Z"), Records.Time("2", 2, start: "2024-09-02T09:00Z"), Records.Time("3", 1, roleId: "2"));

        Assert.Equal("Role 1 time: 2 h x 80 = 160.00; Role 1 time: 1 h x 95 = 95.00; Role 2 time: 1 h x 120 = 120.00", TimeMonth.Text(rated));
    }

    [Fact]
    public void Rate_Lines_StandInOrdinalOrderOnAnyMachine() => Assert.Equal(
        ["Zebra time", "abc time", "Ångström time"],
        Month.Rate(Records.Time("1", 1) with { RoleName = "Ångström" }, Records.Time("2", 1) with { RoleName = "abc" }, Records.Time("3", 1) with { RoleName = "Zebra" }).Lines.Select(line => line.Description));

    [Fact]
    public void Rate_LineWithADescription_IsPrintedAsIs() => Assert.Equal(
        "Labour: 1 h x 100 = 100.00; Labour, after hours x 1.5: 1 h x 150 = 150.00",
        TimeMonth.Text(TimeMonth.Of(TimeMonth.Line with { Description = "Labour", AfterHoursFactor = 1.5m }).Rate(Records.Time("1", 2, start: "2024-09-10T16:00Z"))));

    [Theory]
    [InlineData("JPY", 9500, 0.30, "2850")] // 0.30 h x 9,500
    [InlineData("JPY", 9501, 0.50, "4751")] // 4,750.5 away from zero
    [InlineData("KWD", 31.125, 0.30, "9.338")] // 9.3375
    public void Rate_OtherMinorUnits_RoundToTheirOwn(string currency, decimal rate, decimal hours, string amount)
    {
        var month = TimeMonth.Of(Lines.Time() with { Rates = [new TimeRate(rate, Lines.Always)] }) with { Agreements = [Records.Agreement() with { CurrencyName = currency }] };

        Assert.Equal($"{amount} {currency}", Assert.Single(month.Rate(Records.Time("1", hours)).Lines).Amount.ToString());
    }

    [Fact]
    public void Rate_OtherCurrencyWithARateOfItsOwn_IsBilledInIt()
    {
        var month = Month with { Agreements = [Records.Agreement() with { CurrencyName = "US Dollar" }], References = [.. Month.References, Records.RoleRate("1", 110)] };

        Assert.Equal(Usd(110), Assert.Single(month.Rate(Records.Time("1", 1)).Lines).Amount);
    }

    [Theory]
    [InlineData(0.50, "Printer", "Toner", "Printer", "Toner", "Printer: Toner", null)]
    [InlineData(0.42, "Printer", null, "Printer", null, "Printer", "0.42 h worked")]
    [InlineData(0.42, " ", "Toner", "", "Toner", "Toner", "0.42 h worked")]
    [InlineData(0.50, null, null, "Remote", null, "Remote", null)]
    public void Rate_Detail_SaysWhatWasWorked(decimal worked, string? summary, string? notes, string description, string? kept, string text, string? treatment)
    {
        var detail = Assert.Single(Assert.Single(Month.Rate(
            Records.Time("1", worked, start: "2024-09-30T22:30Z") with { TicketId = "9", TicketSummary = summary, Notes = notes, WorkType = "Remote" }).Lines).Details);

        Assert.Equal((Days.On("2024-09-30"), "Nora Kelly", "#9", 0.50m, "h", treatment), (detail.Date, detail.Who, detail.Reference, detail.Quantity, detail.Unit, detail.Treatment));
        Assert.Equal((description, kept, text), (detail.Description, detail.Notes, detail.Text()));
    }

    [Fact]
    public void Rate_DetailOfManyRows_SharesTheWordsOfItsTreatment()
    {
        var rows = Assert.Single(Month.Rate(Records.Time("1", 0.42m) with { TicketId = "9" }, Records.Time("2", 0.42m) with { TicketId = "9" }).Lines).Details;

        Assert.Equal(("#9", "#9"), (rows[0].Reference, rows[1].Reference));
        Assert.Same(rows[0].Treatment, rows[1].Treatment);
    }

    [Fact]
    public void Rate_AnyOrderOfEntries_GivesTheSameDetail()
    {
        TimeEntry[] entries = [.. Enumerable.Range(0, 40).Select(i => Records.Time($"{i}", 0.3m + (i % 7), start: $"2024-09-{1 + (i % 5):00}T{15 + (i % 3)}:00Z") with { TechnicianId = $"{i % 2}" })];
        var month = TimeMonth.Of(TimeMonth.Line with { AfterHoursFactor = 1.5m, Overtime = new Overtime(8, 30, 1.25m) });

        var (one, other) = (month.Rate(entries), month.Rate([.. entries.Reverse()]));

        Assert.Equal(TimeMonth.Text(one), TimeMonth.Text(other));
        Assert.Equal(one.Lines.SelectMany(line => line.Details), other.Lines.SelectMany(line => line.Details));
        Assert.Equal(one.Dispositions, other.Dispositions);
        Assert.Empty(Conservation.Violations(entries, one.Dispositions));
    }
}
