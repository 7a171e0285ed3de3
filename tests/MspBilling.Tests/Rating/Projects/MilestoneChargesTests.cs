using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating.Projects;

public sealed class MilestoneChargesTests
{
    private static readonly ClientMonth Month = new() { Lines = [Lines.Milestones()], References = [Records.Project("701")] };

    [Theory]
    [InlineData(7250, null, 7250, "Completed on 2024-09-20.")]
    [InlineData(7250, "ATH-PO-311", 7250, "Completed on 2024-09-20. Purchase order ATH-PO-311.")]
    [InlineData(0.01, null, 0.01, "Completed on 2024-09-20.")]
    [InlineData(0, null, 0, "Completed on 2024-09-20.")] // an amount of zero was set, and so is meant
    [InlineData(-500, null, -500, "Completed on 2024-09-20.")] // a credit
    [InlineData(99.995, null, 100, "Completed on 2024-09-20.")] // half away from zero
    public void Rate_Completed_IsBilled(decimal amount, string? purchaseOrder, decimal billed, string sentence)
    {
        var rated = Month.Rate(Records.Milestone("1", amount) with { PurchaseOrder = purchaseOrder });

        var line = Assert.Single(rated.Lines);
        Assert.Equal((Eur(billed), "Project 701: Stage 1", sentence), (line.Amount, line.Description, line.Explanation.Sentence));
        Assert.Equal((1, "milestone", "Projects", nameof(MilestoneCharges)), (line.Quantity, line.Unit, line.Service, line.Explanation.Rule));
        Assert.Equal((DispositionKind.Billed, "Project 701: Stage 1"), (Assert.Single(rated.Dispositions).Kind, rated.Dispositions[0].Detail));
    }

    [Fact]
    public void Rate_OfAnAgreementWithoutAProject_IsBilledByThatAgreement()
    {
        var month = Month with { Agreements = [Records.Agreement("101", "Gold A"), Records.Agreement("102", "Gold B")] };

        var line = Assert.Single(month.Rate(Records.Milestone("1", 4800) with { ProjectId = null, AgreementId = "102" }).Lines);

        Assert.Equal((Eur(4800m), "Gold B: Stage 1", "102"), (line.Amount, line.Description, line.AgreementId));
    }

    [Fact]
    public void Rate_WithoutAmount_IsHeld()
    {
        var rated = Month.Rate(Records.Milestone("1", amount: null));

        Assert.Empty(rated.Lines);
        Assert.Equal((Reason.MissingAmount, "Stage 1"), (Assert.Single(rated.Dispositions).Reason, rated.Dispositions[0].Detail));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("2024-08-31", "2024-08")]
    [InlineData("2024-09-01", "2024-09")]
    [InlineData("2024-09-30", "2024-09")]
    [InlineData("2024-10-01", "2024-10")]
    public void Bill_ThreeMonthsGivenTheSameMilestone_BillsItInOne(string? completedOn, string months)
    {
        var billed = Enumerable.Range(8, 3).Select(month => Period.Month(2024, month))
            .Where(period => (Month with { Period = period }).Bill(Records.Milestone("1", 5, completedOn)).Dispositions.Count == 1);

        Assert.Equal(months, string.Join(' ', billed));
    }

    [Fact]
    public void Rate_SeveralCompleted_StandInTheOrderOfTheirCompletionThenOfTheirIds() => Assert.Equal(
        ["Stage 4", "Stage 1", "Stage 3", "Stage 2"],
        Month.Rate(Records.Milestone("1", 5), Records.Milestone("2", 5, "2024-09-30"), Records.Milestone("3", 5), Records.Milestone("4", 5, "2024-09-01"))
            .Lines.Select(line => line.Description["Project 701: ".Length..]));

    [Fact]
    public void Rate_LineWithADescription_IsNamedByIt() => Assert.Equal(
        "Projects 2024: Stage 1", Assert.Single(AgreedMonth.Of(Lines.Milestones() with { Description = "Projects 2024" }).Rate(Records.Milestone("1", 5)).Lines).Description);

    [Fact]
    public void Rate_UnknownProject_IsNamedByItsId() =>
        Assert.Equal("709: Stage 1", Assert.Single(Month.Rate(Records.Milestone("1", 5, projectId: "709")).Lines).Description);

    public static TheoryData<RuleEffect, decimal?, decimal, string> Effects => new()
    {
        // 7,250.00 x 0.9 = 6,525.00
        { new MultiplyPrice(0.9m), 7250, 6525, "Completed on 2024-09-20. Exception: 7,250.00 x 0.9 = 6,525.00." },
        { new SetPrice(5000), 7250, 5000, "Completed on 2024-09-20. Exception: 5,000.00." },
        // A rule's price is a price: the milestone's own is not missed.
        { new SetPrice(5000), null, 5000, "Completed on 2024-09-20. Exception: 5,000.00." },
    };

    [Theory]
    [MemberData(nameof(Effects), DisableDiscoveryEnumeration = true)]
    public void Rate_CustomRule_ChangesTheAmount(RuleEffect effect, decimal? amount, decimal billed, string sentence)
    {
        var month = AgreedMonth.Of(Lines.Milestones()) with { Rules = [new CustomRule("r1", "Exception", Lines.Always, new ActivityMatch(), effect)] };

        var line = Assert.Single(month.Rate(Records.Milestone("1", amount)).Lines);

        Assert.Equal((Eur(billed), sentence), (line.Amount, line.Explanation.Sentence));
        Assert.Equal(["r1"], line.Rules!);
    }

    [Fact]
    public void Rate_AmountInYen_HasNoPlaces()
    {
        var month = AgreedMonth.Of(Lines.Milestones());
        var company = Records.Company() with { CurrencyName = "JPY" };

        var @case = (month with { Agreements = [month.Agreements[0].In(JPY)] }).Case(Records.Milestone("1", 1000.5m));
        var directory = ClientDirectory.Of([Records.Settings, company, Records.Project("701")]);
        var line = Assert.Single(Rater.Rate(@case with { Directory = directory, Client = directory.ClientOf(Records.ClientId).Client! }).Lines);

        Assert.Equal(new Core.Money(1001, JPY), line.Amount); // 1,000.5
    }
}
