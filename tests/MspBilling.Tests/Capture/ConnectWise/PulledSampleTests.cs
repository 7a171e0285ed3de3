using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using MspBilling.Adapters.Capture.ConnectWise;
using MspBilling.App.Capture;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture.ConnectWise;

/// <summary>The sample MSP's month pulled from a ConnectWise that fails now and then, and billed.</summary>
public sealed class PulledSampleTests(AzuriteFixture azurite)
{
    private static readonly (string File, string List, string? Parent)[] Lists =
    [
        ("company-companies.json", "company/companies", null),
        ("time-workroles.json", "time/workroles", null),
        ("system-members.json", "system/members", null),
        ("finance-agreements.json", "finance/agreements", null),
        ("finance-agreements-additions.json", "finance/agreements/{0}/additions", "agreementId"),
        ("finance-agreements-workroles.json", "finance/agreements/{0}/workroles", "agreementId"),
        ("project-projects.json", "project/projects", null),
        ("project-phases.json", "project/projects/{0}/phases", "projectId"),
        ("service-tickets.json", "service/tickets", null),
        ("company-configurations.json", "company/configurations", null),
        ("time-entries.json", "time/entries", null),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Close_OfAPulledMonth_IssuesTheInvoicesOfTheImportedOne()
    {
        await using var vendor = new ConnectWiseSimulator { Now = new DateTimeOffset(2024, 10, 1, 6, 0, 0, TimeSpan.Zero), Faults = VendorSimulator.Mixed(7, 0.2) };
        Fill(vendor);
        await vendor.StartAsync();
        var settings = new ConfigurationBuilder().AddInMemoryCollection(ConnectedSource.SettingsFor(vendor.Address.ToString())).Build();
        await using var storage = await azurite.CreateAsync(services => services.AddConnectWise(settings.GetSection("Sources:ConnectWise")));
        await SampleRun.ImportAsync(storage, SampleRun.Month.Where(file => !Lists.Any(list => list.File == file.Name)));

        // What changed in the second of the pull itself is left to the next one.
        vendor.Now += TimeSpan.FromMinutes(1);
        var report = await storage.Get<PullJob>().RunAsync(storage.Get<ConnectWiseSource>(), new PullRequest(), Token);
        await SampleRun.CloseAsync(storage);

        Assert.All(report.Feeds, feed => Assert.Null(feed.Problem));
        Assert.Empty(vendor.Unexpected);
        Assert.Equal(await InvoicesAsync(await azurite.ClosedSampleAsync()), await InvoicesAsync(storage));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    private static async Task<IReadOnlyList<string>> InvoicesAsync(TestStorage storage) =>
        [.. (await SampleRun.ListAsync<IssuedInvoice>(storage)).Select(invoice => $"{invoice.Number} {invoice.ClientName} {invoice.Total} {invoice.PdfHash}").Order(StringComparer.Ordinal)];

    private static void Fill(ConnectWiseSimulator vendor)
    {
        var ofProjects = RecordsOf("time-entries.json").Where(entry => (string)entry["chargeToType"]! == "ProjectTicket").Select(entry => (long)entry["chargeToId"]!).ToHashSet();
        foreach (var (file, list, parent) in Lists)
        {
            foreach (var record in RecordsOf(file))
            {
                var path = parent is null ? list : list.Replace("{0}", record[parent]!.ToString(), StringComparison.Ordinal);
                vendor.Put(list == "service/tickets" && ofProjects.Contains((long)record["id"]!) ? "project/tickets" : path, record);
            }
        }
    }

    private static List<JsonObject> RecordsOf(string file) => [.. JsonNode.Parse(SampleRun.File(file).Content)!.AsArray().Select(record => record!.AsObject())];
}
