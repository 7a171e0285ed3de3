using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

/// <summary>What a release makes of held work, for each reason for which work is held.</summary>
public sealed class ReleaseTests
{
    private static readonly CustomRule Look = new("look", "Big work", Lines.Always, new ActivityMatch { Kinds = [ActivityKind.Time], Boards = ["Big"] }, new HoldIt("ask the owner"));
    private static readonly CustomRule Second = new("second", "Night work", Lines.Always, new ActivityMatch { Kinds = [ActivityKind.Time], Boards = ["Big"] }, new HoldIt("ask twice"));

    private static readonly ClientMonth Month = new()
    {
        Lines = [Lines.Time(), Lines.Additions(), Lines.Expenses(), new MilestonesLine
        {
            Id = "milestones", Service = "Projects",
            Projects = [new ProjectPrice("703", 5000, null, null, null, [new MilestonePrice("Design", 1000, null), new MilestonePrice("Build", null, 40)])],
        }],
        References = [Records.Role("1", 95), Records.Project("701"), Records.Project("703")],
    };

    private static readonly Expense Free = Records.Expense("1", 2, 0, 12.50m);

    /// <summary>By the code of the reason: the work that is held for it, what it becomes when it is released, and what is billed then.</summary>
    public static TheoryData<string, Activity, DispositionKind, string?, decimal[]> Released => new()
    {
        { "unapproved-time", Records.Time("1", 1.5m) with { Status = "Open" }, DispositionKind.Billed, null, [142.50m] }, // 1.50 h x 95.00
        { "unapproved-expense", Records.Expense("1", 2, 5) with { Status = "Open" }, DispositionKind.Billed, null, [10.00m] },
        { "unknown-project", Records.Time("1", 1) with { ProjectId = "799" }, DispositionKind.Billed, null, [95.00m] },
        { "held-by-rule", Records.Time("1", 2) with { Board = "Big" }, DispositionKind.Billed, null, [190.00m] },
        { "zero-price", Free, DispositionKind.NonBillable, "accepted-no-charge", [] },
        { "zero-price", Records.Addition("1", 3, 0) with { UnitCost = 4 }, DispositionKind.NonBillable, "accepted-no-charge", [] },
        { "unlisted-milestone", Records.Milestone("1", 750, projectId: "703") with { Name = "Extra" }, DispositionKind.Billed, null, [750.00m] },
        { "unlisted-milestone", Records.Milestone("1", null, projectId: "703") with { Name = "Extra" }, DispositionKind.Held, "missing-amount", [] },
    };

    [Theory]
    [MemberData(nameof(Released), DisableDiscoveryEnumeration = true)]
    public void Rate_Released_IsWhatTheReasonSays(string reason, Activity activity, DispositionKind kind, string? becomes, decimal[] billed)
    {
        var month = Month with { Settings = Month.Settings with { Rules = [Look] } };
        var held = Assert.Single(month.Rate(activity).Dispositions);
        Assert.Equal((DispositionKind.Held, reason), (held.Kind, held.Reason!.Code));

        var rated = With(month, Decisions.Release(activity, Reason.Of(reason), held.Detail)).Rate(activity);

        var share = Assert.Single(rated.Dispositions);
        Assert.Equal((kind, becomes, activity.Captured), (share.Kind, share.Reason?.Code, share.Quantity));
        Assert.Equal(billed, rated.Lines.Where(line => !line.Amount.IsZero).Select(line => line.Amount.Amount));
        if (becomes == "accepted-no-charge")
        {
            Assert.Equal("Ann Lee, goodwill", share.Detail);
        }
    }

    // Two stages are called Build: 40 % of 5,000.00 is 2,000.00, and once more.
    [Fact]
    public void Rate_MilestoneTwiceReleased_IsBilledOnceMore()
    {
        var (first, second) = (Records.Milestone("1", null, "2024-09-10", "703") with { Name = "Build" }, Records.Milestone("2", null, "2024-09-20", "703") with { Name = "Build" });
        Assert.Equal([DispositionKind.Billed, DispositionKind.Held], Month.Rate(first, second).Dispositions.Select(d => d.Kind));

        var rated = With(Month, Decisions.Release(second, Reason.MilestoneTwice)).Rate(first, second);

        Assert.Equal([2000m, 2000m], rated.Lines.Select(line => line.Amount.Amount));
    }

    // Less use than was invoiced is known to an adjustment alone; see DecidedMonthsTests.
    [Fact]
    public void EveryReasonThatCanBeReleased_IsInTheTable() => Assert.Equal(
        Reason.Known.Where(reason => reason.Released is not null).Select(reason => reason.Code),
        Released.Select(row => row.Data.Item1).Append("milestone-twice").Append("less-than-billed").Distinct().Order(StringComparer.Ordinal));

    // What is missing is not there for a release; and nothing that needs no decision has one.
    [Theory]
    [InlineData("unknown-client")]
    [InlineData("no-agreement")]
    [InlineData("several-agreements")]
    [InlineData("missing-rate")]
    [InlineData("missing-price")]
    [InlineData("missing-tax-rate")]
    [InlineData("negative-hours")]
    [InlineData("negative-invoice")]
    [InlineData("quarantined-client")]
    [InlineData("late")]
    [InlineData("period-not-adjusted")]
    public void ReasonThatNobodyCanRelease_SaysWhatSettlesIt(string code) => Assert.True(Reason.Of(code) is { Released: null, Action.Length: > 20 });

    [Fact]
    public void ReasonThatHoldsNothing_HasNoRelease() => Assert.All(Reason.Known.Where(reason => reason.Action.Length == 0), reason => Assert.Null(reason.Released));

    [Fact]
    public void Rate_ReleasedWithoutApprovalAndHeldByTwoRules_TakesOneReleaseForEach()
    {
        var month = Month with { Settings = Month.Settings with { Rules = [Look, Second] } };
        var time = Records.Time("1", 1) with { Board = "Big", Status = "Open" };
        var approved = Decisions.Release(time, Reason.UnapprovedTime);
        var looked = Decisions.Release(time, Reason.HeldByRule, "Big work: ask the owner", number: 1);
        var again = Decisions.Release(time, Reason.HeldByRule, "Night work: ask twice", number: 2);

        Assert.Equal("The status is Open.", Detail(month));
        Assert.Equal("Big work: ask the owner", Detail(With(month, approved)));
        Assert.Equal("Night work: ask twice", Detail(With(month, approved, looked)));
        Assert.Equal("Support", Assert.Single(With(month, approved, looked, again).Rate(time).Lines).Service);

        string? Detail(ClientMonth given) => Assert.Single(given.Rate(time).Dispositions).Detail;
    }

    [Fact]
    public void Rate_ReleasedForAnotherReason_StaysHeld() =>
        Assert.Equal(Reason.UnapprovedTime, Assert.Single(With(Month, Decisions.Release(Open, Reason.HeldByRule)).Rate(Open).Dispositions).Reason);

    [Fact]
    public void Rate_ReleaseThatWasWithdrawn_HoldsNoMore()
    {
        var release = Decisions.Release(Open, Reason.UnapprovedTime);

        Assert.Equal((DispositionKind.Held, "The status is Open."), Only(With(Month, release, Decisions.Withdraw(release)).Rate(Open)));
    }

    [Fact]
    public void Rate_WorkThatChangedSince_IsHeldAndSaysThatTheReleaseLapsed()
    {
        var month = With(Month, Decisions.Release(Open, Reason.UnapprovedTime));

        Assert.Equal((DispositionKind.Held, "The status is Open. The release by Ann Lee on 2024-10-03 does not hold any more: this has changed since."), Only(month.Rate(Open with { Hours = 2 })));

        // Touched without a change, it is the same.
        Assert.Equal(DispositionKind.Billed, Only(month.Rate(Open with { Revision = Days.At("2024-11-01T09:00Z") })).Kind);
    }

    [Fact]
    public void Rate_ReleasedForAnotherClient_StaysHeld() =>
        Assert.Equal(DispositionKind.Held, Only(With(Month, Decisions.Release(Open, Reason.UnapprovedTime) with { ClientId = "cw-251" }).Rate(Open)).Kind);

    // What stands is released from September on: not in August, and in October until it changes.
    [Theory]
    [InlineData(8, 0, DispositionKind.Held)]
    [InlineData(9, 0, DispositionKind.NonBillable)]
    [InlineData(10, 0, DispositionKind.NonBillable)]
    [InlineData(10, 1, DispositionKind.Held)]
    public void Rate_StandingAddition_IsReleasedFromItsPeriodOn(int month, int more, DispositionKind kind)
    {
        var addition = Records.Addition("1", 3, 0) with { UnitCost = 4 };
        var decided = With(Month, Decisions.Release(addition, Reason.ZeroPrice)) with { Period = Core.Time.Period.Month(2024, month) };

        Assert.Equal(kind, Only(decided.Rate(addition with { Quantity = 3 + more })).Kind);
    }

    private static TimeEntry Open { get; } = Records.Time("1", 1) with { Status = "Open" };

    private static (DispositionKind Kind, string? Detail) Only(RatedPeriod rated) => (Assert.Single(rated.Dispositions).Kind, rated.Dispositions[0].Detail);

    private static ClientMonth With(ClientMonth month, params IReadOnlyList<CapturedRecord> decisions) => month with { References = [.. month.References, .. decisions] };
}
