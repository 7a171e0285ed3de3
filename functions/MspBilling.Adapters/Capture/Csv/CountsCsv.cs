using System.Globalization;
using MspBilling.Core.Capture;
using static MspBilling.Adapters.Capture.Csv.CsvColumn;

namespace MspBilling.Adapters.Capture.Csv;

/// <summary>Counts of seats, licences or devices, a row for each product and day.</summary>
/// <remarks>Without an id a count is called by its client, product, date and subject: a later file with another quantity for the same day corrects it.</remarks>
internal static class CountsCsv
{
    public const string Format = "counts-csv";

    private static readonly CsvColumn Id = Optional("id");
    private static readonly CsvColumn Source = Optional("source");
    private static readonly CsvColumn Company = Required("client", "customer", "company");
    private static readonly CsvColumn CompanyName = Optional("client name", "customer name", "company name");
    private static readonly CsvColumn Product = Required("product", "sku", "item");
    private static readonly CsvColumn Description = Optional("description", "product name");
    private static readonly CsvColumn Date = Required("date", "day", "counted on");
    private static readonly CsvColumn Quantity = Required("quantity", "count", "qty");
    private static readonly CsvColumn Subject = Optional("subject", "user", "device");
    private static readonly CsvColumn Tags = Optional("tags");

    public static CsvSchema Schema { get; } = new(Format, [Id, Source, Company, CompanyName, Product, Description, Date, Quantity, Subject, Tags], []);

    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems, CsvDialect dialect)
    {
        var records = new CsvRecords(problems);
        foreach (var row in CsvTable.Open(content, problems, dialect, Schema)?.Rows() ?? [])
            records.Add(row, Id, ReadRow(row, records));
        return records.All;
    }

    private static Count ReadRow(CsvRow row, CsvRecords records)
    {
        var (client, product, subject, day) = (row.Id(Company) ?? "", row.Id(Product) ?? "", row.Id(Subject), row.Day(Date) ?? default);
        return new Count
        {
            Id = records.IdOf(row, RecordKind.Count, Id, Source, client, product, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), subject),
            CompanyId = client,
            CompanyName = row.Text(CompanyName) ?? client,
            Sku = product,
            Description = row.Text(Description) ?? product,
            Day = day,
            Quantity = row.Number(Quantity, "a quantity of 0 or more", 0) ?? 0,
            Subject = subject,
            Tags = row.Texts(Tags),
        };
    }
}
