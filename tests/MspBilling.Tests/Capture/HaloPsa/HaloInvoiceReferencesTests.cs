using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.HaloPsa;

/// <summary>Our invoice's number is written on an action once, and never over another's.</summary>
public sealed class HaloInvoiceReferencesTests
{
    private static readonly (string, string?)[] Writing = [("TimeSource", "Actions"), ("WriteInvoiceNumbers", "true"), ("OwnInvoicePrefix", "HL-")];

    [Theory]
    [InlineData("41551/3", """[{"id":3,"ticket_id":41551,"actioninvoicenumber":"HL-000041"}]""")]
    [InlineData("41551/3/non-billable", """[{"id":3,"ticket_id":41551,"actioninvoicenumber":"HL-000041"}]""")]
    [InlineData("41551/3/travel", """[{"id":3,"ticket_id":41551,"actiontravelinvoicenumber":"HL-000041"}]""")]
    public async Task Write_ANumberTwice_IsSentOnce(string id, string sent)
    {
        await using var halo = await ConnectedHalo.StartAsync(Writing);

        Assert.Equal(InvoiceReferenceState.Written, await WriteAsync(halo, id, "HL-000041"));
        Assert.Equal(InvoiceReferenceState.AlreadyThere, await WriteAsync(halo, id, "HL-000041"));

        Assert.Equal([sent], halo.Vendor.Posted);
        Assert.Empty(halo.Vendor.Unexpected);
        Assert.Equal("Approved", (await ConnectedHalo.PullAsync(halo.Source, halo["actions"])).OfType<TimeEntry>().Single(time => time.Id.ExternalId == "41551/3").Status);
    }

    [Fact]
    public async Task Write_WhereTheAnswerIsLost_IsFoundToBeThere()
    {
        await using var halo = await ConnectedHalo.StartAsync(Writing);
        halo.Vendor.Faults = request => request == 3 ? Fault.CutOff : Fault.None;

        var error = await Assert.ThrowsAsync<SourceException>(() => WriteAsync(halo, "41551/3", "HL-000041"));

        Assert.Equal("HaloPSA at 127.0.0.1 did not answer POST /api/Actions in full, tried once. Whether it was done is found out before it is sent again.", error.Message);
        Assert.Equal(InvoiceReferenceState.AlreadyThere, await WriteAsync(halo, "41551/3", "HL-000041"));
        Assert.Single(halo.Vendor.Posted);
    }

    [Fact]
    public async Task Write_WhereATokenHasEnded_IsSentOnce()
    {
        await using var halo = await ConnectedHalo.StartAsync(Writing);
        halo.Vendor.Before = request =>
        {
            if (request == 3)
                halo.Vendor.EndToken();
        };

        Assert.Equal(InvoiceReferenceState.Written, await WriteAsync(halo, "41551/3", "HL-000041"));
        Assert.Single(halo.Vendor.Posted);
    }

    [Fact]
    public async Task Write_OnWhatHaloHasBilled_IsRefused()
    {
        await using var halo = await ConnectedHalo.StartAsync(Writing);
        halo.Tenant.Find("Actions", HaloTenant.KeyOfAction(41551, 3))!["actioninvoicenumber"] = "INV-9";

        var error = await Assert.ThrowsAsync<SourceException>(() => WriteAsync(halo, "41551/3", "HL-000041"));

        Assert.Equal("Action 3 of ticket 41551 in HaloPSA is on invoice INV-9 already, so that HL-000041 was not written on it. Look at whether it was billed twice.", error.Message);
        Assert.Empty(halo.Vendor.Posted);
    }

    [Fact]
    public async Task Write_ThatIsNotKept_IsTold()
    {
        await using var halo = await ConnectedHalo.StartAsync(Writing);
        halo.Vendor.ForgetsChanges = true;

        var error = await Assert.ThrowsAsync<SourceException>(() => WriteAsync(halo, "41551/3", "HL-000041"));

        Assert.Equal("HaloPSA answered that it wrote invoice HL-000041 on action 3 of ticket 41551, but did not keep it. Give the API application the permission to edit actions, or set Sources:HaloPsa:WriteInvoiceNumbers to false.", error.Message);
    }

    [Fact]
    public async Task Write_OnWhatIsGoneOrNotAskedFor_SendsNothing()
    {
        await using var halo = await ConnectedHalo.StartAsync(Writing);
        await using var silent = await ConnectedHalo.StartAsync();

        Assert.Equal(InvoiceReferenceState.Gone, await WriteAsync(halo, "41551/99", "HL-000041"));
        Assert.Equal(InvoiceReferenceState.NotAsked, await halo.Source.WriteAsync(new RecordId("halopsa", RecordKind.Addition, "501/7001"), "HL-000041", TestContext.Current.CancellationToken));
        Assert.Equal(InvoiceReferenceState.NotAsked, await WriteAsync(silent, "41551/3", "HL-000041"));
        Assert.Empty(halo.Vendor.Posted);
        Assert.Equal(0, silent.Vendor.Requests);
    }

    private static Task<InvoiceReferenceState> WriteAsync(ConnectedHalo halo, string id, string number) =>
        halo.Source.WriteAsync(new RecordId("halopsa", RecordKind.Time, id), number, TestContext.Current.CancellationToken);
}
