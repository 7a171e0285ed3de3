using CsCheck;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Usage files that were damaged in any way, packed or not, are read or refused with what is wrong, and never end in an exception.</summary>
public sealed class UsageFuzzTests
{
    private static readonly byte[] Focus = UsageFiles.Csv(Enumerable.Range(1, 12).Select(day => UsageFiles.Focus("sub-" + (day % 3), day, "SKU" + (day % 4), day / 3m, (day * 0.37m) - 1)));
    private static readonly byte[] Cost = UsageFiles.Cost(UsageFiles.CostRow, UsageFiles.CostRow.Replace("Usage,OnDemand", "Purchase,Reservation", StringComparison.Ordinal), UsageFiles.CostRow.Replace("09/18", "09/19", StringComparison.Ordinal));
    private static readonly byte[] Manifest = UsageFiles.Manifest("2024-09-18T06:12:44Z", "2024-09-01", "2024-09-18", ["part_0_0001.csv"]).Bytes();

    private static readonly byte[] Telling = [.. "\"\\,|{}[]:-+eE.0919\r\n \0uNULPAR1"u8, 0xFF, 0xFE, 0x1F, 0x8B, 0x80, 0xEF, 0xBB, 0xBF, 0x7F];

    private static readonly Gen<Func<byte[], byte[]>> Damage = Gen.OneOf(
        Gen.Select(Gen.Int[0, 99_999], Gen.Byte, (at, value) => Splice(at, 1, [value])),
        Gen.Select(Gen.Int[0, 99_999], Gen.Int[0, Telling.Length - 1], (at, value) => Splice(at, 1, [Telling[value]])),
        Gen.Select(Gen.Int[0, 99_999], Gen.Int[0, Telling.Length - 1], (at, value) => Splice(at, 0, [Telling[value]])),
        Gen.Select(Gen.Int[0, 99_999], Gen.Int[1, 300], (at, length) => Splice(at, length, [])),
        Gen.Int[0, 99_999].Select(at => Splice(at, int.MaxValue, [])),
        Gen.Select(Gen.Int[0, 99_999], Gen.Int[1, 64], (at, length) => Double(at, length)));

    [Fact]
    public void Read_DamagedCsv_AlwaysGivesAResult() => Sample([("focus.csv", Focus), ("costs.csv", Cost)], 12_000);

    [Fact]
    public void Read_DamagedGzip_AlwaysGivesAResult() => Sample([("focus.csv.gz", UsageFiles.Gzip(Focus)), ("costs.csv.gz", UsageFiles.Gzip(Cost))], 8_000);

    [Fact]
    public async Task Read_DamagedParquet_AlwaysGivesAResult() => Sample([("focus.parquet", await UsageFiles.ParquetAsync(Focus)), ("costs.parquet", await UsageFiles.ParquetAsync(Cost, groupRows: 2))], 80_000);

    [Fact]
    public void Read_DamagedZip_AlwaysGivesAResult() => Sample([("e.zip", UsageFiles.Zip([(UsageFile.ManifestName, Manifest), ("part_0_0001.csv", Focus)]))], 4_000);

    // The damage is in the manifest, and not in the zip file around it.
    [Fact]
    public void Read_DamagedManifest_AlwaysGivesAResult() => Sample([("e.zip", Manifest)], 8_000, manifest => UsageFiles.Zip([(UsageFile.ManifestName, manifest), ("part_0_0001.csv", Focus)]));

    private static void Sample((string Name, byte[] Content)[] files, int times, Func<byte[], byte[]>? pack = null) =>
        Gen.Select(Gen.Int[0, files.Length - 1], Damage.Array[1, 4]).Sample(
            (file, damages) =>
            {
                var damaged = damages.Aggregate(files[file].Content, (bytes, damage) => damage(bytes));

                var result = ImportFiles.Read(files[file].Name, pack?.Invoke(damaged) ?? damaged);

                Assert.True(result.Problems.Count == 0 || result.Records.Count == 0);
                Assert.InRange(result.Problems.Count, 0, ImportResult.MostProblems);
                Assert.All(result.Problems, problem => Assert.True(problem.Expected.Length > 0 && (problem.Value?.Length ?? 0) <= 80 && problem.File.StartsWith(files[file].Name, StringComparison.Ordinal), problem.ToString()));
                Assert.All(result.Records, record => Assert.NotEmpty(RecordJson.ContentHash(record)));
            },
            iter: times,
            threads: 1,
            print: sample => Convert.ToBase64String(sample.Item2.Aggregate(files[sample.Item1].Content, (bytes, damage) => damage(bytes))));

    private static Func<byte[], byte[]> Splice(int at, int length, byte[] put) => bytes =>
    {
        var start = at % (bytes.Length + 1);
        return [.. bytes[..start], .. put, .. bytes[(start + Math.Min(length, bytes.Length - start))..]];
    };

    private static Func<byte[], byte[]> Double(int at, int length) => bytes =>
    {
        var start = at % (bytes.Length + 1);
        return Splice(start, 0, bytes[start..(start + Math.Min(length, bytes.Length - start))])(bytes);
    };
}
