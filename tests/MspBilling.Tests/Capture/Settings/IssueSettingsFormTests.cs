using MspBilling.Core;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.Settings;

public sealed class IssueSettingsFormTests
{
    [Fact]
    public void Read_WholeForm_IsAllOfIt()
    {
        var issue = Assert.Single(ImportFiles.Records<MspSettings>("msp-settings.json", With(
            """
            {"mode":"approval","clients":[{"client":"ATLAS","mode":"automatic","deviation":{"percent":50},"purchaseOrderRequired":true}],"approvalAbove":[{"currency":"EUR","net":5000}],
             "deviation":{"percent":30,"amount":200,"periods":6},"missingRecurring":true,"zeroTotal":false,"unapprovedTime":true,"purchaseOrders":[{"number":"PO-17","currency":"EUR","limit":12000,"client":"ATLAS"}]}
            """))).Issue!;

        Assert.Equal((IssueMode.Approval, true, false, true, new DeviationBound(30, 200, 6)), (issue.Mode, issue.MissingRecurring, issue.ZeroTotal, issue.UnapprovedTime, issue.Deviation));
        Assert.Equal([new ClientIssue("ATLAS", IssueMode.Automatic, new DeviationBound(50, null, 3), true)], issue.Clients);
        Assert.Equal([new ApprovalThreshold(Currency.Of("EUR"), 5000)], issue.ApprovalAbove);
        Assert.Equal([new PurchaseOrderLimit("PO-17", Currency.Of("EUR"), 12_000, "ATLAS")], issue.PurchaseOrders);
    }

    [Fact]
    public void Read_EmptyForm_IsTheUsual()
    {
        var issue = Assert.Single(ImportFiles.Records<MspSettings>("msp-settings.json", With("{}"))).Issue!;

        Assert.Equal(RecordJson.Hash(RecordJson.Serialize(IssueSettings.Default)), RecordJson.Hash(RecordJson.Serialize(issue)));
        Assert.Null(Assert.Single(ImportFiles.Records<MspSettings>("msp-settings.json", ImportFiles.Settings)).Issue);
    }

    [Theory]
    [InlineData("""{"mode":"manual"}""", "issue.mode is 'manual', expected one of automatic, approval")]
    [InlineData("""{"approval":true}""", "issue.approval: expected no such property")]
    [InlineData("""{"clients":[{"client":"ATLAS"},{"client":"atlas"}]}""", "issue.clients[1].client is 'atlas', expected each client once")]
    [InlineData("""{"approvalAbove":[{"currency":"EUR","net":-1}]}""", "issue.approvalAbove[0].net is '-1'")]
    [InlineData("""{"approvalAbove":[{"currency":"EUR","net":1},{"currency":"EUR","net":2}]}""", "issue.approvalAbove[1].currency is 'EUR', expected each currency once")]
    [InlineData("""{"deviation":{"percent":0}}""", "issue.deviation.percent is '0'")]
    [InlineData("""{"deviation":{"percent":30,"periods":13}}""", "issue.deviation.periods is '13'")]
    [InlineData("""{"deviation":{"percent":30,"month":3}}""", "issue.deviation.month: expected no such property")]
    [InlineData("""{"purchaseOrders":[{"number":"PO-1","currency":"EUR","limit":1},{"number":"PO-1","currency":"EUR","limit":2}]}""", "issue.purchaseOrders[1].number is 'PO-1', expected each purchase order of a client once a currency")]
    public void Read_FormThatIsWrong_IsRefused(string issue, string problem) =>
        Assert.Contains(ImportFiles.Problems("msp-settings.json", With(issue)), said => said.Contains(problem, StringComparison.Ordinal));

    private static string With(string issue) => ImportFiles.Settings.TrimEnd()[..^1] + $", \"issue\": {issue} }}";
}
