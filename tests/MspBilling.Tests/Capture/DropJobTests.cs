using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>What clouds and people put into the drop is imported once, when all of it is there.</summary>
public sealed class DropJobTests(AzuriteFixture azurite)
{
    private const string Run = "exports/focus/20240901-20240930/202409180600/";

    private static readonly byte[] One = UsageFiles.Csv(UsageFiles.Focus("/subscriptions/1F0C", 5, "A", 1, 5, provider: "Microsoft"));
    private static readonly byte[] Other = UsageFiles.Csv(UsageFiles.Focus("/subscriptions/1F0C", 5, "A", 2, 50, provider: "Microsoft"), UsageFiles.Focus("/subscriptions/1F0C", 6, "A", 1, 6, provider: "Microsoft"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Look_PartsAndTheirManifest_AreImportedAsOneWhenAllAreThere()
    {
        await using var storage = await CreateAsync();
        await PutAsync(storage, Run + "part_0_0001.csv", One);
        await PutAsync(storage, Run + "manifest.json", UsageFiles.Manifest("2024-09-18T06:12:44Z", "2024-09-01", "2024-09-18", ["part_0_0001.csv", "part_1_0001.csv.gz"]).Bytes());

        var early = await LookAsync(storage);
        await PutAsync(storage, Run + "part_1_0001.csv.gz", UsageFiles.Gzip(Other));
        var all = await LookAsync(storage);
        var again = await LookAsync(storage);

        Assert.Equal([new DropWaiting(Run + "manifest.json", "1 of the 2 parts that its manifest lists")], early.Waiting);
        Assert.Empty(early.Imports);
        Assert.Equal((ImportState.Imported, 2), (Assert.Single(all.Imports).State, all.Imports[0].Added));
        Assert.Empty(again.Imports);
        Assert.Empty(again.Waiting);

        // 5 + 50 in the two parts.
        Assert.Equal([new("/subscriptions/1F0C 05 A", "55"), new("/subscriptions/1F0C 06 A", "6")], await storage.UsageAsync());
        Assert.Equal(3, (await storage.Get<DropStore>().ListAsync(Token)).Count);
    }

    [Fact]
    public async Task Look_TheSameFileWrittenAnew_IsImportedAgain()
    {
        await using var storage = await CreateAsync();
        await PutAsync(storage, "focus/september.csv", One);
        Assert.Equal(1, Assert.Single((await LookAsync(storage)).Imports).Added);

        await PutAsync(storage, "focus/september.csv", Other);

        Assert.Equal((1, 1), (await LookAsync(storage)).Imports.Select(import => (import.Added, import.Changed)).Single());
    }

    [Fact]
    public async Task Look_FileThatCannotBeRead_IsListedAndLeftUntilItIsMended()
    {
        await using var storage = await CreateAsync();
        await PutAsync(storage, "focus.csv", UsageFiles.Csv(UsageFiles.Focus("sub-1", 5, "A", 1, 5).Replace(",USD", ",Dollars", StringComparison.Ordinal)));
        await PutAsync(storage, "company-companies.json", SampleRun.File("company-companies.json").Content);

        var report = await LookAsync(storage);

        Assert.Equal([("company-companies.json", ImportState.Imported), ("focus.csv", ImportState.Refused)], report.Imports.Select(import => (import.FileName, import.State)).Order());
        Assert.Empty((await LookAsync(storage)).Imports);
        var refused = Assert.Single(await storage.Get<DropStore>().StatesAsync(Token), state => state.State == DropState.Refused);
        Assert.Equal("focus.csv", refused.Name);
        Assert.Contains("BillingCurrency is 'Dollars', expected an ISO 4217 currency code such as USD", Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.Equal(ImportState.Refused, Assert.Single((await LookAsync(storage, new DropRequest(Again: true))).Imports).State);

        await PutAsync(storage, "focus.csv", One);
        Assert.Equal(ImportState.Imported, Assert.Single((await LookAsync(storage)).Imports).State);
        Assert.DoesNotContain(await storage.Get<DropStore>().StatesAsync(Token), state => state.State == DropState.Refused);
    }

    [Fact]
    public async Task Look_FilesThatAreBeingWritten_AreLeft()
    {
        await using var storage = await CreateAsync(settle: 3_600);
        await PutAsync(storage, "focus.csv", One);
        await using var settled = Another(storage, 0);
        var drop = storage.Get<BillingStorage>().Drop;
        await PutAsync(storage, "empty.csv", []);
        await PutAsync(storage, "_temporary/half.csv", One);
        await PutAsync(storage, "half.csv.tmp", One);

        Assert.Equal(["empty.csv", "focus.csv"], (await LookAsync(storage)).Waiting.Select(waiting => waiting.Name));
        await drop.GetBlobClient("focus.csv").GetBlobLeaseClient().AcquireAsync(TimeSpan.FromSeconds(60), cancellationToken: Token);
        Assert.Equal(["empty.csv", "focus.csv"], (await LookAsync(settled)).Waiting.Select(waiting => waiting.Name));
        await drop.GetBlobClient("focus.csv").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: Token);

        Assert.Equal("focus.csv", Assert.Single((await LookAsync(settled)).Imports).FileName);
    }

    [Fact]
    public async Task Look_APartAlone_WaitsUntilItIsSaidToBeAll()
    {
        await using var storage = await CreateAsync();
        await PutAsync(storage, "oracle/0001-00001.csv.gz", UsageFiles.Gzip(One));

        var waiting = Assert.Single((await LookAsync(storage)).Waiting);
        var whole = await LookAsync(storage, new DropRequest(Whole: waiting.Name));

        Assert.Equal("the manifest of its export, or a file _SUCCESS in its folder, because its name is that of a part; where it is all of the export, say so (drop --whole oracle/0001-00001.csv.gz)", waiting.For);
        Assert.Equal(ImportState.Imported, Assert.Single(whole.Imports).State);
    }

    [Theory]
    [InlineData("aws/focus/data/BILLING_PERIOD=2024-09/", "aws/focus/metadata/BILLING_PERIOD=2024-09/focus-Manifest.json")]
    [InlineData("spark/202409180600/", "spark/202409180600/_SUCCESS")]
    public async Task Look_AFolderThatIsFinished_IsOneExport(string folder, string marker)
    {
        await using var storage = await CreateAsync();
        await PutAsync(storage, folder + "focus-00001.csv.gz", UsageFiles.Gzip(One));
        await PutAsync(storage, folder + "focus-00002.csv", Other);
        Assert.Equal(2, (await LookAsync(storage)).Waiting.Count);

        await PutAsync(storage, marker, "{}"u8.ToArray());

        Assert.Equal(ImportState.Imported, Assert.Single((await LookAsync(storage)).Imports).State);
        Assert.Equal("55", (await storage.UsageAsync())["/subscriptions/1F0C 05 A"]);
    }

    [Fact]
    public async Task Look_EndedBetweenAnyTwoRequestsToTheStorage_ImportsEachOnce()
    {
        var all = new StorageRequests();
        SortedDictionary<string, string> expected;
        await using (var undisturbed = await FilledAsync())
        {
            await using var counted = Another(undisturbed, 0, all);
            await LookAsync(counted);
            expected = await undisturbed.UsageAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{all.Count} requests");
        foreach (var most in all.Cuts(8))
        {
            await using var storage = await FilledAsync();
            var requests = new StorageRequests { Most = most };
            await using (var cut = Another(storage, 0, requests))
            {
                var ended = await Record.ExceptionAsync(() => LookAsync(cut));
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            await LookAsync(storage);
            Assert.Equal(expected, await storage.UsageAsync());
            Assert.Single(await storage.Get<DropStore>().StatesAsync(Token), state => state.State == DropState.Imported);
            Assert.Single(await storage.Get<RawPayloadStore>().ListAsync(Token));
            Assert.Empty((await LookAsync(storage)).Imports);
        }

        async Task<TestStorage> FilledAsync()
        {
            var storage = await CreateAsync();
            await PutAsync(storage, "x/part-1.csv", One);
            await PutAsync(storage, "x/part-2.csv", Other);
            await PutAsync(storage, "x/_SUCCESS", []);
            return storage;
        }
    }

    private static Task<DropReport> LookAsync(TestStorage storage, DropRequest? request = null) => storage.Get<DropJob>().RunAsync(request ?? new DropRequest(), Token);

    private static async Task PutAsync(TestStorage storage, string name, byte[] content) =>
        await storage.Get<BillingStorage>().Drop.GetBlobClient(name).UploadAsync(new BinaryData(content), overwrite: true, Token);

    private async Task<TestStorage> CreateAsync(int settle = 0)
    {
        var storage = await azurite.CreateAsync(services => Configure(services, settle));
        await storage.Get<RecordStore>().StoreReferencesAsync([Captured.Settings], "settings", Token);
        return storage;
    }

    private TestStorage Another(TestStorage storage, int settle, StorageRequests? requests = null) => new(
        azurite.ConnectionString,
        storage.Prefix,
        services =>
        {
            Configure(services, settle);
            if (requests is not null)
                services.AddSingleton(_ => requests.On(storage.Configuration));
        })
    { IsShared = true };

    // Blobs are as old as the emulator's own clock says.
    private static void Configure(IServiceCollection services, int settle) => services.Replace(ServiceDescriptor.Singleton(new DropOptions { SettleSeconds = settle }));
}
