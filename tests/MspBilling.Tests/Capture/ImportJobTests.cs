using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Core.Capture;
using MspBilling.Local.Sample;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

public sealed class ImportJobTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_FileWithAProblem_IsRefusedAndNothingOfItIsStored()
    {
        await using var storage = await azurite.CreateAsync();
        var before = await StorageSnapshot.EverythingAsync(storage);
        var broken = SampleRun.Edited("time-entries.json", records => records[^1]!["actualHours"] = "many");

        var report = await RunAsync(storage, broken);

        Assert.Equal(ImportState.Refused, report.State);
        Assert.Equal("actualHours", Assert.Single(report.Problems).Field);
        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));
    }

    [Fact]
    public async Task Run_FileOfAnotherPsa_IsRefusedAndNothingOfItIsStored()
    {
        await using var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, [SampleRun.File("company-companies.json")]);
        var before = await StorageSnapshot.EverythingAsync(storage);

        var report = await RunAsync(storage, new SampleFile("halopsa-clients.json", Encoding.UTF8.GetBytes("""[{"id":250,"name":"Somebody else","inactive":false}]""")));

        Assert.Equal((ImportState.Refused, true), (report.State, report.IsConflict));
        Assert.Equal(
            "halopsa-clients.json: found 'halopsa', expected records of connectwise, whose companies are stored: the ids of halopsa may stand for others. Take halopsa into a storage of its own (Storage:Prefix)",
            Assert.Single(report.Problems).ToString());
        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));
    }

    [Fact]
    public async Task Run_EarlierSettingsAgain_GoesBackToThem()
    {
        await using var storage = await azurite.CreateAsync();
        var first = SampleRun.File("msp-settings.json");
        var second = new SampleFile(first.Name, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(first.Content).Replace("HL-{0:000000}", "NEW-{0:0000}", StringComparison.Ordinal)));

        foreach (var (file, expected) in new[] { (first, ImportState.Imported), (second, ImportState.Imported), (first, ImportState.Imported), (first, ImportState.AlreadyImported) })
            Assert.Equal(expected, (await RunAsync(storage, file)).State);

        Assert.Equal("HL-{0:000000}", (await storage.Get<RecordStore>().ReferencesAsync(RecordKind.MspSettings, Token)).OfType<MspSettings>().Single().InvoiceNumberPattern);
    }

    // Noted, a third of its records stored, and then the process ended.
    [Fact]
    public async Task Close_ImportThatWasCutShort_FinishesItFirst()
    {
        await using var storage = await azurite.CreateAsync();
        var entries = SampleRun.File("time-entries.json");
        await SampleRun.ImportAsync(storage, SampleRun.Month.Where(file => file.Name != entries.Name));
        var hash = RecordJson.Hash(entries.Content);
        var records = SampleRun.Parse([entries]);
        await storage.Get<RawPayloadStore>().PutAsync(hash, new MemoryStream(entries.Content), Token);
        await storage.Get<RawPayloadStore>().RecordAsync([new(hash, entries.Name, "connectwise/time-entries", DateTimeOffset.UnixEpoch, records.Count, IsStored: false)], Token);
        var directory = ClientDirectory.Of(await storage.Get<RecordStore>().ReferencesAsync(Token));
        await storage.Get<RecordStore>().StoreActivitiesAsync([.. records.OfType<Activity>().Take(records.Count / 3)], directory, hash, Captured.Untold, Token);

        await SampleRun.CloseAsync(storage);
        await SampleRun.BookAsync(storage);

        StorageSnapshot.AssertSame(await StorageSnapshot.ResultsAsync(await azurite.ClosedSampleAsync()), await StorageSnapshot.ResultsAsync(storage));
        Assert.True((await storage.Get<RawPayloadStore>().FindAsync(hash, Token))!.IsStored);
    }

    // The companies bring their clients what waited for them: cut anywhere, and finished, all of it is where it belongs, once.
    [Theory]
    [InlineData("company-companies.json")]
    [InlineData("msp-settings.json")]
    public async Task Run_CutShortAnywhereAndFinished_LosesNothingAndDoublesNothing(string last)
    {
        await using var storage = await azurite.CreateAsync();
        var few = SampleRun.Edited("time-entries.json", records => { while (records.Count > 60) records.RemoveAt(0); });
        string[] names = ["company-companies.json", "finance-agreements.json", "finance-agreements-additions.json", "msp-settings.json"];
        await SampleRun.ImportAsync(storage, [.. names.Where(name => name != last).Select(SampleRun.File), few]);
        await using var whole = await azurite.CreateAsync();
        await SampleRun.ImportAsync(whole, [.. names.Select(SampleRun.File), few]);
        var expected = await StorageSnapshot.ResultsAsync(whole);

        // Each cut goes a little further than what the one before it left done.
        var file = SampleRun.File(last);
        for (var most = 1; most < 400; most += most < 20 ? 1 : 13)
        {
            var cut = new StorageRequests { Most = most };
            await using var cutting = new TestStorage(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(_ => cut.On(storage.Configuration))) { IsShared = true };
            var ended = await Record.ExceptionAsync(() => RunAsync(cutting, file));
            Assert.True(ended is null || cut.IsCut(ended), ended?.ToString());
            if (ended is null)
                break;
        }

        await storage.Get<ImportSessions>().FinishPendingAsync(Token);
        StorageSnapshot.AssertSame(expected, await StorageSnapshot.ResultsAsync(storage));
    }

    // Settings have no revision, so what arrives last stays: finishing the older file late must not bring it back.
    [Fact]
    public async Task Run_AfterAnOlderImportThatWasCutShort_TheNewerFileStays()
    {
        await using var storage = await azurite.CreateAsync();
        var older = SampleRun.File("msp-settings.json");
        var settings = JsonNode.Parse(older.Content)!;
        settings["name"] = "Renamed";
        var newer = new SampleFile(older.Name, Encoding.UTF8.GetBytes(settings.ToJsonString()));
        var hash = RecordJson.Hash(older.Content);
        await storage.Get<RawPayloadStore>().PutAsync(hash, new MemoryStream(older.Content), Token);
        await storage.Get<RawPayloadStore>().RecordAsync([new(hash, older.Name, "msp-settings", DateTimeOffset.UnixEpoch, 1, IsStored: false)], Token);

        await RunAsync(storage, newer);
        await storage.Get<ImportSessions>().FinishPendingAsync(Token);

        Assert.Equal("Renamed", Assert.IsType<MspSettings>(Assert.Single(await storage.Get<RecordStore>().ReferencesAsync(Token))).Name);
    }

    // An agreement that moves to another company takes what stands on it along.
    [Fact]
    public async Task Run_AgreementThatMovesToAnotherCompany_TakesItsAdditionsAlong()
    {
        await using var storage = await azurite.CreateAsync();
        string[] names = ["msp-settings.json", "company-companies.json", "finance-agreements.json", "finance-agreements-additions.json"];
        await SampleRun.ImportAsync(storage, names.Select(SampleRun.File));
        var addition = SampleRun.Parse([SampleRun.File(names[3])]).OfType<Addition>().First();
        var companies = SampleRun.Parse([SampleRun.File(names[1])]);
        var from = SampleRun.Parse([SampleRun.File(names[2])]).OfType<PsaAgreement>().Single(a => a.Id.ExternalId == addition.AgreementId).CompanyId;
        var to = companies.First(c => c.Id.ExternalId != from).Id.ExternalId;

        await SampleRun.ImportAsync(storage, [SampleRun.Edited(names[2], records =>
        {
            var agreement = records.Numbered(long.Parse(addition.AgreementId, System.Globalization.CultureInfo.InvariantCulture));
            agreement["company"]!["id"] = long.Parse(to, System.Globalization.CultureInfo.InvariantCulture);
            if (agreement["_info"] is { } info)
                info["lastUpdated"] = "2030-01-01T00:00:00Z";
        })]);

        var records = storage.Get<RecordStore>();
        Assert.DoesNotContain((await records.ActivitiesAsync("cw-" + from, SampleRun.September, Token)).Activities, a => a.Id == addition.Id);
        Assert.Contains((await records.ActivitiesAsync("cw-" + to, SampleRun.September, Token)).Activities, a => a.Id == addition.Id);
    }

    private static async Task<ImportReport> RunAsync(TestStorage storage, SampleFile file)
    {
        using var content = new MemoryStream(file.Content);
        return await storage.Get<ImportJob>().RunAsync(file.Name, null, content, Token);
    }
}
