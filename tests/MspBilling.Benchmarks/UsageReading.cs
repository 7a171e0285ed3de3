using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using Parquet;
using Parquet.Schema;

namespace MspBilling.Benchmarks;

/// <summary>A month of FOCUS rows read and added up per account, SKU and day, each form in a process of its own, so that its peak of memory is its own.</summary>
/// <remarks>The bar is 1,000,000 rows in under 60 s and 300 MB. The rows are those of 100 accounts with 40 SKUs: 120,000 records, whatever the number of rows.</remarks>
internal static class UsageReading
{
    private const int Accounts = 100;
    private const int Skus = 40;
    private const int Days = 30;
    private const int GroupRows = 131_072;

    private static readonly string[] Forms = ["csv", "csv.gz", "parquet"];

    private static readonly string[] Columns =
    [
        "ProviderName", "BillingAccountId", "SubAccountId", "SubAccountName", "ChargeCategory", "ServiceName", "SkuId", "ChargeDescription", "BillingPeriodStart", "BillingPeriodEnd",
        "ChargePeriodStart", "ChargePeriodEnd", "PricingQuantity", "PricingUnit", "ConsumedQuantity", "ConsumedUnit", "BilledCost", "BillingCurrency", "ResourceId", "Tags", "RegionId",
    ];

    public static async Task RunAsync(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("msp-usage-");
        try
        {
            Console.WriteLine("form     rows       MB  seconds  rows/s   peak MB");
            foreach (var form in Forms)
            {
                var path = Path.Combine(folder.FullName, "focus." + form);
                await WriteAsync(path, form, rows);
                using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["usage-read", path]) { RedirectStandardOutput = true })!;
                var told = (await process.StandardOutput.ReadToEndAsync()).Trim();
                await process.WaitForExitAsync();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{form,-7}  {rows,9}  {new FileInfo(path).Length / 1_000_000,4}  {told}"));
                File.Delete(path);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Reads one file, and tells how long it took and how much memory.</summary>
    public static void Read(string path)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var content = File.OpenRead(path);
        var result = ImportReader.Read(Path.GetFileName(path), null, content);
        var took = TimeProvider.System.GetElapsedTime(start);
        var total = result.Records.OfType<UsageRecord>().Sum(usage => usage.Quantity);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{took.TotalSeconds,7:0.0}  {(double)total / took.TotalSeconds,7:0}  {process.PeakWorkingSet64 / 1_000_000,7}  ({result.Records.Count} records{(result.Problems.Count > 0 ? ", " + result.Problems[0] : "")})"));
    }

    // Each row has a quantity of one, so that the sum tells that none was lost.
    private static string[] Row(int number)
    {
        var (account, sku, day) = (number % Accounts, number / Accounts % Skus, (number / (Accounts * Skus) % Days) + 1);
        var start = string.Create(CultureInfo.InvariantCulture, $"2024-09-{day:00}T{number % 24:00}:00:00Z");
        var cost = (number * 7919L % 100_003).ToString(CultureInfo.InvariantCulture);
        return
        [
            "Microsoft", "/providers/Microsoft.Billing/billingAccounts/8608480", $"/subscriptions/00000000-0000-0000-0000-{account:000000000000}", $"Client {account}", "Usage", $"Service {sku % 12}", $"DZH318Z0BPS6/{sku:0000}",
            $"D{sku}s v5 hours", "2024-09-01T00:00:00Z", "2024-10-01T00:00:00Z", start, start, "1", "1 Hour", "1", "Hour", "0.0" + cost, "USD",
            string.Create(CultureInfo.InvariantCulture, $"/subscriptions/{account}/resourceGroups/rg-{number % 977}/providers/Microsoft.Compute/virtualMachines/vm-{number * 31L % 1_000_003}"),
            string.Create(CultureInfo.InvariantCulture, $"{{'env':'prod','owner':'team-{number % 113}','cost':'{number * 17L % 99_991}'}}"), "westeurope",
        ];
    }

    private static async Task WriteAsync(string path, string form, int rows)
    {
        await using var file = File.Create(path);
        if (form == "parquet")
        {
            await WriteParquetAsync(file, rows);
            return;
        }

        await using Stream target = form == "csv" ? file : new GZipStream(file, CompressionLevel.Fastest);
        await using var text = new StreamWriter(target, new UTF8Encoding(false), 1 << 16);
        await text.WriteLineAsync(string.Join(',', Columns));
        for (var number = 0; number < rows; number++)
        {
            var row = Row(number);
            row[19] = $"\"{row[19]}\"";
            await text.WriteLineAsync(string.Join(',', row));
        }
    }

    private static async Task WriteParquetAsync(Stream file, int rows)
    {
        var schema = new ParquetSchema(Columns.Select(name => name switch
        {
            "BilledCost" or "PricingQuantity" or "ConsumedQuantity" => (Field)new DataField<double?>(name),
            _ when name.EndsWith("Start", StringComparison.Ordinal) || name.EndsWith("End", StringComparison.Ordinal) => new DateTimeDataField(name, DateTimeFormat.Timestamp, isNullable: true),
            _ => new DataField<string>(name),
        }).ToArray());
        await using var writer = await ParquetWriter.CreateAsync(schema, file);
        foreach (var numbers in Enumerable.Range(0, rows).Chunk(GroupRows))
        {
            var cells = numbers.Select(Row).ToList();
            using var group = writer.CreateRowGroup();
            foreach (var (index, field) in schema.DataFields.Index())
            {
                if (field.ClrType == typeof(double))
                {
                    await group.WriteAsync<double>(field, cells.Select(row => (double?)double.Parse(row[index], CultureInfo.InvariantCulture)).ToArray().AsMemory());
                }
                else if (field.ClrType == typeof(DateTime))
                {
                    await group.WriteAsync<DateTime>(field, cells.Select(row => (DateTime?)DateTime.Parse(row[index], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)).ToArray().AsMemory());
                }
                else
                {
                    await group.WriteAsync(field, cells.Select(row => row[index]).ToList());
                }
            }
        }
    }
}
