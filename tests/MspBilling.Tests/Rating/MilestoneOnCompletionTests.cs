using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating;

public sealed class MilestoneOnCompletionTests
{
    private static readonly ClientMonth Month = new() { Lines = [new MilestonesLine("Projects")], References = [Records.Project("701")] };

    [Theory]
    [InlineData(7250, null, "Completed on 2024-09-20.")]
    [InlineData(7250, "ATH-PO-311", "Completed on 2024-09-20. Purchase order ATH-PO-311.")]
    [InlineData(0.01, null, "Completed on 2024-09-20.")]
    public void Rate_Completed_IsBilled(decimal amount, string? purchaseOrder, string sentence)
    {
        var rated = Month.Rate(Records.Milestone("1", amount) with { PurchaseOrder = purchaseOrder });

        var line = Assert.Single(rated.Lines);
        Assert.Equal((Eur(amount), "Project 701: Stage 1", sentence), (line.Amount, line.Description, line.Explanation.Sentence));
        Assert.Equal(DispositionKind.Billed, Assert.Single(rated.Dispositions).Kind);
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
}
