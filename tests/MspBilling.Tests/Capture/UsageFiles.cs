using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Parquet;
using Parquet.Schema;

namespace MspBilling.Tests.Capture;

/// <summary>Exports of cloud usage in all forms that clouds write.</summary>
internal static class UsageFiles
{
    public const string CostHeader =
        "BillingAccountId,BillingPeriodStartDate,SubscriptionId,SubscriptionName,Date,ProductName,MeterCategory,MeterId,MeterName,UnitOfMeasure,Quantity,CostInBillingCurrency,BillingCurrency,ChargeType,PricingModel";

    public const string CostRow = "8608480,09/01/2024,1f0c,Contoso Prod,09/18/2024,D4s v5,Virtual Machines,5b7b,D4s,1 Hour,24,4.61,EUR,Usage,OnDemand";

    /// <summary>A FOCUS row of AWS account 1234, in US dollars.</summary>
    public static string Focus(string subAccount, int day, string sku, decimal quantity, decimal cost, string provider = "AWS", int month = 9, string? billingMonth = null)
    {
        var billed = billingMonth ?? string.Create(CultureInfo.InvariantCulture, $"2024-{month:00}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{provider},1234,{subAccount},Name of {subAccount},Usage,Amazon S3,{sku},Use of {sku},{billed}-01,{billed}-28,2024-{month:00}-{day:00},2024-{month:00}-{day:00},{quantity},GB,{quantity},GB,{cost},USD");
    }

    public static byte[] Csv(params IEnumerable<string> rows) => Encoding.UTF8.GetBytes(ImportFiles.Focus(rows));

    public static byte[] Cost(params IEnumerable<string> rows) => Encoding.UTF8.GetBytes(string.Join('\n', [CostHeader, .. rows]));

    public static byte[] Gzip(byte[] content, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level, leaveOpen: true))
            gzip.Write(content);
        return packed.ToArray();
    }

    public static byte[] Zip(params IEnumerable<(string Name, byte[] Content)> parts)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var target = entry.Open();
                target.Write(content);
            }
        }

        return packed.ToArray();
    }

    /// <summary>The same table as Parquet: numbers in doubles, times as such, all else as text, in groups of so many rows.</summary>
    public static async Task<byte[]> ParquetAsync(byte[] csv, int groupRows = 1000)
    {
        var lines = Encoding.UTF8.GetString(csv).Split('\n').Select(line => line.Split(',')).ToList();
        var schema = new ParquetSchema(lines[0].Select(name => name switch
        {
            _ when IsNumber(name) => new DataField<double?>(name),
            _ when IsTime(name) => (Field)new DateTimeDataField(name, DateTimeFormat.Timestamp, isNullable: true),
            _ => new DataField<string>(name),
        }).ToArray());
        using var content = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(schema, content))
        {
            foreach (var rows in lines.Skip(1).Chunk(groupRows))
            {
                using var group = writer.CreateRowGroup();
                foreach (var (index, field) in schema.DataFields.Index())
                {
                    var cells = rows.Select(row => row[index]).ToList();
                    if (IsNumber(field.Name))
                        await group.WriteAsync<double>(field, cells.Select(cell => cell is "" or "NULL" ? (double?)null : double.Parse(cell, CultureInfo.InvariantCulture)).ToArray().AsMemory());
                    else if (IsTime(field.Name))
                        await group.WriteAsync<DateTime>(field, cells.Select(cell => (DateTime?)DateTime.Parse(cell, CultureInfo.InvariantCulture)).ToArray().AsMemory());
                    else
                        await group.WriteAsync(field, cells.Select(cell => cell is "" or "NULL" ? null : cell).ToList()!);
                }
            }
        }

        return content.ToArray();
    }

    /// <summary>A manifest as Cost Management writes it.</summary>
    public static JsonObject Manifest(string runAt, string from, string to, IEnumerable<string> parts, string type = "FocusCost", string scope = "/subscriptions/1f0c") => new()
    {
        ["manifestVersion"] = "2024-04-01",
        ["exportConfig"] = new JsonObject { ["exportName"] = "focus", ["resourceId"] = scope + "/providers/Microsoft.CostManagement/exports/focus", ["type"] = type, ["dataVersion"] = "1.2-preview" },
        ["runInfo"] = new JsonObject { ["executionType"] = "Scheduled", ["submittedTime"] = runAt, ["startDate"] = from + "T00:00:00", ["endDate"] = to + "T00:00:00Z" },
        ["blobs"] = new JsonArray([.. parts.Select(part => new JsonObject { ["blobName"] = "exports/focus/20240901-20240930/202409180600/" + part, ["byteCount"] = 1 })]),
    };

    public static byte[] Bytes(this JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static bool IsNumber(string name) => name is "BilledCost" or "PricingQuantity" or "ConsumedQuantity" or "Quantity" or "CostInBillingCurrency";

    private static bool IsTime(string name) => name.EndsWith("PeriodStart", StringComparison.Ordinal) || name.EndsWith("PeriodEnd", StringComparison.Ordinal) || name is "Date" or "BillingPeriodStartDate";
}
