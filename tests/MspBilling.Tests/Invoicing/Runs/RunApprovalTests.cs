using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Accounting;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Local.Sample;
using MspBilling.Tests.Storage;
using UglyToad.PdfPig;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>The sample month where drafts wait for a person: nothing has a number before, and approving ends in what a close issues by itself.</summary>
public sealed class RunApprovalTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Close_WhereAllWait_IssuesNothingAndSaysWhatWaits()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite);

        Assert.Equal((RunState.AwaitsApproval, 0, 0), (await StateAsync(storage), (await SampleRun.ListAsync<IssuedInvoice>(storage)).Count, (await SampleRun.ListAsync<OutboxEntry>(storage)).Count));
        Assert.Empty(await storage.Get<NumberStore>().AssignmentsAsync(NumberedDocument.Invoice, SampleRun.September, Token));
        var outcomes = (await SampleRun.ListAsync<ClientOutcome>(storage)).Where(o => o.Waits).ToList();
        var issued = await SampleRun.ListAsync<IssuedInvoice>(await azurite.ClosedSampleAsync());
        Assert.Equal(
            issued.Select(i => $"{i.ClientId} {i.Net} {i.Tax} {i.Total} {i.DueDate}").Order(), outcomes.SelectMany(o => o.Drafts!.Select(d => $"{o.ClientId} {d.Net} {d.Tax} {d.Total} {d.DueDate}")).Order());
        Assert.All(outcomes, o => Assert.Equal($"Invoices of {o.ClientName} wait for approval.", Assert.Single(o.Objections!).Words));

        // Conservation: what would be billed is held for approval, and nothing is lost.
        Assert.Equal(await SampleRun.CapturedAsync(await azurite.ClosedSampleAsync()), await SampleRun.CapturedAsync(storage));
        Assert.DoesNotContain(outcomes.SelectMany(o => o.Totals), t => t.Kind == DispositionKind.Billed);
        Assert.Equal(
            issued.Sum(i => i.Net.Amount), outcomes.SelectMany(o => o.Totals).Where(t => t.Reason == Reason.AwaitsApproval).SelectMany(t => t.Values).Sum(v => v.Amount));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);

        // Closed again it is the same, to the byte.
        var before = await StorageSnapshot.ResultsAsync(storage);
        await SampleRun.CloseAsync(storage);
        StorageSnapshot.AssertSame(before, await StorageSnapshot.ResultsAsync(storage));
    }

    [Fact]
    public async Task Approve_All_EndsInWhatACloseIssuesByItself()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite);
        var requests = new StorageRequests();
        await using var counted = new TestStorage(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(s => requests.On(storage.Configuration))) { IsShared = true };

        await DraftedSample.ApproveAsync(counted);
        await SampleRun.BookAsync(storage);

        Assert.Equal(RunState.Finished, await StateAsync(storage));
        var expected = await SampleRun.ListAsync<IssuedInvoice>(await azurite.ClosedSampleAsync());
        Assert.Equal(Amounts(expected), Amounts(await SampleRun.ListAsync<IssuedInvoice>(storage)));
        Assert.All(await SampleRun.ListAsync<ClientOutcome>(storage), o => Assert.Equal(o.State == ClientState.Issued ? "Ann Lee" : null, o.Approval?.By));
        Assert.All(await SampleRun.ListAsync<OutboxEntry>(storage), entry => Assert.Equal(SyncState.Confirmed, entry.State));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
        TestContext.Current.TestOutputHelper?.WriteLine($"{requests.Count} requests to approve {expected.Count} invoices");
        Assert.InRange(requests.Count, expected.Count, 12 * expected.Count);

        // Approved again, and closed again, nothing changes.
        var before = await StorageSnapshot.ResultsAsync(storage);
        Assert.Empty((await DraftedSample.ApproveAsync(storage)).Done);
        Assert.Equal(expected[0].ClientId, Assert.Single((await DraftedSample.ApproveAsync(storage, expected[0].ClientId)).Known).ClientId);
        await SampleRun.CloseAsync(storage);
        StorageSnapshot.AssertSame(before, await StorageSnapshot.ResultsAsync(storage));
    }

    [Fact]
    public async Task Approve_Some_IssuesExactlyThose()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite);
        var clients = (await SampleRun.ListAsync<ClientOutcome>(storage)).Where(o => o.Waits).Select(o => o.ClientId).Order().ToList();

        var report = await DraftedSample.ApproveAsync(storage, clients[3], clients[1]);

        Assert.Equal([clients[1], clients[3]], report.Done.Select(o => o.ClientId));
        Assert.Equal([clients[1], clients[3]], (await SampleRun.ListAsync<IssuedInvoice>(storage)).Select(i => i.ClientId).Distinct().Order());
        Assert.Equal(RunState.AwaitsApproval, await StateAsync(storage));
        Assert.Equal(clients.Count - 2, (await SampleRun.ListAsync<ClientOutcome>(storage)).Count(o => o.State == ClientState.Draft));

        var refused = await storage.Get<Approvals>().ApproveAsync(new ApprovalRequest(SampleRun.September, [clients[0], "cw-none"], "Ann Lee", null), Token);
        Assert.Equal((0, true, "cw-none was not billed in 2024-09. Take the ids from the list of drafts."), (refused.Done.Count, Assert.Single(refused.Refused).IsUnknown, refused.Refused[0].Because));
        Assert.Equal(clients.Count - 2, (await SampleRun.ListAsync<ClientOutcome>(storage)).Count(o => o.State == ClientState.Draft));
        var other = await storage.Get<Approvals>().ApproveAsync(new ApprovalRequest(SampleRun.September, [clients[1]], "Bob Ray", null), Token);
        Assert.EndsWith("The invoice is issued and cannot be approved any more. Credit it, and bill what is right on a new invoice.", Assert.Single(other.Refused).Because, StringComparison.Ordinal);
    }

    // By client and by amount: the others are issued by the close itself.
    [Fact]
    public async Task Close_WhereAClientAndLargeInvoicesWait_IssuesTheOthers()
    {
        var expected = (await SampleRun.ListAsync<IssuedInvoice>(await azurite.ClosedSampleAsync())).OrderBy(i => i.Net.Amount).ToList();
        var (first, largest) = (expected[0], expected[^1]);
        await using var storage = await DraftedSample.CloseAsync(
            azurite,
            $$"""{"clients":[{"client":"{{first.ClientId}}","mode":"approval"}],"approvalAbove":[{"currency":"{{largest.Currency.Code}}","net":{{(largest.Net.Amount - 0.01m).ToString(CultureInfo.InvariantCulture)}}}]}""");

        var waiting = (await SampleRun.ListAsync<ClientOutcome>(storage)).Where(o => o.Waits).ToList();
        Assert.Equal(new[] { first.ClientId, largest.ClientId }.Order(), waiting.Select(o => o.ClientId).Order());
        Assert.Equal(["approval", "approval-above"], waiting.SelectMany(o => o.Objections!).Select(o => o.Check).Order());
        Assert.Equal(expected.Count - waiting.Sum(o => o.Drafts!.Count), (await SampleRun.ListAsync<IssuedInvoice>(storage)).Count);
    }

    // An hour more is in the draft; once approved it is late, and not on the invoice.
    [Fact]
    public async Task Close_Again_ComputesDraftsAnewAndLeavesWhatIsApproved()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite);
        var before = (await SampleRun.ListAsync<ClientOutcome>(storage)).Where(o => o.Waits).ToDictionary(o => o.ClientId);
        var (clientId, like) = await BilledTimeAsync(storage, before.Values);
        await SampleRun.ImportAsync(storage, [More(like, 99_999)]);
        await SampleRun.CloseAsync(storage);
        var now = (await SampleRun.ListAsync<ClientOutcome>(storage)).Single(o => o.ClientId == clientId);
        Assert.Equal((ClientState.Draft, true), (now.State, now.Drafts!.Sum(d => d.Net.Amount) > before[clientId].Drafts!.Sum(d => d.Net.Amount)));

        var approved = await storage.Get<Approvals>().ApproveAsync(new ApprovalRequest(SampleRun.September, [clientId], "Ann Lee", null), Token);
        Assert.Equal(now.BillHash, Assert.Single(approved.Done).BillHash);
        await SampleRun.ImportAsync(storage, [More(like, 99_998)]);
        await SampleRun.CloseAsync(storage);

        var issued = Assert.Single(await SampleRun.ListAsync<IssuedInvoice>(storage));
        Assert.Equal((clientId, now.BillHash, now.Drafts![0].Total), (issued.ClientId, issued.BillHash, issued.Total));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    // Another name on the MSP's letters, between the draft and its approval: the draft is issued as it was approved, and nothing differs when it is computed again.
    [Fact]
    public async Task Approve_AfterTheSettingsChanged_IssuesTheDraftAsItWas()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite);
        await SampleRun.ImportAsync(storage, [DraftedSample.With(SampleRun.File("msp-settings.json"), "name", "\"Another Name Ltd\"")]);

        await DraftedSample.ApproveAsync(storage);

        Assert.Equal(Amounts(await SampleRun.ListAsync<IssuedInvoice>(await azurite.ClosedSampleAsync())), Amounts(await SampleRun.ListAsync<IssuedInvoice>(storage)));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    [Fact]
    public async Task Cancel_ADraft_HoldsItsWorkUntilThePeriodIsClosedAgain()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite);
        var drafted = await StorageSnapshot.ResultsAsync(storage);
        var draft = (await SampleRun.ListAsync<ClientOutcome>(storage)).First(o => o.Waits);

        var report = await storage.Get<Approvals>().CancelAsync(new ApprovalRequest(SampleRun.September, [draft.ClientId], "Ann Lee", "wrong rates"), Token);

        Assert.Equal(draft.ClientId, Assert.Single(report.Done).ClientId);
        var cancelled = (await SampleRun.ListAsync<ClientOutcome>(storage)).Single(o => o.ClientId == draft.ClientId);
        Assert.Equal(ClientState.Quarantined, cancelled.State);
        Assert.Matches(@"^The draft of [\d.]+ [A-Z]{3} was cancelled by Ann Lee on \d{4}-\d\d-\d\d \(wrong rates\)\. Close 2024-09 again to draft it anew\.$", cancelled.Problem);
        var (captured, held) = (await SampleRun.CapturedAsync(await azurite.ClosedSampleAsync()), await SampleRun.CapturedAsync(storage));
        Assert.Equal((captured.Hours, captured.Units), (held.Hours, held.Units));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
        Assert.Contains("has no draft in 2024-09", Assert.Single((await storage.Get<Approvals>().ApproveAsync(new ApprovalRequest(SampleRun.September, [draft.ClientId], "Ann Lee", null), Token)).Refused).Because, StringComparison.Ordinal);

        await SampleRun.CloseAsync(storage);
        StorageSnapshot.AssertSame(Rows(drafted), Rows(await StorageSnapshot.ResultsAsync(storage)));
    }

    // October starts from what September leaves, which is not known before it is issued.
    [Fact]
    public async Task Close_OfTheNextPeriod_WaitsForTheClientsDraftsAndGoesOnAfterwards()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite);
        var waiting = (await SampleRun.ListAsync<ClientOutcome>(storage)).Where(o => o.Waits).Select(o => o.ClientId).Order().ToList();
        await LateSample.CloseAsync(storage, LateSample.October);
        var october = (await storage.Get<BillStore>().ListAsync<ClientOutcome>(LateSample.October, Token)).Where(o => waiting.Contains(o.ClientId)).ToList();
        Assert.All(october, o => Assert.Equal(
            (ClientState.Quarantined, "The invoices of 2024-09 wait for approval, and 2024-10 starts from what they leave. Approve or cancel them, then close 2024-10 again."), (o.State, o.Problem)));
        Assert.Equal(waiting.Count, october.Count);

        await DraftedSample.ApproveAsync(storage);
        await LateSample.CloseAsync(storage, LateSample.October);
        Assert.DoesNotContain(await storage.Get<BillStore>().ListAsync<ClientOutcome>(LateSample.October, Token), o => o.State == ClientState.Quarantined);
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    [Fact]
    public async Task Draft_Previewed_IsMarkedOnEveryPage()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite);
        var draft = (await SampleRun.ListAsync<ClientOutcome>(storage)).First(o => o.Waits);

        var answer = Assert.IsType<FileContentHttpResult>(await storage.Get<DraftEndpoint>().PdfAsync(Request(storage, draft.ClientId), Token));

        using var pdf = PdfDocument.Open(answer.FileContents.ToArray());
        Assert.All(pdf.GetPages(), page => Assert.Contains("DRAFT", page.Text, StringComparison.Ordinal));
        Assert.IsType<ProblemHttpResult>(await storage.Get<DraftEndpoint>().PdfAsync(Request(storage, "cw-none"), Token));
    }

    private static HttpRequest Request(TestStorage storage, string client)
    {
        var request = new DefaultHttpContext { RequestServices = storage.Services }.Request;
        (request.RouteValues["period"], request.RouteValues["client"]) = ("2024-09", client);
        return request;
    }

    private static async Task<(string ClientId, long Id)> BilledTimeAsync(TestStorage storage, IEnumerable<ClientOutcome> drafted)
    {
        foreach (var outcome in drafted.OrderBy(o => o.ClientId, StringComparer.Ordinal))
        {
            var bill = await storage.Get<BillStore>().GetBillAsync(SampleRun.September, outcome.ClientId, outcome.BillHash, Token);
            if (bill.Dispositions.FirstOrDefault(d => d.Kind == DispositionKind.Billed && d.Activity.Kind == RecordKind.Time) is { Activity.ExternalId: { } id })
                return (outcome.ClientId, long.Parse(id, CultureInfo.InvariantCulture));
        }

        throw new InvalidOperationException("No draft bills time.");
    }

    private static SampleFile More(long like, long id) => SampleRun.Edited(LateSample.Entries, records =>
    {
        var more = LateSample.Forgotten(records, like);
        more["id"] = id;
        records.Clear();
        records.Add(more);
    });

    private static async Task<RunState> StateAsync(TestStorage storage) => (await storage.Get<RunStore>().FindAsync(SampleRun.September, Token))!.State;

    private static IEnumerable<string> Amounts(IEnumerable<IssuedInvoice> invoices) => invoices.Select(i => $"{i.Number} {i.ClientId} {i.Net} {i.Tax} {i.Total}").Order(StringComparer.Ordinal);

    // Bills of drafts that were dropped stay as blobs that no row points to any more.
    private static SortedDictionary<string, string> Rows(SortedDictionary<string, string> results) =>
        new(results.Where(r => !r.Key.StartsWith("-bills:", StringComparison.Ordinal)).ToDictionary(), StringComparer.Ordinal);
}
