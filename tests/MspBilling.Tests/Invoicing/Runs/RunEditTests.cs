using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>A draft of the sample month that somebody changes before it is approved.</summary>
public sealed class RunEditTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Edit_ThenApprove_IssuesTheDraftAsItWasEditedAndVerifies()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite);
        var editing = storage.Get<DraftEditing>();
        var before = (await DraftedSample.WaitingAsync(storage)).First(o => o.Drafts!.Count == 1);
        var draft = (await BillAsync(storage, before)).Invoices.Single();
        var line = draft.Numbered.First(numbered => numbered.Line.Net.Amount > 100);

        // Ten percent off a line, and a goodwill of its own.
        var first = await editing.EditAsync(Asked(before) with { Line = line.Number, Percent = -10, Id = "a" }, Token);
        var second = await editing.EditAsync(Asked(before) with { Agreement = line.Line.AgreementId, Service = line.Line.Service, Amount = -5.01m, Text = "Goodwill" }, Token);
        var expected = draft.Net + line.Line.Net.Percent(-10) - new Core.Money(5.01m, draft.Currency);
        Assert.Equal(expected, Assert.Single(second.Draft!.Drafts!).Net);
        Assert.Equal(["approval", "edited", "edited"], second.Draft.Objections!.Select(o => o.Check));

        // Asked for again it is not done again; another one with its id is refused.
        Assert.Equal(first.Edit, (await editing.EditAsync(Asked(before) with { Line = line.Number, Percent = -10, Id = "a" }, Token)).Edit);
        Assert.Contains("was used for another edit", (await editing.EditAsync(Asked(before) with { Line = line.Number, Percent = -11, Id = "a" }, Token)).Problem, StringComparison.Ordinal);

        // A close computes the draft anew, with the edits; conservation holds.
        await SampleRun.CloseAsync(storage);
        Assert.Equal(expected, Assert.Single((await OutcomeAsync(storage, before)).Drafts!).Net);
        Assert.Equal(await SampleRun.CapturedAsync(await azurite.ClosedSampleAsync()), await SampleRun.CapturedAsync(storage));

        await DraftedSample.ApproveAsync(storage);
        var issued = Assert.Single(await SampleRun.ListAsync<IssuedInvoice>(storage), invoice => invoice.ClientId == before.ClientId);
        Assert.Equal(expected, issued.Net);
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);

        // What is issued is not edited any more.
        Assert.EndsWith("Credit the invoice instead.", (await editing.EditAsync(Asked(before) with { Line = 1, Amount = -1 }, Token)).Problem, StringComparison.Ordinal);
        Assert.EndsWith("Credit the invoice instead.", (await editing.WithdrawAsync(SampleRun.September, before.ClientId, first.Edit!.Id.ExternalId, "Ann Lee", "no", Token)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_WithdrawnOrRefused_LeavesTheDraftAsItWas()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite);
        var editing = storage.Get<DraftEditing>();
        var before = (await DraftedSample.WaitingAsync(storage)).First(o => o.Drafts!.Count == 1);
        var net = before.Drafts![0].Net;
        // Called as the next one would be numbered.
        var edit = (await editing.EditAsync(Asked(before) with { Line = 1, Amount = -1, Id = "2" }, Token)).Edit!;
        Assert.Equal(net - new Core.Money(1, net.Currency), (await OutcomeAsync(storage, before)).Drafts![0].Net);

        var withdrawn = await editing.WithdrawAsync(SampleRun.September, before.ClientId, edit.Id.ExternalId, "Bo Ray", "not agreed", Token);
        Assert.Equal(net, withdrawn.Draft!.Drafts![0].Net);
        Assert.Equal([(null, "Ann Lee"), (edit.Id.ExternalId, "Bo Ray")], (await editing.ListAsync(SampleRun.September, before.ClientId, Token)).Select(e => (e.Withdraws, e.By)));
        Assert.Equal(withdrawn.Edit, (await editing.WithdrawAsync(SampleRun.September, before.ClientId, edit.Id.ExternalId, "Bo Ray", "not agreed", Token)).Edit);
        Assert.True((await editing.WithdrawAsync(SampleRun.September, before.ClientId, edit.Id.ExternalId, "Bo Ray", "again", Token)).IsUnknown);

        async Task AssertRefusedAsync(EditRequest request, string words)
        {
            var report = await editing.EditAsync(request, Token);
            Assert.Contains(words, report.Problem, StringComparison.Ordinal);
            Assert.Null(report.Edit);
        }

        await AssertRefusedAsync(Asked(before) with { Line = 1, Amount = -net.Amount - 1 }, "an invoice cannot be below zero");
        await AssertRefusedAsync(Asked(before) with { Line = 999, Amount = -1 }, "The draft has no line 999; it has lines 1 to ");
        await AssertRefusedAsync(Asked(before) with { Line = 1 }, "Say one of three");
        await AssertRefusedAsync(Asked(before) with { Line = 1, Amount = 1, To = 2 }, "Say one of three");
        await AssertRefusedAsync(Asked(before) with { To = 2 }, "which line shall come to that");
        await AssertRefusedAsync(Asked(before) with { Line = 1, Amount = 0.001m }, "0.001 is no amount in");
        await AssertRefusedAsync(Asked(before) with { Line = 1, Amount = 1, Text = " " }, "what the client is to read");
        await AssertRefusedAsync(Asked(before) with { Currency = "CHF", Line = 1, Amount = 1 }, "which draft is meant");
        await AssertRefusedAsync(Asked(before) with { Agreement = "Nothing", Service = "Support", Amount = 1 }, "No agreement on the draft is called 'Nothing'");
        await AssertRefusedAsync(Asked(before) with { Line = 1, Percent = -1001 }, "\"percent\" is between");
        await AssertRefusedAsync(Asked(before) with { ClientId = "cw-none", Line = 1, Amount = 1 }, "cw-none was not billed in 2024-09");
        Assert.Equal(2, (await editing.ListAsync(SampleRun.September, before.ClientId, Token)).Count);
        Assert.Equal(net, (await OutcomeAsync(storage, before)).Drafts![0].Net);
    }

    // An edit that was stored and whose process ended before the draft had it: approving says so, and closing again puts it on.
    [Fact]
    public async Task Edit_ProcessEndsBetweenTwoRequests_IsOnTheDraftOrNotThere()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite);
        var drafts = (await DraftedSample.WaitingAsync(storage)).Where(o => o.Drafts!.Count == 1).ToList();
        var all = new StorageRequests();
        await using (var counted = On(storage, all))
            await counted.Get<DraftEditing>().EditAsync(Asked(drafts[^1]) with { Line = 1, Amount = -1 }, Token);
        var pending = 0;
        foreach (var (most, client) in all.Cuts(drafts.Count - 1).Zip(drafts))
        {
            var requests = new StorageRequests { Most = most };
            await using (var cut = On(storage, requests))
            {
                var ended = await Record.ExceptionAsync(() => cut.Get<DraftEditing>().EditAsync(Asked(client) with { Line = 1, Amount = -1, Id = "mine" }, Token));
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            var isStored = (await storage.Get<DraftEditing>().ListAsync(SampleRun.September, client.ClientId, Token)).Count == 1;
            if (isStored && (await OutcomeAsync(storage, client)).BillHash == client.BillHash)
            {
                pending++;
                var refused = await storage.Get<Approvals>().ApproveAsync(new ApprovalRequest(SampleRun.September, [client.ClientId], "Bo Ray", null), Token);
                Assert.Contains("Close 2024-09 again and look at it.", Assert.Single(refused.Refused).Because, StringComparison.Ordinal);
            }

            await storage.Get<DraftEditing>().EditAsync(Asked(client) with { Line = 1, Amount = -1, Id = "mine" }, Token);
        }

        await SampleRun.CloseAsync(storage);

        Assert.All(await DraftedSample.WaitingAsync(storage), after => Assert.Equal(
            drafts.Find(o => o.ClientId == after.ClientId)?.Drafts![0].Net.Amount - 1 ?? after.Drafts![0].Net.Amount, after.Drafts![0].Net.Amount));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.Count} requests an edit; {pending} of {drafts.Count - 1} edits were stored and not yet on the draft"));
    }

    private static EditRequest Asked(ClientOutcome draft) => new(SampleRun.September, draft.ClientId, null, null, null, null, null, "Less for the outage", null, null, null, "Ann Lee", "the outage on Tuesday");

    private static async Task<ClientOutcome> OutcomeAsync(TestStorage storage, ClientOutcome of) => (await storage.Get<BillStore>().OutcomeAsync(of.Period, of.ClientId, Token))!;

    private static Task<ClientBill> BillAsync(TestStorage storage, ClientOutcome outcome) => storage.Get<BillStore>().GetBillAsync(outcome.Period, outcome.ClientId, outcome.BillHash, Token);

    private TestStorage On(TestStorage storage, StorageRequests requests) =>
        new(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(_ => requests.On(storage.Configuration))) { IsShared = true };
}
