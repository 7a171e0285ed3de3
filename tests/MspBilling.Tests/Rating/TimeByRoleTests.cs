using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating;

public sealed class TimeByRoleTests
{
    private static readonly ClientMonth Month = new()
    {
        Lines = [new TimeLine("Support", MinimumHours: 0.25m, IncrementHours: 0.25m)],
        References = [Records.Role("1", 95), Records.Role("2", 120), Records.Role("3", null)],
    };

    [Fact]
    public void Rate_TwentyQuarterHours_AreOneLineRoundedOnce()
    {
        var line = Assert.Single(Month.Rate([.. Enumerable.Range(1, 20).Select(i => Records.Time($"{i}", 0.25m))]).Lines);

        Assert.Equal((5.00m, Eur(475)), (line.Quantity, line.Amount));
        Assert.Equal("5.00 h x 95.00 an hour = 475.00. Each entry is charged in steps of 0.25 h, at least 0.25 h.", line.Explanation.Sentence);
        Assert.Equal(20, line.Details.Count);
    }

    [Theory]
    // Worked, minimum, increment, charged, at 95.00.
    [InlineData(0.30, 0.25, 0.25, 0.50, 47.50)]
    [InlineData(0.50, 0.25, 0.25, 0.50, 47.50)]
    [InlineData(0.01, 0.25, 0.25, 0.25, 23.75)]
    [InlineData(0.01, 1.00, 0.25, 1.00, 95.00)]
    [InlineData(1.10, 1.00, 0.25, 1.25, 118.75)]
    [InlineData(0.42, 0.00, 0.10, 0.50, 47.50)]
    [InlineData(0.40, 0.00, 0.10, 0.40, 38.00)]
    [InlineData(0.10, 0.25, 0.10, 0.30, 28.50)] // the minimum of 0.25 is raised to a whole increment too
    [InlineData(0.30, 0.00, 0.125, 0.375, 35.63)] // 35.625
    public void Rate_Entry_IsRaisedToMinimumAndIncrement(decimal worked, decimal minimum, decimal increment, decimal charged, decimal amount)
    {
        var rated = (Month with { Lines = [new TimeLine("Support", minimum, increment)] }).Rate(Records.Time("1", worked));

        var line = Assert.Single(rated.Lines);
        Assert.Equal((charged, Eur(amount)), (line.Quantity, line.Amount));
        Assert.Equal(worked, Assert.Single(rated.Dispositions).Quantity.Hours); // conserved as worked, not as charged
    }

    [Theory]
    [InlineData(0.25, 0.125, "0.375 h x 95.00 an hour = 35.63. Each entry is charged in steps of 0.125 h, at least 0.25 h.")]
    [InlineData(0.25, 0.1, "0.40 h x 95.00 an hour = 38.00. Each entry is charged in steps of 0.10 h, at least 0.30 h.")]
    [InlineData(0, 0.1, "0.40 h x 95.00 an hour = 38.00. Each entry is charged in steps of 0.10 h, at least 0.10 h.")]
    public void Rate_Sentence_CanBeDoneAgain(decimal minimum, decimal increment, string sentence) => Assert.Equal(
        sentence, Assert.Single((Month with { Lines = [new TimeLine("Support", minimum, increment)] }).Rate(Records.Time("1", 0.31m)).Lines).Explanation.Sentence);

    [Fact]
    public void Rate_AgreementThatCoversAllTime_CoversItWithOrWithoutARate()
    {
        // Role 3 has no rate: what is covered needs none. 0.30 h counts as 0.50 h, 2.00 h as 2.00 h.
        var rated = (Month with { Agreements = [Records.Agreement() with { CoversAllTime = true }] }).Rate(Records.Time("1", 0.30m), Records.Time("2", 2.00m, roleId: "3"));

        var line = Assert.Single(rated.Lines);
        Assert.Equal((2.50m, Eur(0)), (line.Quantity, line.Amount));
        Assert.Equal("Gold support includes all time.", line.Explanation.Sentence);
        Assert.All(rated.Dispositions, d => Assert.Equal((DispositionKind.Covered, Reason.IncludedHours), (d.Kind, d.Reason)));
    }

    [Fact]
    public void Rate_IncludedHours_AreDrawnInTheOrderOfStart()
    {
        var month = Month with { Agreements = [Records.Agreement() with { IncludedHours = 3 }] };

        // 2.00 of 3.00 are drawn on the 2nd, the last 1.00 by the entry of the 3rd, which has 0.50 over; that of the 4th is billed.
        var rated = month.Rate(
            Records.Time("1", 1.00m, start: "2024-09-04T09:00Z"),
            Records.Time("2", 1.40m, start: "2024-09-03T09:00Z"),
            Records.Time("3", 2.00m, start: "2024-09-02T09:00Z"));

        Assert.Equal(["Time covered by included hours", "Role 1 time"], rated.Lines.Select(line => line.Description));
        Assert.Equal([3.00m, 1.50m], rated.Lines.Select(line => line.Quantity));
        Assert.Equal([Eur(0), Eur(142.50m)], rated.Lines.Select(line => line.Amount));
        Assert.Equal("3.00 h of the 3.00 h that Gold support includes a month; 0.00 h left.", rated.Lines[0].Explanation.Sentence);
        Assert.StartsWith("1.50 h beyond the 3.00 h included x 95.00 an hour = 142.50.", rated.Lines[1].Explanation.Sentence, StringComparison.Ordinal);
        Assert.Equal("1.40 h worked, 1.50 h charged, of it 1.00 h included", rated.Lines[1].Details[0].Treatment);

        // Worked hours follow the charged ones: 1.40 x 1.00 / 1.50 = 0.9333.
        Assert.Equal(
            [("1", DispositionKind.Billed, 1.00m), ("2", DispositionKind.Billed, 0.4667m), ("2", DispositionKind.Covered, 0.9333m), ("3", DispositionKind.Covered, 2.00m)],
            rated.Dispositions.Select(d => (d.Activity.ExternalId, d.Kind, d.Quantity.Hours)).Order());
    }

    [Fact]
    public void Rate_IncludedHoursNotUsedUp_LeaveARest()
    {
        var line = Assert.Single((Month with { Agreements = [Records.Agreement() with { IncludedHours = 10 }] }).Rate(Records.Time("1", 1)).Lines);

        Assert.Equal((Eur(0), "1.00 h of the 10.00 h that Gold support includes a month; 9.00 h left."), (line.Amount, line.Explanation.Sentence));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void Rate_NoIncludedHours_AreNotSpokenOf(decimal included)
    {
        var line = Assert.Single((Month with { Agreements = [Records.Agreement() with { IncludedHours = included }] }).Rate(Records.Time("1", 1)).Lines);

        Assert.Equal(Eur(95), line.Amount);
        Assert.StartsWith("1.00 h x 95.00 an hour = 95.00.", line.Explanation.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Rate_IncludedHours_AreNeverProrated()
    {
        var agreement = Records.Agreement() with { IncludedHours = 2, Term = Days.From("2024-09-10") };

        Assert.Equal(Eur(0), Assert.Single((Month with { Agreements = [agreement] }).Rate(Records.Time("1", 2)).Lines).Amount);
    }

    [Theory]
    [InlineData("2024-09-10T09:00Z", 80)] // the agreement's, though the card says 95
    [InlineData("2024-09-20T09:00Z", 95)] // the agreement's has ended: the card's
    [InlineData("2024-09-15T22:59Z", 80)] // 15 September 23:59 in Dublin
    [InlineData("2024-09-15T23:00Z", 95)] // 16 September 00:00 in Dublin
    public void Rate_AgreementsOwnRate_GoesBeforeTheCardOnItsDays(string start, decimal rate)
    {
        var own = Records.RoleRate("1", 80) with { InForce = Days.Between("2024-01-01", "2024-09-16") };

        Assert.Equal(rate, Assert.Single((Month with { References = [.. Month.References, own] }).Rate(Records.Time("1", 1, start: start)).Lines).UnitPrice.Amount);
    }

    [Fact]
    public void Rate_RateChangedInTheMonth_IsALineARate()
    {
        var own = Records.RoleRate("1", 80) with { InForce = Days.Between("2024-01-01", "2024-09-16") };

        var lines = (Month with { References = [.. Month.References, own] }).Rate(
            Records.Time("1", 1, start: "2024-09-20T09:00Z"), Records.Time("2", 2, start: "2024-09-02T09:00Z"), Records.Time("3", 1, roleId: "2")).Lines;

        Assert.Equal([("Role 1 time", 80m, 2m), ("Role 1 time", 95m, 1m), ("Role 2 time", 120m, 1m)], lines.Select(l => (l.Description, l.UnitPrice.Amount, l.Quantity)));
    }

    [Fact]
    public void Rate_Lines_StandInOrdinalOrderOnAnyMachine() => Assert.Equal(
        ["Zebra time", "abc time", "Ångström time"],
        Month.Rate(Records.Time("1", 1) with { RoleName = "Ångström" }, Records.Time("2", 1) with { RoleName = "abc" }, Records.Time("3", 1) with { RoleName = "Zebra" }).Lines.Select(line => line.Description));

    public static TheoryData<string?, string?, string, string?> Unpriced => new()
    {
        { null, null, "missing-role", null },
        { "3", null, "missing-rate", "Role 3 in EUR on Gold support." },
        { "9", null, "missing-rate", "Role 9 in EUR on Gold support." },
        { "1", "US Dollar", "missing-rate", "Role 1 in USD on Gold support." }, // the card is in euro
    };

    [Theory]
    [MemberData(nameof(Unpriced))]
    public void Rate_NoRate_IsHeldAndNeverFree(string? roleId, string? currencyName, string reason, string? detail)
    {
        var rated = (Month with { Agreements = [Records.Agreement() with { CurrencyName = currencyName, IncludedHours = 5 }] }).Rate(Records.Time("1", 1, roleId));

        Assert.Empty(rated.Lines);
        var held = Assert.Single(rated.Dispositions);
        Assert.Equal((DispositionKind.Held, reason, detail), (held.Kind, held.Reason!.Code, held.Detail));
    }

    [Fact]
    public void Rate_OtherCurrencyWithARateOfItsOwn_IsBilledInIt()
    {
        var month = Month with { Agreements = [Records.Agreement() with { CurrencyName = "US Dollar" }], References = [.. Month.References, Records.RoleRate("1", 110)] };

        Assert.Equal(Usd(110), Assert.Single(month.Rate(Records.Time("1", 1)).Lines).Amount);
    }

    [Theory]
    [InlineData(0.50, null)]
    [InlineData(0.42, "0.42 h worked")]
    public void Rate_Detail_SaysWhatWasWorked(decimal worked, string? treatment)
    {
        var detail = Assert.Single(Assert.Single(Month.Rate(Records.Time("1", worked, start: "2024-09-30T22:30Z") with { TicketId = "9", TicketSummary = "Printer", Notes = "Toner" }).Lines).Details);

        Assert.Equal((Days.On("2024-09-30"), "Nora Kelly", "#9", "Printer: Toner", 0.50m, treatment), (detail.Date, detail.Who, detail.Reference, detail.Description, detail.Quantity, detail.Treatment));
    }
}
