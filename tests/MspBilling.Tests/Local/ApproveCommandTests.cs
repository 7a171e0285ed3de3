using MspBilling.Core.Invoicing;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Local;

/// <summary>What waits is said by a close, approved by name, and issued.</summary>
public sealed class ApproveCommandTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Approve_AfterACloseThatWaits_IssuesAndSaysSo()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite);
        using var program = LocalProgram.On(azurite, storage);
        var waiting = await DraftedSample.WaitingAsync(storage);

        var close = await program.RunAsync("close", "--period", "2024-09");
        Assert.Equal(1, close.ExitCode);
        Assert.Contains("wait for approval: Invoices of ", close.Output, StringComparison.Ordinal);
        Assert.Contains("approve --period 2024-09 --by NAME issues them", close.Output, StringComparison.Ordinal);

        var unknown = await program.RunAsync("approve", "--period", "2024-09", "--by", "Ann", "--client", "Nobody");
        Assert.Equal((2, "No client has the id Nobody or a name with it.\n"), (unknown.ExitCode, unknown.Error));

        var cancelled = await program.RunAsync("cancel", "--period", "2024-09", "--by", "Ann", "--why", "wrong rates", "--client", waiting[0].ClientId);
        Assert.Equal(1, cancelled.ExitCode);
        var one = await program.RunAsync("approve", "--period", "2024-09", "--by", "Ann", "--client", waiting[1].ClientId, "--json");
        Assert.Equal((1, 1, waiting.Sum(o => o.Drafts!.Count) - 2), (one.ExitCode, one.Json().GetProperty("invoices").GetArrayLength(), one.Json().GetProperty("waiting").GetArrayLength()));
        await program.RunAsync("approve", "--period", "2024-09", "--by", "Ann");

        Assert.Equal(
            (RunState.Finished, waiting.Sum(o => o.Drafts!.Count) - 1),
            ((await storage.Get<Adapters.Storage.RunStore>().FindAsync(SampleRun.September, TestContext.Current.CancellationToken))!.State, (await SampleRun.ListAsync<IssuedInvoice>(storage)).Count));
        Assert.Equal(0, (await program.RunAsync("approve", "--period", "2024-09", "--by", "Ann")).ExitCode);
    }
}
