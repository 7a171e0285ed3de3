using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Invoicing.Checks;

public sealed class RecurringCheckTests
{
    private static readonly IssueSettings On = CheckedBill.Nothing with { MissingRecurring = true };

    // August had the addition 7 and the fee; what September lacks of them waits, unless somebody has ended it.
    [Theory]
    [InlineData("there", 0)]
    [InlineData("gone", 1)] // not stored any more
    [InlineData("ended", 0)]
    [InlineData("deleted", 1)]
    [InlineData("off", 0)] // the check is not asked for
    public void Of_AdditionOfTheLastInvoice_IsMissedUnlessItEnded(string now, int objections)
    {
        var addition = Records.Addition("7", 12, 9);
        var august = new CheckedBill { Month = new ClientMonth { Period = Core.Time.Period.Month(2024, 8), Lines = [Lines.Additions("Licences")] } };
        var before = CheckedBill.Outcome with { Recurring = RecurringItem.Of(august.Month.Bill(addition).Invoices.SelectMany(invoice => invoice.Lines)) };
        Assert.Single(before.Recurring!);
        IReadOnlyList<Activity> activities = now switch
        {
            "there" => [addition],
            "ended" => [addition with { InForce = Days.Between("2024-01-01", "2024-09-01") }, Records.Addition("8", 1, 5)],
            "deleted" => [addition with { DeletedAt = DateTimeOffset.UnixEpoch }, Records.Addition("8", 1, 5)],
            _ => [Records.Addition("8", 1, 5)],
        };

        var found = new CheckedBill { Month = august.Month with { Period = Days.September }, Settings = now == "off" ? CheckedBill.Nothing : On, Before = before }.Check(activities);

        Assert.Equal(objections, found.Count);
        Assert.All(found, objection => Assert.Matches(@"^.+ on Gold support, 108\.00 EUR in 2024-08, is not on it, and nobody has ended it\.$", objection.Words));
    }

    [Fact]
    public void Of_FirstInvoice_MissesNothing() => Assert.Empty(new CheckedBill { Settings = On }.CheckNet(10));
}
