using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

public sealed class TimeRatesTests
{
    // Nora Kelly (7), Role 1 (1), Remote, phase Cutover, on Tuesday 10 September.
    private static readonly TimeEntry Entry = Records.Time("1", 1) with { WorkType = "Remote", PhaseName = "Cutover" };

    private static TimeRate R(decimal price, string? phase = null, string? person = null, string? role = null, string? work = null, string from = "2024-01-01", string to = "2030-01-01") =>
        new(price, Days.Between(from, to), phase, person, role, work);

    public static TheoryData<TimeRate[], decimal> Ranked => new()
    {
        { [R(80)], 80 },
        { [R(80), R(90, work: "Remote")], 90 },
        { [R(90, work: "Remote"), R(100, role: "1")], 100 },
        { [R(100, role: "1"), R(110, person: "7")], 110 },
        { [R(110, person: "7"), R(120, phase: "Cutover")], 120 },
        { [R(120, phase: "Cutover"), R(110, person: "7"), R(100, role: "1"), R(90, work: "Remote"), R(80)], 120 },
        { [R(80), R(90, work: "Remote"), R(100, role: "1"), R(110, person: "7"), R(120, phase: "Cutover")], 120 },
        { [R(120, phase: "Planning"), R(110, person: "8"), R(100, role: "2"), R(90, work: "Onsite"), R(80)], 80 }, // none of the names fits
        { [R(110, person: "7"), R(130, person: "7", work: "Remote")], 130 }, // begun together: the one that names more
        { [R(130, person: "7", work: "Onsite"), R(100, role: "1")], 100 }, // fits only where both do
        { [R(130, person: "8", role: "1"), R(80)], 80 },
        { [R(105, role: "1", work: "Remote"), R(110, person: "7")], 110 }, // ranks by the first that it names
        { [R(106, phase: "Cutover", work: "Remote"), R(110, person: "7", role: "1", work: "Remote")], 106 },
        { [R(131, phase: "Cutover", role: "1"), R(132, phase: "Cutover", person: "7")], 131 }, // alike in all: the earlier in the list
        { [R(100, role: "1"), R(101, role: "1", from: "2024-09-01")], 101 }, // the later begun
        { [R(101, role: "1", from: "2024-09-01"), R(100, role: "1")], 101 },
        { [R(100, role: "1"), R(101, role: "1", from: "2024-09-10")], 101 }, // from its first day
        { [R(100, role: "1"), R(101, role: "1", from: "2024-09-11")], 100 }, // not before it
        { [R(100, role: "1"), R(101, role: "1", from: "2024-09-01", to: "2024-09-10")], 100 }, // its end is the first day after
        { [R(100, role: "1"), R(101, role: "1", from: "2024-09-01", to: "2024-09-11")], 101 },
        { [R(130, person: "7", work: "Remote"), R(110, person: "7", from: "2024-06-01")], 110 }, // of a rank, the later begun before the more particular
        { [R(110, person: "NORA kelly"), R(80)], 110 },
        { [R(100, role: "ROLE 1"), R(80)], 100 },
        { [R(90, work: "remote"), R(80)], 90 },
        { [R(120, phase: "cutover"), R(80)], 120 },
        { [R(0, person: "7"), R(80)], 80 }, // a rate of 0 is none
        { [R(-5, person: "7"), R(80)], 80 },
        { [R(99.995m, role: "1")], 99.995m },
    };

    [Theory]
    [MemberData(nameof(Ranked))]
    public void Rate_SeveralRates_TheMostParticularPricesTheEntry(TimeRate[] rates, decimal expected) =>
        Assert.Equal(expected, Assert.Single(TimeMonth.Of(Lines.Time() with { Rates = rates }).Rate(Entry).Lines).UnitPrice.Amount);

    public static TheoryData<TimeRate[], TimeRate[], decimal> Cards => new()
    {
        { [], [R(95)], 95 },
        { [R(80)], [R(95, role: "1")], 80 }, // any rate of the agreement goes before the card
        { [R(80, role: "2")], [R(95, role: "1")], 95 },
        { [], [R(95, role: "1"), R(96, person: "7"), R(97, work: "Remote")], 96 }, // the same ranks within the card
        { [], [R(95, role: "1", to: "2024-09-10"), R(94)], 94 },
        { [R(0)], [R(95)], 95 },
    };

    [Theory]
    [MemberData(nameof(Cards))]
    public void Rate_RateCard_PricesWhatTheAgreementDoesNot(TimeRate[] own, TimeRate[] card, decimal expected)
    {
        var month = TimeMonth.Of(Lines.Time() with { Rates = own }) with { Settings = Records.Settings with { RateCards = [new RateCard(Currencies.USD, [R(7)]), new RateCard(Currencies.EUR, card)] } };

        Assert.Equal(expected, Assert.Single(month.Rate(Entry).Lines).UnitPrice.Amount);
    }

    public static TheoryData<string?, string?, TimeRate[], string?, string?> Unpriced => new()
    {
        // Role, the agreement's currency, its rates; the card has role 1 at 95.00 EUR.
        { null, null, [], "missing-role", null },
        { "3", null, [], "missing-rate", "Role 3 in EUR on Gold support." },
        { "9", null, [], "missing-rate", "Role 9 in EUR on Gold support." },
        { "1", "US Dollar", [], "missing-rate", "Role 1 in USD on Gold support." }, // the card is in euro
        { null, "US Dollar", [], "missing-rate", "Nora Kelly in USD on Gold support." }, // with a role there would be no rate either
        { null, "US Dollar", [R(100, role: "1")], "missing-role", null },
        { null, "US Dollar", [R(100, role: "1", work: "Onsite")], "missing-rate", "Nora Kelly in USD on Gold support." },
        { null, "US Dollar", [R(100, role: "1", from: "2024-10-01")], "missing-rate", "Nora Kelly in USD on Gold support." },
        { "1", "US Dollar", [R(0), R(-1, role: "1")], "missing-rate", "Role 1 in USD on Gold support." },
        { null, null, [R(100, person: "7")], null, null }, // a person's rate asks for no role
        { null, null, [R(100)], null, null },
    };

    [Theory]
    [MemberData(nameof(Unpriced))]
    public void Rate_NoRate_IsHeldAndNeverFree(string? roleId, string? currencyName, TimeRate[] rates, string? reason, string? detail)
    {
        var month = TimeMonth.Of(Lines.Time() with { Rates = rates }) with { Agreements = [Records.Agreement() with { CurrencyName = currencyName }], References = [Records.Role("1", 95), Records.Role("3", null)] };

        var rated = month.Rate(Records.Time("1", 1, roleId) with { WorkType = "Remote" });

        var share = Assert.Single(rated.Dispositions);
        Assert.Equal(reason is null ? 1 : 0, rated.Lines.Count);
        Assert.Equal((reason is null ? DispositionKind.Billed : DispositionKind.Held, reason), (share.Kind, share.Reason?.Code));
        Assert.True(reason is null || share.Detail == detail, share.Detail);
    }

    [Theory]
    [InlineData("1", "Role 1 time")] // the role
    [InlineData(null, "Nora Kelly time")] // the person whose rate it is
    public void Rate_PersonsRate_IsNamedByTheRoleElseThePerson(string? roleId, string description) => Assert.Equal(
        description, Assert.Single(TimeMonth.Of(Lines.Time() with { Rates = [R(110, person: "7")] }).Rate(Records.Time("1", 1, roleId)).Lines).Description);

    [Theory]
    [InlineData("Remote", "Remote time")]
    [InlineData(null, "Time")]
    public void Rate_NeitherRoleNorPersonsRate_IsNamedByTheWorkType(string? workType, string description) =>
        Assert.Equal(description, Assert.Single(TimeMonth.Of(TimeMonth.Line).Rate(Records.Time("1", 1, null) with { WorkType = workType }).Lines).Description);

    [Theory]
    [InlineData("2024-09-10T09:00Z", 80)] // the agreement's, though the card says 95
    [InlineData("2024-09-20T09:00Z", 95)] // the agreement's has ended: the card's
    [InlineData("2024-09-15T22:59Z", 80)] // 15 September 23:59 in Dublin
    [InlineData("2024-09-15T23:00Z", 95)] // 16 September 00:00 in Dublin
    public void Rate_AgreementsOwnRate_GoesBeforeTheCardOnItsDays(string start, decimal rate)
    {
        var own = Records.RoleRate("1", 80) with { InForce = Days.Between("2024-01-01", "2024-09-16") };
        var month = TimeMonth.Of(Lines.Time()) with { References = [Records.Role("1", 95), own] };

        Assert.Equal(rate, Assert.Single(month.Rate(Records.Time("1", 1, start: start)).Lines).UnitPrice.Amount);
    }

    [Fact]
    public void Rate_ShiftOverMidnightIntoANewRate_HasTheRateOfItsStart()
    {
        var line = Lines.Time() with { Rates = [R(80), R(95, from: "2024-09-11")], AfterHoursFactor = 1 };

        Assert.Equal("Role 1 time: 4 h x 80 = 320.00", TimeMonth.Text(TimeMonth.Of(line).Rate(Records.Time("1", 4, start: "2024-09-10T21:00Z"))));
    }

    [Fact]
    public void Rate_ReclassifiedToARoleByName_HasTheRateThatThePsaKnowsByItsId()
    {
        var rule = new CustomRule("r", "As seniors", Lines.Always, new ActivityMatch(), new Reclassify(Role: "Role 2"));
        var month = TimeMonth.Of(Lines.Time()) with { References = [Records.Role("1", 95), Records.Role("2", 120)], Settings = Records.Settings with { Rules = [rule] } };

        Assert.Equal("Role 2 time: 1 h x 120 = 120.00", TimeMonth.Text(month.Rate(Entry)));
    }

    [Theory]
    [InlineData("Open", 2.5, 237.5)] // 2.50 h x 95.00
    [InlineData("Open", 0.333, 31.64)] // 31.635
    public void Estimate_HeldTime_IsWorthItsHoursAtItsRate(string status, decimal hours, decimal worth)
    {
        var month = TimeMonth.Of(Lines.Time()) with { References = [Records.Role("1", 95)] };

        Assert.Equal(Currencies.Eur(worth), Assert.Single(month.Rate(Records.Time("1", hours) with { Status = status }).Dispositions).Value);
    }
}
