using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Capture;

public sealed class UsageFileTests
{
    private static readonly byte[] Csv = UsageFiles.Csv(
        UsageFiles.Focus("sub-1", 17, "A", 1.5m, 0.1m), UsageFiles.Focus("sub-1", 17, "A", 2.25m, 0.000000125m), UsageFiles.Focus("sub-1", 18, "B", 3, -7.5m), UsageFiles.Focus("sub-2", 18, "NULL", 0, 12345.678901m));

    [Fact]
    public async Task Read_AnyForm_IsToldByTheContentAndGivesTheSameRecords()
    {
        var expected = Read("costs.csv", Csv);
        Assert.Equal(3, expected.Count);

        foreach (var file in new[] { UsageFiles.Gzip(Csv), await UsageFiles.ParquetAsync(Csv), await UsageFiles.ParquetAsync(Csv, groupRows: 1), UsageFiles.Zip([("one.csv", Csv)]) })
            Assert.Equal(expected, Read("costs", file));
    }

    [Fact]
    public async Task Read_PartsInAZip_AreAddedUpAsOneFile()
    {
        // 1.5 + 2.25 = 3.75 GB stand in two parts of one group.
        var lines = Encoding.UTF8.GetString(Csv).Split('\n');
        byte[] Part(params int[] rows) => UsageFiles.Csv(rows.Select(row => lines[row]));

        var parts = UsageFiles.Zip([("part_0_0001.csv", Part(1, 4)), ("part_1_0001.csv.gz", UsageFiles.Gzip(Part(2))), ("part_2_0001.parquet", await UsageFiles.ParquetAsync(Part(3)))]);

        Assert.Equal(Read("costs.csv", Csv), Read("export.zip", parts));
        Assert.Equal(3.75m, Read("export.zip", parts)[0].Quantity);
    }

    [Fact]
    public void Read_ZipWithAManifest_TakesItsTimeAndSaysWhatItHolds()
    {
        var manifest = UsageFiles.Manifest("2024-09-18T06:12:44Z", "2024-09-01", "2024-09-18", ["part_0_0001.csv"]);

        var result = ImportFiles.Read("export.zip", UsageFiles.Zip([(UsageFile.ManifestName, manifest.Bytes()), ("part_0_0001.csv", Csv)]));

        Assert.Empty(result.Problems);
        Assert.All(result.Records, record => Assert.Equal(new DateTimeOffset(2024, 9, 18, 6, 12, 44, TimeSpan.Zero), record.Revision));
        var export = Assert.Single(result.Records.OfType<UsageExport>());
        Assert.Equal(("1f0c", null, new Period(new DateOnly(2024, 9, 1), new DateOnly(2024, 9, 19))), (export.SubAccountId, export.BillingAccountId, export.Days));
    }

    [Fact]
    public void Read_ManifestThatIsNotOfThisExport_SaysWhatIsWrong()
    {
        string[] Problems(System.Text.Json.Nodes.JsonNode manifest) => [.. ImportFiles.Read("e.zip", UsageFiles.Zip([(UsageFile.ManifestName, manifest.Bytes()), ("a.csv", Csv)])).Problems.Select(problem => problem.ToString())];
        string[] all = ["a.csv", "b.csv"];
        const string File = "e.zip, manifest.json: ";

        Assert.Equal([File + "blobs is 'b.csv', expected each part that the manifest lists; this one is missing"], Problems(UsageFiles.Manifest("2024-09-18T06:12:44Z", "2024-09-01", "2024-09-18", all)));
        Assert.Equal(
            [File + "blobs is 'c.csv', expected each part that the manifest lists; this one is missing", File + "blobs is 'a.csv', expected no part that the manifest does not list"],
            Problems(UsageFiles.Manifest("2024-09-18T06:12:44Z", "2024-09-01", "2024-09-18", ["c.csv"])));
        Assert.Equal(
            [File + "exportConfig.type is 'AmortizedCost', expected FocusCost or ActualCost; amortised cost bills reservations and savings plans a second time"],
            Problems(UsageFiles.Manifest("2024-09-18T06:12:44Z", "2024-09-01", "2024-09-18", ["a.csv"], type: "AmortizedCost")));
        Assert.Equal([File + "runInfo.submittedTime is 'soon', expected a time like 2025-03-21T21:04:06Z"], Problems(UsageFiles.Manifest("soon", "2024-09-01", "2024-09-18", ["a.csv"])));
    }

    // The runtime takes a gzip file that is cut off for one that ends there.
    [Fact]
    public void Read_GzipThatIsCutOffAnywhere_IsRefused()
    {
        var whole = UsageFiles.Gzip(UsageFiles.Csv(Enumerable.Range(1, 28).Select(day => UsageFiles.Focus("sub-1", day, "A" + (day * 7919 % 1000), day, day * 0.37m))));
        for (var length = 20; length < whole.Length; length++)
        {
            var result = ImportFiles.Read("focus.csv.gz", whole[..length]);
            Assert.True(result.Problems.Count > 0 && result.Records.Count == 0, $"Cut to {length} of {whole.Length} bytes it was taken.");
        }

        Assert.Equal("focus.csv.gz: expected a file that can be unpacked to its end: it is cut off, or several gzip files stand in it", Assert.Single(ImportFiles.Read("focus.csv.gz", whole[..^1]).Problems).ToString());
    }

    [Fact]
    public async Task Read_ParquetThatIsCutOff_IsRefused()
    {
        var whole = await UsageFiles.ParquetAsync(Csv);
        for (var length = 4; length < whole.Length; length += 7)
            Assert.NotEmpty(ImportFiles.Read("focus.parquet", whole[..length]).Problems);

        Assert.Equal("focus.parquet: expected a whole Parquet file: its end is missing or damaged", Assert.Single(ImportFiles.Read("focus.parquet", whole[..^1]).Problems).ToString());
    }

    // 100,000,000 empty lines pack to 100 KB: nothing in the file says how much comes out of it.
    [Fact]
    public void Read_FileThatUnpacksToFarMoreThanItIs_IsRefusedWithTheLimit()
    {
        var bomb = UsageFiles.Gzip(Encoding.UTF8.GetBytes(ImportFiles.FocusHeader + new string('\n', 100_000_000)), System.IO.Compression.CompressionLevel.SmallestSize);

        const string Problem = "at most 64,000,000 bytes when unpacked, which is 250 times the packed size or 64,000,000, and never more than 20,000,000,000; split the file, or import it unpacked";
        Assert.Equal("focus.csv.gz: expected " + Problem, Assert.Single(ImportFiles.Read("focus.csv.gz", bomb).Problems).ToString());
        Assert.EndsWith(Problem, Assert.Single(ImportFiles.Read("focus.zip", UsageFiles.Zip([("a.csv.gz", bomb)]), "focus").Problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("part_0_0001.csv", true)]
    [InlineData("exports/2024/part-00000.snappy.parquet", true)]
    [InlineData("contoso-00002.csv.gz", true)]
    [InlineData("costs_part2.csv", true)]
    [InlineData("000000000012.csv.gz", true)]
    [InlineData("focus-azure-2024-09.csv", false)]
    [InlineData("focus-202409.csv", false)]
    [InlineData("focus_sample.csv", false)]
    [InlineData("focus-20240901.csv", false)]
    [InlineData("exports/parts.ZIP", false)]
    public void IsPart_Name_IsToldByItsEnd(string name, bool isPart) => Assert.Equal(isPart, UsageFile.IsPart(name));

    [Theory]
    [InlineData("exports/focus/20240901-20240930/202409180615/9c1d/part_0_0001.csv", "2024-09-18T06:15:00Z")]
    [InlineData("focus-20240918061522.csv", "2024-09-18T06:15:22Z")]
    [InlineData("focus-azure-2024-09.csv", null)]
    public void TimeIn_Path_IsTheRun(string path, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), UsageFile.TimeIn(path));

    private static IReadOnlyList<UsageRecord> Read(string name, byte[] content)
    {
        var result = ImportFiles.Read(name, content);
        Assert.True(result.Problems.Count == 0, string.Join('\n', result.Problems));
        Assert.Equal("focus", result.Format);
        return [.. result.Records.Cast<UsageRecord>()];
    }
}
