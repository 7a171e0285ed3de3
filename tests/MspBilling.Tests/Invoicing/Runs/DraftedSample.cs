using System.Text;
using System.Text.Json.Nodes;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Local.Sample;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>The sample month closed where drafts wait for a person.</summary>
internal static class DraftedSample
{
    public const string AllWait = """{"mode":"approval"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="issue">What the settings say of issuing.</param>
    public static async Task<TestStorage> CloseAsync(AzuriteFixture azurite, string issue = AllWait)
    {
        var storage = await ImportAsync(azurite, issue);
        await SampleRun.CloseAsync(storage);
        return storage;
    }

    /// <summary>The same, not closed yet.</summary>
    public static async Task<TestStorage> ImportAsync(AzuriteFixture azurite, string issue = AllWait)
    {
        var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, SampleRun.Month.Select(file => file.Name == "msp-settings.json" ? With(file, "issue", issue) : file));
        return storage;
    }

    public static async Task<IReadOnlyList<ClientOutcome>> WaitingAsync(TestStorage storage) =>
        [.. (await SampleRun.ListAsync<ClientOutcome>(storage)).Where(outcome => outcome.Waits).OrderBy(outcome => outcome.ClientId, StringComparer.Ordinal)];

    public static async Task<ApprovalReport> ApproveAsync(TestStorage storage, params IReadOnlyList<string> clients)
    {
        var report = await storage.Get<Approvals>().ApproveAsync(new ApprovalRequest(SampleRun.September, clients, "Ann Lee", null), Token);
        await storage.Get<BillingRunner>().IssueApprovedAsync(SampleRun.September);
        return report;
    }

    public static SampleFile With(SampleFile settings, string name, string value)
    {
        var json = JsonNode.Parse(settings.Content)!;
        json[name] = JsonNode.Parse(value);
        return new SampleFile(settings.Name, Encoding.UTF8.GetBytes(json.ToJsonString()));
    }
}
