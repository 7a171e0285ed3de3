using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.ConnectWise;

/// <summary>Our invoice's number on the time that it bills: once, and told where the vendor does not keep it.</summary>
public sealed class InvoiceReferenceTests : IAsyncLifetime
{
    private const string Custom = """{"id":80121,"customFields":[{"id":28,"caption":"Cost centre","type":"Text","value":"A"},{"id":31,"caption":"Invoice","type":"Text","value":null}]}""";

    private readonly ConnectWiseSimulator _vendor = new();

    public async ValueTask InitializeAsync() => await _vendor.StartAsync();

    public ValueTask DisposeAsync() => _vendor.DisposeAsync();

    [Theory]
    [InlineData("null", "[Invoice HL-002041]")]
    [InlineData("\"\"", "[Invoice HL-002041]")]
    [InlineData("\"Call back \"", "Call back [Invoice HL-002041]")]
    [InlineData("\"[Invoice HL-00204]\"", "[Invoice HL-00204] [Invoice HL-002041]")]
    public async Task Write_InternalNotes_AreAddedToOnce(string before, string after)
    {
        _vendor.Put("time/entries", $$"""{"id":80121,"internalNotes":{{before}}}""");
        using var connected = new ConnectedSource(_vendor, "InvoiceReference=internalNotes");

        Assert.Equal(InvoiceReferenceState.Written, await Write(connected));
        Assert.Equal(InvoiceReferenceState.AlreadyThere, await Write(connected));

        Assert.Equal(after, _vendor.List("time/entries")[80121].Json["internalNotes"]!.GetValue<string>());
        Assert.Single(_vendor.Addresses, "PATCH /v2026_1/apis/3.0/time/entries/80121");
        Assert.Empty(_vendor.Unexpected);
    }

    [Fact]
    public async Task Write_CustomField_LeavesTheOthers()
    {
        _vendor.Put("time/entries", Custom);
        using var connected = new ConnectedSource(_vendor, "InvoiceReference=31");

        Assert.Equal(InvoiceReferenceState.Written, await Write(connected));
        Assert.Equal(InvoiceReferenceState.AlreadyThere, await Write(connected));

        Assert.Equal(
            """[{"id":28,"caption":"Cost centre","type":"Text","value":"A"},{"id":31,"caption":"Invoice","type":"Text","value":"[Invoice HL-002041]"}]""",
            _vendor.List("time/entries")[80121].Json["customFields"]!.ToJsonString());
    }

    [Fact]
    public async Task Write_AnyFaults_WritesOnce()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            _vendor.Faults = _ => Fault.None;
            _vendor.Put("time/entries", """{"id":80121,"internalNotes":"Call back"}""");
            _vendor.Faults = VendorSimulator.Mixed(seed, 0.4);
            using var connected = new ConnectedSource(_vendor, "InvoiceReference=internalNotes", "Http:Tries=30");

            await Write(connected);
            await Write(connected);

            Assert.Equal("Call back [Invoice HL-002041]", _vendor.List("time/entries")[80121].Json["internalNotes"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Write_ChangeThatIsNotKept_IsTold()
    {
        _vendor.Put("time/entries", """{"id":80121,"internalNotes":null}""");
        _vendor.ForgetsChanges = true;
        using var connected = new ConnectedSource(_vendor, "InvoiceReference=internalNotes");

        var refusal = await Assert.ThrowsAsync<SourceException>(() => Write(connected));

        Assert.Equal(SourceFailure.Refused, refusal.Failure);
        Assert.Equal(
            "ConnectWise PSA answered that it wrote invoice HL-002041 on time entry 80121, but did not keep it. Check that internalNotes can be changed, or set Sources:ConnectWise:InvoiceReference to another.",
            refusal.Message);
    }

    [Fact]
    public async Task Write_CustomFieldThatIsNotThere_SaysWhatToSet()
    {
        _vendor.Put("time/entries", Custom);
        using var connected = new ConnectedSource(_vendor, "InvoiceReference=99");

        Assert.Equal(
            "Time entries of ConnectWise PSA have no custom field 99. Set Sources:ConnectWise:InvoiceReference to the id of one that they have, or to internalNotes.",
            (await Assert.ThrowsAsync<SourceException>(() => Write(connected))).Message);
    }

    [Fact]
    public async Task Write_EntryThatIsGone_IsTold()
    {
        using var connected = new ConnectedSource(_vendor, "InvoiceReference=internalNotes");

        Assert.Equal(InvoiceReferenceState.Gone, await Write(connected));
    }

    [Fact]
    public async Task Write_NotAskedFor_SendsNothing()
    {
        using var connected = new ConnectedSource(_vendor);
        using var asked = new ConnectedSource(_vendor, "InvoiceReference=internalNotes");

        Assert.Equal(InvoiceReferenceState.NotAsked, await Write(connected));
        Assert.Equal(InvoiceReferenceState.NotAsked, await asked.Source.WriteAsync(new RecordId("connectwise", RecordKind.Addition, "1"), "HL-002041", TestContext.Current.CancellationToken));
        Assert.Empty(_vendor.Addresses);
    }

    private static Task<InvoiceReferenceState> Write(ConnectedSource connected) =>
        connected.Source.WriteAsync(new RecordId("connectwise", RecordKind.Time, "80121"), "HL-002041", TestContext.Current.CancellationToken);
}
