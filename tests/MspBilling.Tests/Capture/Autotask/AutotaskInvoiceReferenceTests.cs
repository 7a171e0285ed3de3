using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.Autotask;

public sealed class AutotaskInvoiceReferenceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "[Invoice HL-002041]")]
    [InlineData("Called twice. ", "Called twice. [Invoice HL-002041]")]
    [InlineData("[Invoice HL-00204]", "[Invoice HL-00204] [Invoice HL-002041]")]
    public async Task Write_Number_StandsOnceInTheNotes(string? before, string after)
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator, options => options.WriteInvoiceReference = true);
        simulator.Data.Rows("TimeEntries")[3]["internalNotes"] = before;

        Assert.Equal(InvoiceReferenceState.Written, await pulls.Source.WriteAsync(Time("3"), "HL-002041", Cancel));
        Assert.Equal(InvoiceReferenceState.AlreadyThere, await pulls.Source.WriteAsync(Time("3"), "HL-002041", Cancel));

        Assert.Equal(after, simulator.Data.Rows("TimeEntries")[3]["internalNotes"]!.GetValue<string>());
        Assert.Single(simulator.Asked, asked => asked == "TimeEntries");
        Assert.Empty(simulator.Unexpected);
    }

    [Fact]
    public async Task Write_EntryThatIsGoneOrNoTime_IsNotWritten()
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator, options => options.WriteInvoiceReference = true);

        Assert.Equal(InvoiceReferenceState.Gone, await pulls.Source.WriteAsync(Time("99"), "HL-002041", Cancel));
        Assert.Equal(InvoiceReferenceState.NotAsked, await pulls.Source.WriteAsync(new RecordId("autotask", RecordKind.Expense, "contract-3"), "HL-002041", Cancel));
    }

    [Fact]
    public async Task Write_NotAsked_SendsNothing()
    {
        await using var simulator = new AutotaskSimulator();
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator);

        Assert.Equal(InvoiceReferenceState.NotAsked, await pulls.Source.WriteAsync(Time("3"), "HL-002041", Cancel));
        Assert.Equal(0, simulator.Requests);
    }

    [Theory]
    [InlineData(500, """{"errors":["Time entry is posted."]}""", "Autotask answered a change of TimeEntries with 500: Time entry is posted. Check that the API user's security level may change TimeEntries.")]
    [InlineData(200, """{"itemId":3}""", "Autotask answered that it wrote invoice HL-002041 on time entry 3, but did not keep it. Check that the API user may change time entries that are approved, or set Sources:Autotask:WriteInvoiceReference to false.")]
    public async Task Write_Refused_IsSentOnceAndSaysSo(int status, string body, string words)
    {
        await using var simulator = new AutotaskSimulator { Instead = path => path == "TimeEntries" ? new SimulatedAnswer(status, body) : null };
        await simulator.StartAsync();
        await using var pulls = new AutotaskPulls(simulator, options => options.WriteInvoiceReference = true);

        var error = await Assert.ThrowsAsync<SourceException>(() => pulls.Source.WriteAsync(Time("3"), "HL-002041", Cancel));

        Assert.Equal((SourceFailure.Refused, words), (error.Failure, error.Message));
        Assert.Single(simulator.Asked, asked => asked == "TimeEntries");
    }

    private static RecordId Time(string id) => new("autotask", RecordKind.Time, id);
}
