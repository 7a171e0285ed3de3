using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating;

public sealed class TriageTests
{
    private static readonly ClientMonth Month = new()
    {
        Lines = [Lines.Time("Support", 0.25m, 0.25m), Lines.Additions("Licences"), Lines.Milestones("Projects")],
        Agreements = [Records.Agreement() with { IncludedHours = 100 }],
        References =
        [
            Records.Role("1", 95), Records.Project("701"), Records.Project("702", isFixedFee: true), Records.Project("703", isFixedFee: true) with { CompanyId = "251" }, Records.Company("251", "Other"),
        ],
    };

    public static TheoryData<TimeEntry, DispositionKind, string?, string?> Entries => new()
    {
        { Records.Time("1", 1), DispositionKind.Covered, "retainer", null },
        { Records.Time("1", 1) with { Status = "Open" }, DispositionKind.Held, "unapproved-time", "The status is Open." },
        { Records.Time("1", 1) with { Status = "approved" }, DispositionKind.Held, "unapproved-time", "The status is approved." },

        // What a source calls it is its own matter: its connector says by the option what is settled there.
        { Records.Time("1", 1) with { Status = "Billed" }, DispositionKind.Held, "unapproved-time", "The status is Billed." },
        { Records.Time("1", 1) with { Status = "Open", Option = BillingOption.BilledElsewhere }, DispositionKind.NonBillable, "billed-in-psa", null },
        { Records.Time("1", 1) with { DeletedAt = Days.At("2024-09-20T09:00Z") }, DispositionKind.NonBillable, "deleted-in-psa", null },
        { Records.Time("1", 1) with { DeletedAt = Days.At("2024-09-20T09:00Z"), Option = BillingOption.WrittenOffElsewhere }, DispositionKind.NonBillable, "deleted-in-psa", null },
        { Records.Time("1", 1) with { Option = BillingOption.WrittenOffElsewhere }, DispositionKind.WrittenOff, "written-off-in-psa", null },
        { Records.Time("1", 1) with { Option = BillingOption.NoCharge }, DispositionKind.NonBillable, "no-charge", null },
        { Records.Time("1", 1) with { Option = BillingOption.DoNotBill }, DispositionKind.NonBillable, "do-not-bill", null },
        { Records.Time("1", 1) with { Option = BillingOption.BilledElsewhere }, DispositionKind.NonBillable, "billed-in-psa", null },
        { Records.Time("1", 0), DispositionKind.NonBillable, "no-time", null },
        { Records.Time("1", -0.5m), DispositionKind.Held, "negative-hours", null },
        { Records.Time("1", 1) with { ProjectId = "701" }, DispositionKind.Covered, "retainer", null },
        { Records.Time("1", 1) with { ProjectId = "702" }, DispositionKind.Covered, "fixed-fee-project", "Project 702" },
        { Records.Time("1", 1) with { ProjectId = "702", Status = "Open" }, DispositionKind.Held, "unapproved-time", "The status is Open." },

        // It may be at a fixed price: by the hour it would be billed twice.
        { Records.Time("1", 1) with { ProjectId = "799" }, DispositionKind.Held, "unknown-project", "Project 799." },
        { Records.Time("1", 1) with { ProjectId = "799", ProjectName = "Move" }, DispositionKind.Held, "unknown-project", "Project Move." },

        // Another client's project is not behind this client's bill.
        { Records.Time("1", 1) with { ProjectId = "703" }, DispositionKind.Held, "unknown-project", "Project 703." },
    };

    [Theory]
    [MemberData(nameof(Entries), DisableDiscoveryEnumeration = true)]
    public void Rate_TimeEntry_HasOneDisposition(TimeEntry entry, DispositionKind kind, string? reason, string? detail)
    {
        var disposition = Assert.Single(Month.Rate(entry).Dispositions);

        Assert.Equal((kind, reason, detail), (disposition.Kind, disposition.Reason?.Code, disposition.Detail));
        Assert.Equal(entry.Captured, disposition.Quantity);
    }

    [Fact]
    public void Bill_FromTheRecordsBehindTheClientAlone_IsTheSame()
    {
        var entries = Entries.Select((row, i) => row.Data.Item1 with { Id = row.Data.Item1.Id with { ExternalId = $"{i}" } }).ToList();
        var alone = ClientDirectory.Of([.. Month.Directory.RecordsBehind(Records.ClientId)]);

        Assert.Equal(
            RecordJson.Serialize(Month.Bill([.. entries])),
            RecordJson.Serialize(Core.Invoicing.ClientBilling.Bill(alone, Records.ClientId, Days.September, Days.September.End, entries)));
    }

    [Fact]
    public void Rate_UnapprovedTime_IsWorthItsRate() =>
        Assert.Equal(Eur(142.50m), Assert.Single(Month.Rate(Records.Time("1", 1.5m) with { Status = "Open" }).Dispositions).Value);

    [Theory]
    [InlineData("Open", BillingOption.Billable, DispositionKind.Held, "unapproved-expense")]
    [InlineData("PendingApproval", BillingOption.Default, DispositionKind.Held, "unapproved-expense")]
    [InlineData("Billed", BillingOption.Billable, DispositionKind.Held, "unapproved-expense")]
    [InlineData("Open", BillingOption.BilledElsewhere, DispositionKind.NonBillable, "billed-in-psa")]
    [InlineData("Approved", BillingOption.WrittenOffElsewhere, DispositionKind.WrittenOff, "written-off-in-psa")]
    public void Rate_ExpenseThatIsNotToBeBilled_SaysWhy(string status, BillingOption option, DispositionKind kind, string reason)
    {
        var rated = Month.Rate(Records.Expense("1", 1, 5) with { Status = status, Option = option });

        Assert.DoesNotContain(rated.Lines, line => line.Amount.Amount != 0);
        Assert.Equal((kind, reason), (Assert.Single(rated.Dispositions).Kind, rated.Dispositions[0].Reason!.Code));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Approved")]
    public void Rate_ExpenseThatIsApprovedOrNeedsNoApproval_IsNotHeldForIt(string? status) =>
        Assert.DoesNotContain(Month.Rate(Records.Expense("1", 1, 5) with { Status = status }).Dispositions, d => d.Reason == Reason.UnapprovedExpense);

    public static TheoryData<Activity> AnyKind => [Records.Time("1", 1), Records.Addition("1", 1, 5), Records.Device("1"), Records.Milestone("1", 5), Records.Usage("1", 5), Records.Expense("1", 1, 5)];

    [Theory]
    [MemberData(nameof(AnyKind), DisableDiscoveryEnumeration = true)]
    public void Rate_TheMspItself_IsInternal(Activity activity)
    {
        var rated = (Month with { Company = Records.Company() with { IsInternal = true } }).Rate(activity);

        Assert.Empty(rated.Lines);
        Assert.Equal((DispositionKind.NonBillable, Reason.Internal), (Assert.Single(rated.Dispositions).Kind, rated.Dispositions[0].Reason));
    }

    [Theory]
    [InlineData(BillingOption.NoCharge, "no-charge")]
    [InlineData(BillingOption.DoNotBill, "do-not-bill")]
    [InlineData(BillingOption.BilledElsewhere, "billed-in-psa")]
    [InlineData(BillingOption.WrittenOffElsewhere, "written-off-in-psa")]
    public void Rate_MilestoneMarked_IsNotBilled(BillingOption option, string reason) =>
        Assert.Equal(reason, Assert.Single(Month.Rate(Records.Milestone("1", 5) with { Option = option }).Dispositions).Reason!.Code);

    public static TheoryData<Activity, string> Marked => new()
    {
        { Records.Expense("1", 1, 5) with { Option = BillingOption.NoCharge }, "no-charge" },
        { Records.Expense("1", 1, 5) with { Option = BillingOption.DoNotBill }, "do-not-bill" },
        { Records.Expense("1", 1, 5) with { Option = BillingOption.BilledElsewhere }, "billed-in-psa" },
        { Records.Addition("1", 1, 5) with { Option = BillingOption.BilledElsewhere }, "billed-in-psa" },
        { Records.Addition("1", 1, 5) with { Option = BillingOption.NoCharge }, "no-charge" },
        { Records.Addition("1", 1, 5) with { Option = BillingOption.DoNotBill }, "do-not-bill" },
        { Records.Device("1") with { IsActive = false }, "inactive-device" },
        { Records.Device("1") with { IsBilled = false }, "inactive-device" },
    };

    [Theory]
    [MemberData(nameof(Marked), DisableDiscoveryEnumeration = true)]
    public void Rate_Marked_IsNotBilled(Activity activity, string reason)
    {
        var disposition = Assert.Single((Month with { Lines = [.. Month.Lines, Lines.Expenses(), Lines.Device("Server", 5)] }).Rate(activity).Dispositions);

        Assert.Equal((DispositionKind.NonBillable, reason), (disposition.Kind, disposition.Reason!.Code));
    }
}
