using MspBilling.Core.Capture;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Invoicing.Checks;

public sealed class ApprovalRuleTests
{
    [Theory]
    [InlineData(IssueMode.Automatic, null, null, 5000.01, "")]
    [InlineData(IssueMode.Approval, null, null, 1, "approval")]
    [InlineData(IssueMode.Approval, IssueMode.Automatic, null, 1, "")]
    [InlineData(IssueMode.Automatic, IssueMode.Approval, null, 1, "approval")]
    [InlineData(IssueMode.Automatic, null, "EUR", 5000, "")] // just reached
    [InlineData(IssueMode.Automatic, null, "EUR", 5000.01, "approval-above")]
    [InlineData(IssueMode.Automatic, null, "USD", 5000.01, "")] // another currency's
    [InlineData(IssueMode.Approval, null, "EUR", 5000.01, "approval approval-above")]
    public void Of_ModeAndThreshold_WaitsOrNot(IssueMode mode, IssueMode? ofClient, string? currency, decimal net, string checks)
    {
        var settings = CheckedBill.Nothing with
        {
            Mode = mode,
            Clients = ofClient is null ? [] : [new ClientIssue("co250", ofClient)], // by the company's identifier, in any case
            ApprovalAbove = currency is null ? [] : [new ApprovalThreshold(Core.Currency.Of(currency), 5000)],
        };

        var objections = new CheckedBill { Settings = settings }.CheckNet(net);

        Assert.Equal(checks, string.Join(' ', objections.Select(objection => objection.Check)));
        Assert.DoesNotContain(objections, objection => objection.NeedsWhy);
    }

    [Fact]
    public void Of_AnotherClientsMode_ChangesNothing() => Assert.Empty(
        new CheckedBill { Settings = CheckedBill.Nothing with { Clients = [new ClientIssue("cw-999", IssueMode.Approval)] } }.CheckNet(1));

    [Fact]
    public void Of_Threshold_SaysBothAmounts() => Assert.Equal(
        "6000.00 EUR net is above 5000 EUR, from where on invoices wait for approval.",
        Assert.Single(new CheckedBill { Settings = CheckedBill.Nothing with { ApprovalAbove = [new ApprovalThreshold(Currencies.EUR, 5000)] } }.CheckNet(6000)).Words);
}
