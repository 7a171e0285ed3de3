using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Exports replace the days that they hold, whole and by their content.</summary>
public sealed class UsageRestatementTests(AzuriteFixture azurite)
{
    private static readonly string[] Accounts = ["sub-1", "sub-2"];
    private static readonly string[] Skus = ["A", "B"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_LaterExport_ReplacesItsDaysAndNoOthers()
    {
        await using var storage = await azurite.UsageStorageAsync();
        await storage.ImportAsync("a.csv", UsageFiles.Csv(
            UsageFiles.Focus("sub-1", 4, "A", 1, 4), UsageFiles.Focus("sub-1", 5, "A", 1, 5), UsageFiles.Focus("sub-1", 6, "A", 1, 6), UsageFiles.Focus("sub-1", 7, "B", 1, 7), UsageFiles.Focus("sub-2", 6, "A", 1, 8),
            UsageFiles.Focus("sub-1", 6, "A", 1, -1, billingMonth: "2024-08")), at: "2024-09-10T06:00Z");

        var report = await storage.ImportAsync("b.csv", UsageFiles.Csv(UsageFiles.Focus("sub-1", 5, "A", 1, 50), UsageFiles.Focus("sub-1", 7, "C", 1, 9)), isWhole: true, at: "2024-09-11T06:00Z");

        // Of sub-1 the 5th to the 7th: one changed, one new, two gone. The other account, the 4th, and what stands on August's bill are as they were.
        Assert.Equal((ImportState.Imported, 1, 3), (report.State, report.Added, report.Changed));
        var stored = (await storage.Get<RecordStore>().ActivitiesAsync(Core.Clients.Client.Unknown, ExportedUsage.September, Token)).Activities;
        Assert.Equal(7, stored.Count);
        Assert.Equal(
            ["sub-1 04 A: 4", "sub-1 05 A: 50", "sub-1 06 A: -1", "sub-1 06 A: withdrawn 6", "sub-1 07 B: withdrawn 7", "sub-1 07 C: 9", "sub-2 06 A: 8"],
            stored.OfType<Core.Capture.UsageRecord>().Select(usage => $"{usage.SubAccountId} {usage.Day:dd} {usage.Sku}: {(usage.IsWithdrawn ? "withdrawn " : "")}{usage.Cost.ToString(System.Globalization.CultureInfo.InvariantCulture)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Import_WhatWasWithdrawnIsInALaterExport_IsBilledAgain()
    {
        await using var storage = await azurite.UsageStorageAsync();
        var both = UsageFiles.Csv(UsageFiles.Focus("sub-1", 5, "A", 1, 5), UsageFiles.Focus("sub-1", 5, "B", 1, 6));
        await storage.ImportAsync("1.csv", both, isWhole: true, at: "2024-09-10T06:00Z");
        await storage.ImportAsync("2.csv", UsageFiles.Csv(UsageFiles.Focus("sub-1", 5, "A", 1, 5)), isWhole: true, at: "2024-09-11T06:00Z");
        Assert.Equal("withdrawn 6", (await storage.UsageAsync())["sub-1 05 B"]);

        await storage.ImportAsync("3.csv", [.. both, (byte)'\n'], isWhole: true, at: "2024-09-12T06:00Z");

        Assert.Equal("6", (await storage.UsageAsync())["sub-1 05 B"]);
    }

    // Without a time of their own, exports are as old as their arrival: the clock stands still, so a file's own name tells here.
    [Fact]
    public async Task Import_OlderExportThatComesLate_BringsNothingBack()
    {
        await using var storage = await azurite.UsageStorageAsync();
        await storage.ImportAsync("focus-202409120600.csv", UsageFiles.Csv(UsageFiles.Focus("sub-1", 5, "A", 1, 5)));

        await storage.ImportAsync("focus-202409110600.csv", UsageFiles.Csv(UsageFiles.Focus("sub-1", 5, "A", 1, 4), UsageFiles.Focus("sub-1", 5, "B", 1, 6), UsageFiles.Focus("sub-1", 6, "B", 1, 7)));

        Assert.Equal([new("sub-1 05 A", "5"), new("sub-1 05 B", "withdrawn 6"), new("sub-1 06 B", "7")], await storage.UsageAsync());
    }

    [Fact]
    public async Task Import_ExportOfAWholeSubscription_WithdrawsDaysThatItHasNoRowsOf()
    {
        await using var storage = await azurite.UsageStorageAsync();
        string Row(int day, string account, decimal cost) => UsageFiles.Focus(account, day, "A", 1, cost, provider: "Microsoft");
        await storage.ImportAsync("a.csv", UsageFiles.Csv(Row(3, "/subscriptions/1F0C", 3), Row(20, "/subscriptions/1F0C", 20), Row(3, "/subscriptions/77aa", 4)), at: "2024-09-10T06:00Z");
        byte[] Export(string runAt, params string[] rows) => UsageFiles.Zip(
            [(UsageFile.ManifestName, UsageFiles.Manifest(runAt, "2024-09-01", "2024-09-18", ["part_0_0001.csv"]).Bytes()), ("part_0_0001.csv", UsageFiles.Csv(rows))]);

        Assert.Equal(ImportState.Imported, (await storage.ImportAsync("e.zip", Export("2024-09-18T06:00:00Z"))).State);

        // No row is left of the subscription: its day within the run's is withdrawn, the later day and the other subscription are not.
        Assert.Equal([new("/subscriptions/1F0C 03 A", "withdrawn 3"), new("/subscriptions/1F0C 20 A", "20"), new("/subscriptions/77aa 03 A", "4")], await storage.UsageAsync());
    }

    [Fact]
    public async Task Import_ThePartOfAnExport_NeverWipesTheRest()
    {
        await using var storage = await azurite.UsageStorageAsync();
        var rows = Enumerable.Range(1, 9).Select(day => UsageFiles.Focus("sub-1", day, "A", 1, day)).ToList();
        await storage.ImportAsync("a.csv", UsageFiles.Csv(rows), at: "2024-09-10T06:00Z");
        var before = await storage.StoredAsync();
        var half = UsageFiles.Csv(rows[0], rows[8]);

        var named = await storage.ImportAsync("part_0_0001.csv", half, at: "2024-09-11T06:00Z");
        var unnamed = await storage.ImportAsync("again.csv", half, at: "2024-09-11T06:00Z");

        Assert.Equal((ImportState.Refused, true), (named.State, named.IsConflict));
        Assert.StartsWith("part_0_0001.csv: found 'part_0_0001.csv', expected all parts of the export at once", Assert.Single(named.Problems).ToString(), StringComparison.Ordinal);
        Assert.StartsWith("again.csv: found '7 of 9 records less', expected a whole export: of the records that are stored of its days, more than a tenth are not in it", Assert.Single(unnamed.Problems).ToString(), StringComparison.Ordinal);
        StorageSnapshot.AssertSame(before, await storage.StoredAsync());

        Assert.Equal(ImportState.Imported, (await storage.ImportAsync("again.csv", half, isWhole: true, at: "2024-09-11T06:00Z")).State);
        Assert.Equal(7, (await storage.UsageAsync()).Values.Count(usage => usage.StartsWith("withdrawn", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Import_SubscriptionThatAnotherKindOfExportBills_IsRefusedFromTheDaysThatItBills()
    {
        await using var storage = await azurite.UsageStorageAsync();
        await storage.ImportAsync("focus-azure.csv", UsageFiles.Csv(UsageFiles.Focus("/subscriptions/1F0C", 17, "A", 1, 5, provider: "Microsoft"), UsageFiles.Focus("/subscriptions/1F0C", 19, "A", 1, 5, provider: "Microsoft")));
        var before = await storage.StoredAsync();

        var refused = await storage.ImportAsync("costs.csv", UsageFiles.Cost(UsageFiles.CostRow));

        Assert.Equal((ImportState.Refused, true), (refused.State, refused.IsConflict));
        Assert.Equal(
            "costs.csv: found '1f0c', expected an account whose days are not billed from exports of another kind: 2024-09-17 to 2024-09-19 are billed from those of focus, such as focus-azure.csv. Go on with that one, or change to azure-cost from a later day",
            Assert.Single(refused.Problems).ToString());
        StorageSnapshot.AssertSame(before, await storage.StoredAsync());
        Assert.Equal(ImportState.Imported, (await storage.ImportAsync("costs.csv", UsageFiles.Cost(UsageFiles.CostRow.Replace("09/18/2024", "09/20/2024", StringComparison.Ordinal)))).State);
    }

    // Whichever comes first: the newest export of each account's day says what is billed of it.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Import_ExportsInAnyOrder_EndInTheSame(int seed)
    {
        var random = new Random(seed);
        var exports = Enumerable.Range(1, 5).Select(number => (At: $"2024-09-{10 + number}T06:00Z", Rows: RowsOf(random, number))).ToList();
        var expected = Expected(exports.Select(export => export.Rows));
        SortedDictionary<string, string>? first = null;

        for (var order = 0; order < 4; order++)
        {
            await using var storage = await azurite.UsageStorageAsync();
            var shuffled = exports.ToArray();
            if (order > 0)
                random.Shuffle(shuffled);
            foreach (var (at, rows) in shuffled)
                Assert.Equal(ImportState.Imported, (await storage.ImportAsync(at + ".csv", UsageFiles.Csv(rows.Select(row => UsageFiles.Focus(row.Account, row.Day, row.Sku, 1, row.Cost))), isWhole: true, at)).State);

            Assert.Equal(expected, await storage.UsageAsync());
            var stored = await storage.StoredAsync();
            StorageSnapshot.AssertSame(first ??= stored, stored);
        }
    }

    [Fact]
    public async Task Import_EndedBetweenAnyTwoRequestsToTheStorage_EndsInTheSame()
    {
        var first = UsageFiles.Csv(UsageFiles.Focus("sub-1", 5, "A", 1, 5), UsageFiles.Focus("sub-1", 5, "B", 1, 6), UsageFiles.Focus("sub-2", 5, "A", 1, 7));
        var second = UsageFiles.Csv(UsageFiles.Focus("sub-1", 5, "A", 1, 50), UsageFiles.Focus("sub-1", 5, "C", 1, 8), UsageFiles.Focus("sub-2", 5, "A", 1, 7));
        var all = new StorageRequests();
        SortedDictionary<string, string> expected;
        await using (var undisturbed = await azurite.UsageStorageAsync())
        {
            await undisturbed.ImportAsync("1.csv", first, isWhole: true, at: "2024-09-10T06:00Z");
            await using var counted = undisturbed.Cutting(azurite, all);
            await counted.ImportAsync("2.csv", second, isWhole: true, at: "2024-09-11T06:00Z");
            expected = await undisturbed.StoredAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{all.Count} requests");
        foreach (var most in all.Cuts(8))
        {
            await using var storage = await azurite.UsageStorageAsync();
            await storage.ImportAsync("1.csv", first, isWhole: true, at: "2024-09-10T06:00Z");
            var requests = new StorageRequests { Most = most };
            await using (var cut = storage.Cutting(azurite, requests))
            {
                var ended = await Record.ExceptionAsync(() => cut.ImportAsync("2.csv", second, isWhole: true, at: "2024-09-11T06:00Z"));
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            // Finished by whoever comes next, or by who imports the file again.
            if (most % 2 == 0)
                await storage.Get<ImportSessions>().FinishPendingAsync(Token);
            await storage.ImportAsync("2.csv", second, isWhole: true, at: "2024-09-11T06:00Z");
            StorageSnapshot.AssertSame(expected, await storage.StoredAsync());
        }
    }

    private static List<(string Account, int Day, string Sku, decimal Cost)> RowsOf(Random random, int number)
    {
        var (first, last) = (random.Next(1, 4), random.Next(4, 7));
        return
        [
            .. from account in Accounts
               where number == 1 || random.Next(4) > 0
               from day in Enumerable.Range(first, last - first + 1)
               from sku in Skus
               where random.Next(3) > 0
               select (account, day, sku, 1m + (10 * random.Next(3))),
        ];
    }

    /// <summary>By the rule alone: the last export that has a record says what it costs, and a later one that holds its day and has it not withdraws it.</summary>
    private static SortedDictionary<string, string> Expected(IEnumerable<List<(string Account, int Day, string Sku, decimal Cost)>> exports)
    {
        var usages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var rows in exports)
        {
            foreach (var account in rows.GroupBy(row => row.Account))
            {
                var (first, last) = (account.Min(row => row.Day), account.Max(row => row.Day));
                foreach (var name in usages.Keys.ToList())
                {
                    var (of, day) = (name.Split(' ')[0], int.Parse(name.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
                    if (of == account.Key && first <= day && day <= last && !usages[name].StartsWith('w'))
                        usages[name] = "withdrawn " + usages[name];
                }

                foreach (var (_, day, sku, cost) in account)
                    usages[$"{account.Key} {day:00} {sku}"] = cost.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return usages;
    }
}
