using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Recurring;

public sealed class DeviceChargesTests
{
    private static readonly ClientMonth Month = new()
    {
        Lines = [Lines.Device("Server", 49.50m), Lines.Device("Workstation", 12), Lines.Device("Sensor", 0.335m), Lines.Device("Lab", 0)],
    };

    [Theory]
    [InlineData("Server", 2, 99, "2 counted on 2024-09-30 x 49.50 a month = 99.00.")]
    [InlineData("Workstation", 1, 12, "1 counted on 2024-09-30 x 12.00 a month = 12.00.")]
    [InlineData("Sensor", 3, 1.01, "3 counted on 2024-09-30 x 0.335 a month = 1.01.")] // 1.005
    [InlineData("Lab", 4, 0, "4 counted on 2024-09-30 x 0.00 a month = 0.00.")] // a price of zero was set, and so is meant
    public void Rate_DevicesOfAType_AreOneLine(string type, int count, decimal expected, string sentence)
    {
        var rated = Month.Rate([.. Enumerable.Range(1, count).Select(i => Records.Device($"{i}", type))]);

        var line = Assert.Single(rated.Lines);
        Assert.Equal((Eur(expected), count, type + " management", sentence), (line.Amount, line.Quantity, line.Description, line.Explanation.Sentence));
        Assert.Equal(count, line.Details.Count);
        Assert.Equal(count, rated.Dispositions.Count(d => d.Kind == DispositionKind.Billed));
    }

    [Fact]
    public void Rate_SeveralLines_AreInTheOrderOfTheAgreement() => Assert.Equal(
        ["Server management", "Workstation management"],
        Month.Rate(Records.Device("1", "Workstation"), Records.Device("2"), Records.Device("3", "Workstation")).Lines.Select(line => line.Description));

    [Fact]
    public void Rate_LineWithoutADescription_IsOneForEachType()
    {
        var lines = new RecurringCase(Lines.Device("Server", 10) with { Description = null, Match = null }).Rate(Records.Device("1", "Workstation"), Records.Device("2"), Records.Device("3", "Workstation")).Lines;

        Assert.Equal([("Server", "Server management", 1m), ("Workstation", "Workstation management", 2m)], lines.Select(line => (line.Item, line.Description, line.Quantity)));
    }

    [Fact]
    public void Rate_TypeWithoutAPrice_IsHeld()
    {
        var rated = Month.Rate(Records.Device("1", "Printer"), Records.Device("2"));

        Assert.Equal(Eur(49.50m), Assert.Single(rated.Lines).Amount);
        var held = Assert.Single(rated.Dispositions, d => d.Kind == DispositionKind.Held);
        Assert.Equal((Reason.MissingDevicePrice, "Printer HOST-1."), (held.Reason, held.Detail));
    }

    [Fact]
    public void Rate_PriceThatBeginsLater_HoldsThem()
    {
        var rated = new RecurringCase(Lines.Device("Server", 0) with { Prices = [new DatedPrice(50, Days.From("2024-09-02"))] }).Rate(Records.Device("1"));

        Assert.Empty(rated.Lines);
        Assert.Equal((Reason.MissingDevicePrice, "Server HOST-1."), (Assert.Single(rated.Dispositions).Reason, rated.Dispositions[0].Detail));
    }

    [Theory]
    [InlineData("2024-09-30", 1)] // whole, whatever the day
    [InlineData("2024-10-01", 0)]
    [InlineData(null, 1)]
    public void Bill_InstalledOn_CountsBeforeThePeriodsEnd(string? installedOn, int counted) =>
        Assert.Equal(counted, Month.Bill(Records.Device("1") with { InstalledOn = installedOn is null ? null : Days.On(installedOn) }).Dispositions.Count);

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Rate_InactiveOrNotBilled_IsNonBillable(bool active, bool billed) =>
        Assert.Equal(Reason.Inactive, Assert.Single(Month.Rate(Records.Device("1") with { IsActive = active, IsBilled = billed }).Dispositions).Reason);

    [Fact]
    public void Rate_NoAgreementBillsDevices_IsNonBillable() =>
        Assert.Equal(Reason.DevicesNotPriced, Assert.Single((Month with { Lines = [Lines.Additions()] }).Rate(Records.Device("1")).Dispositions).Reason);

    [Fact]
    public void Rate_TwoAgreementsBillDevices_IsHeld()
    {
        var held = Assert.Single((Month with { Agreements = [Records.Agreement("101", "Gold A"), Records.Agreement("102", "Gold B")] }).Rate(Records.Device("1")).Dispositions);

        Assert.Equal((Reason.SeveralAgreements, "Gold A or Gold B."), (held.Reason, held.Detail));
    }

    [Theory]
    [InlineData("2024-09-16", "2025-01-01", 49.50, "2 counted on 2024-09-30 x 49.50 a month x 15 of 30 days (2024-09-16 to 2024-09-30) = 49.50.")]
    [InlineData("2024-01-01", "2024-09-21", 66, "2 counted on 2024-09-20 x 49.50 a month x 20 of 30 days (2024-09-01 to 2024-09-20) = 66.00.")]
    public void Rate_AgreementOfAPartOfTheMonth_PaysItsPart(string start, string end, decimal expected, string sentence)
    {
        var rated = (Month with { Agreements = [Records.Agreement() with { Term = Days.Between(start, end) }] }).Rate(Records.Device("1"), Records.Device("2"));

        Assert.Equal((Eur(expected), sentence), (Assert.Single(rated.Lines).Amount, rated.Lines[0].Explanation.Sentence));
        Assert.All(rated.Dispositions, d => Assert.Equal(DispositionKind.Billed, d.Kind));
    }

    [Fact]
    public void Rate_AgreementReplacedMidMonth_PaysBothParts()
    {
        var old = Records.Agreement("101") with { Term = Days.Between("2024-01-01", "2024-09-11") };
        var next = Records.Agreement("102") with { Term = Days.From("2024-09-11") };

        var rated = (Month with { Agreements = [old, next] }).Rate(Records.Device("1"));

        Assert.Equal([Eur(16.50m), Eur(33)], rated.Lines.Select(line => line.Amount)); // 49.50 x 10/30 and x 20/30
        Assert.Equal(DispositionKind.Billed, Assert.Single(rated.Dispositions).Kind);
    }

    [Theory]
    // Installed on, amounts: 45.00 to 10 September, 60.00 from the 11th on, in a new version.
    [InlineData(null, "15.00 40.00")]
    [InlineData("2024-09-10", "15.00 40.00")]
    [InlineData("2024-09-11", "40.00")]
    [InlineData("2024-09-30", "40.00")]
    public void Rate_NewVersion_EachCountsItsDays(string? installedOn, string expected)
    {
        var given = new RecurringCase(Lines.Device("Server", 45)) { Changes = [Days.On("2024-09-11")], Then = [Lines.Device("Server", 60)] };

        var rated = given.Rate(Records.Device("1") with { InstalledOn = installedOn is null ? null : Days.On(installedOn) });

        Assert.Equal(expected, string.Join(' ', rated.Lines.Select(line => FormattableString.Invariant($"{line.Amount.Amount}"))));
        Assert.Equal(DispositionKind.Billed, Assert.Single(rated.Dispositions).Kind);
    }

    [Theory]
    // Months, anchor, advance, month, installed on, counted on; none where nothing is due.
    [InlineData(1, "2024-01-15", false, 9, "2024-09-14", "2024-09-14")]
    [InlineData(1, "2024-01-15", false, 9, "2024-09-15", null)] // counts with the next cycle
    [InlineData(1, "2024-01-15", true, 9, "2024-09-30", "2024-09-30")]
    [InlineData(3, "2024-01-01", true, 7, "2024-07-31", "2024-07-31")]
    [InlineData(3, "2024-01-01", true, 8, null, null)]
    [InlineData(3, "2024-01-01", false, 8, null, null)]
    [InlineData(3, "2024-01-01", false, 9, "2024-09-30", "2024-09-30")]
    public void Rate_OtherCycles_CountOnTheLastDayThatIsKnown(int months, string anchor, bool advance, int month, string? installedOn, string? countedOn)
    {
        var line = Lines.Device("Server", 50) with { CycleMonths = months, Anchor = Days.On(anchor), Timing = advance ? BillingTiming.Advance : BillingTiming.Arrears };

        var rated = new RecurringCase(line).Rate(Period.Month(2024, month), Records.Device("1") with { InstalledOn = installedOn is null ? null : Days.On(installedOn) });

        Assert.Equal(countedOn is null ? "" : $"1 counted on {countedOn}", string.Concat(rated.Lines.Select(l => l.Explanation.Sentence.Split(" x ")[0])));
        Assert.Equal(countedOn is null ? Reason.NotDue : null, Assert.Single(rated.Dispositions).Reason);
    }

    [Fact]
    public void Rate_FreeTrial_CoversThem()
    {
        var rated = new RecurringCase(Lines.Device("Server", 50) with { Trial = new Trial(Days.On("2024-10-01")) }).Rate(Records.Device("1"));

        Assert.Equal("1 counted on 2024-09-30 x 50.00 a month x 0 % (free trial to 2024-09-30) = 0.00.", Assert.Single(rated.Lines).Explanation.Sentence);
        Assert.Equal(Reason.Trial, Assert.Single(rated.Dispositions).Reason);
    }

    [Fact]
    public void Rate_Tiers_CountAllTypesTogether()
    {
        var line = Lines.Device("Server", 0) with { Description = null, Match = null, Prices = [], Pricing = new GraduatedPrice([new Tier(2, 50), new Tier(null, 40)]) };

        var rated = Assert.Single(new RecurringCase(line).Rate(Records.Device("1"), Records.Device("2", "Workstation"), Records.Device("3")).Lines);

        Assert.Equal((Eur(140), 3m), (rated.Amount, rated.Quantity)); // 2 x 50 + 1 x 40
    }

    [Fact]
    public void Rate_CustomRule_ChangesThePriceOnALineOfItsOwn()
    {
        var rules = new[] { new CustomRule("lab", "Lab price", Lines.Always, new ActivityMatch { Tags = ["lab"] }, new SetPrice(5)) };

        var lines = new RecurringCase(Lines.Device("Server", 50)) { Rules = rules }.Rate(Records.Device("1") with { Tags = ["lab"] }, Records.Device("2")).Lines;

        Assert.Equal(
            ["1 counted on 2024-09-30 x 5.00 a month = 5.00. By Lab price.", "1 counted on 2024-09-30 x 50.00 a month = 50.00."],
            lines.OrderBy(line => line.Amount).Select(line => line.Explanation.Sentence));
    }

    [Fact]
    public void Rate_CycleThatALaterVersionChargesWhole_IsNotBilledBeforeItIsDue()
    {
        // July to December at 300.00, of which the first version has 76 days; the second charges the whole with December.
        var given = new RecurringCase(Lines.Device("Server", 300) with { CycleMonths = 6, Proration = Proration.None }) { Term = Days.From("2024-07-01"), Changes = [Days.On("2024-09-15")] };

        var september = given.Rate(Records.Device("1"));
        Assert.Empty(september.Lines);
        Assert.Equal((DispositionKind.Covered, Reason.NotDue), (Assert.Single(september.Dispositions).Kind, september.Dispositions[0].Reason));

        var december = given.Rate(Period.Month(2024, 12), Records.Device("1"));
        Assert.Equal((Eur(300), DispositionKind.Billed), (Assert.Single(december.Lines).Amount, Assert.Single(december.Dispositions).Kind));
    }

    [Fact]
    public void Rate_InstalledUnderAVersionThatWaivesIt_IsNotBilledByTheOneBefore()
    {
        var line = Lines.Device("Server", 50);
        var waive = new CustomRule("own", "Our own", Lines.Always, new ActivityMatch { DeviceTypes = ["Server"] }, new Waive());
        var agreement = AgreedMonth.Agreement(Records.AgreementId) with
        {
            Versions = [new AgreementVersion(1, Days.Between("2024-01-01", "2024-09-16"), [line], []), new AgreementVersion(2, Days.From("2024-09-16"), [line], [waive])],
        };

        var rated = new AgreedMonth { Agreements = [agreement] }.Rate(Records.Device("1") with { InstalledOn = Days.On("2024-09-20") });

        Assert.Empty(rated.Lines);
        Assert.Equal((DispositionKind.Covered, Reason.NotDue), (Assert.Single(rated.Dispositions).Kind, rated.Dispositions[0].Reason));
    }
}
