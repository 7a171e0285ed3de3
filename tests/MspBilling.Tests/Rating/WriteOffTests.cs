using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating;

/// <summary>Whatever is held can be written off, and stays so while it is what it was.</summary>
public sealed class WriteOffTests
{
    private static readonly ClientMonth Month = new() { Lines = [Lines.Time(), Lines.Additions(), Lines.Device("Server", 40)], References = [Records.Role("1", 95), Records.Role("2", null)] };
    private static readonly TimeEntry Unpriced = Records.Time("1", 2, roleId: "2");

    /// <summary>Held for all kinds of reasons.</summary>
    public static TheoryData<Activity, string> Held => new()
    {
        { Unpriced, "missing-rate" },
        { Records.Time("1", 1.5m) with { Status = "Open" }, "unapproved-time" },
        { Records.Time("1", -1), "negative-hours" },
        { Records.Time("1", 1) with { AgreementId = "999" }, "unknown-agreement" },
        { Records.Addition("1", 3, 0) with { UnitCost = 4 }, "zero-price" },
        { Records.Device("1", "Printer"), "missing-device-price" },
        { Records.Expense("1", 1, 5), "no-agreement" },
        { Records.Milestone("1", 5), "no-agreement" },
        { Records.Usage("1", 5), "no-agreement" },
        { Records.Milestone("1", 5, completedOn: null), "missing-completion-date" },
    };

    [Theory]
    [MemberData(nameof(Held), DisableDiscoveryEnumeration = true)]
    public void Rate_WrittenOff_KeepsQuantityAndWorthAndSaysWhoAndWhy(Activity activity, string reason)
    {
        var held = Assert.Single(Month.Rate(activity).Dispositions);
        Assert.Equal((DispositionKind.Held, reason), (held.Kind, held.Reason!.Code));

        var rated = With(Month, Decisions.About(DecisionKind.WriteOff, activity, [held], Days.September)).Rate(activity);

        Assert.Equal(new Disposition(activity.Id, DispositionKind.WrittenOff, Reason.WrittenOff, "Ann Lee, goodwill", activity.Captured, held.Value), Assert.Single(rated.Dispositions));
        Assert.Empty(rated.Lines);
    }

    // Whoever sets the rate for other work does not bill what was given up: 2.00 h x 80.00 = 160.00.
    [Fact]
    public void Rate_WrittenOffAndTheRateIsSetLater_StaysWrittenOff()
    {
        var month = Month with { References = [Records.Role("2", 80)] };

        Assert.Equal(160, Assert.Single(month.Rate(Unpriced).Lines).Amount.Amount);
        Assert.Equal(DispositionKind.WrittenOff, Only(With(month, Decisions.WriteOff(Unpriced, Reason.MissingRate)).Rate(Unpriced)).Kind);
    }

    [Fact]
    public void Rate_WriteOffThatWasWithdrawn_IsHeldAgain()
    {
        var decision = Decisions.WriteOff(Unpriced, Reason.MissingRate);

        Assert.Equal(DispositionKind.Held, Only(With(Month, decision, Decisions.Withdraw(decision)).Rate(Unpriced)).Kind);
    }

    [Fact]
    public void Rate_WorkThatChangedSince_IsHeldAndSaysThatTheWriteOffLapsed() => Assert.EndsWith(
        "The write-off by Ann Lee on 2024-10-03 does not hold any more: this has changed since.",
        Only(With(Month, Decisions.WriteOff(Unpriced, Reason.MissingRate)).Rate(Unpriced with { Hours = 3 })).Detail!,
        StringComparison.Ordinal);

    // Of two that nobody has withdrawn the later counts.
    [Theory]
    [InlineData(0, 1, DispositionKind.WrittenOff)]
    [InlineData(1, 0, DispositionKind.Billed)]
    public void Rate_ReleasedAndWrittenOff_IsWhatCameLast(int released, int writtenOff, DispositionKind kind)
    {
        var time = Records.Time("1", 1) with { Status = "Open" };

        Assert.Equal(kind, Only(With(Month, Decisions.Release(time, Reason.UnapprovedTime, number: released), Decisions.WriteOff(time, Reason.UnapprovedTime, number: writtenOff)).Rate(time)).Kind);
    }

    // September's worth was given up, and no other month's.
    [Theory]
    [InlineData(8, DispositionKind.Held)]
    [InlineData(9, DispositionKind.WrittenOff)]
    [InlineData(10, DispositionKind.Held)]
    public void Rate_StandingAddition_IsWrittenOffInItsPeriodAlone(int month, DispositionKind kind)
    {
        var addition = Records.Addition("1", 3, 0) with { UnitCost = 4 };

        Assert.Equal(kind, Only((With(Month, Decisions.WriteOff(addition, Reason.ZeroPrice)) with { Period = Core.Time.Period.Month(2024, month) }).Rate(addition)).Kind);
    }

    // 1.00 h of 3.00 h is covered by what is left of the retainer; the rest has an overage rate of 0 and is held, and then written off.
    [Fact]
    public void Rate_HeldInPart_WritesOffTheHeldShareAlone()
    {
        var month = Month with { Lines = [Lines.Time(), new RetainerLine { Id = "hours", Service = "Support", Included = 1, OverageRate = 0 }] };
        var time = Records.Time("1", 3, roleId: "2");
        var before = month.Rate(time).Dispositions;
        var held = Assert.Single(before, d => d.Kind == DispositionKind.Held);
        Assert.Equal([(DispositionKind.Covered, 1m), (DispositionKind.Held, 2m)], before.Select(d => (d.Kind, d.Quantity.Hours)));

        var decision = Decisions.About(DecisionKind.WriteOff, time, [held], Days.September);
        var rated = With(month, decision).Rate(time);

        Assert.True(decision.OfPart);
        Assert.Equal([(DispositionKind.Covered, 1m), (DispositionKind.WrittenOff, 2m)], rated.Dispositions.Select(d => (d.Kind, d.Quantity.Hours)));
    }

    // A client that cannot be billed at all: what was given up is not held with the rest.
    [Fact]
    public void Quarantine_WrittenOff_IsNotHeld()
    {
        var other = Records.Time("2", 1);
        var bill = ClientBilling.Quarantine(With(Month, Decisions.WriteOff(Unpriced, Reason.Quarantined)).Directory, Records.ClientId, Days.September, Days.September.End, [Unpriced, other], "Mend this.");

        Assert.Equal([DispositionKind.WrittenOff, DispositionKind.Held], bill.Dispositions.Select(d => d.Kind));
        Assert.Empty(Conservation.Violations([Unpriced, other], bill.Dispositions));
    }

    // Nobody is known for it: written off, and still so when somebody is.
    [Fact]
    public void UnknownWork_WrittenOff_StaysSoWhenItsClientIsKnown()
    {
        var decision = Decisions.WriteOff(Unpriced, Reason.UnknownClient) with { ClientId = Client.Unknown, Value = Eur(20) };

        var unknown = UnknownWork.Hold(ClientDirectory.Of([Records.Settings, decision]), Days.September, Days.September.End, [Unpriced, Records.Time("2", 1)]);
        Assert.Equal([DispositionKind.WrittenOff, DispositionKind.Held], unknown.Dispositions.Select(d => d.Kind));
        Assert.Contains(unknown.Inputs, input => input.Id == decision.Id);

        Assert.Equal((DispositionKind.WrittenOff, Eur(20)), (Only(With(Month, decision).Rate(Unpriced)).Kind, With(Month, decision).Rate(Unpriced).Dispositions[0].Value!.Value));
    }

    // The release of work of nobody known says nothing about whom it is billed to.
    [Fact]
    public void UnknownWork_Released_IsNotReleasedForItsClient()
    {
        var time = Records.Time("1", 1) with { Status = "Open" };

        Assert.Equal(DispositionKind.Held, Only(With(Month, Decisions.Release(time, Reason.UnapprovedTime) with { ClientId = Client.Unknown }).Rate(time)).Kind);
    }

    [Fact]
    public void Bill_NamesTheDecisionsAboutItsWorkAlone()
    {
        var (about, elsewhere) = (Decisions.WriteOff(Unpriced, Reason.MissingRate), Decisions.WriteOff(Records.Time("77", 1), Reason.MissingRate));
        var bill = With(Month, about, elsewhere).Bill(Unpriced);

        Assert.Equal([about.Id], bill.Inputs.Where(input => input.Id.Kind == RecordKind.Decision).Select(input => input.Id));
    }

    private static Disposition Only(RatedPeriod rated) => Assert.Single(rated.Dispositions);

    private static ClientMonth With(ClientMonth month, params IReadOnlyList<CapturedRecord> decisions) => month with { References = [.. month.References, .. decisions] };
}
