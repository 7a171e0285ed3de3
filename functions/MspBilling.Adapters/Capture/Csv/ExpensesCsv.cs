using System.Globalization;
using MspBilling.Core.Capture;
using static MspBilling.Adapters.Capture.Csv.CsvColumn;

namespace MspBilling.Adapters.Capture.Csv;

/// <summary>Expenses and products, a row each.</summary>
/// <remarks>
/// A row has a unit price, or a unit cost that the agreement's mark-up is put on. Without an id it is called by its client, agreement, date,
/// description, SKU, person, ticket and project.
/// </remarks>
internal static class ExpensesCsv
{
    public const string Format = "expenses-csv";

    private static readonly CsvColumn Id = Optional("id", "expense id");
    private static readonly CsvColumn Source = Optional("source");
    private static readonly CsvColumn Company = Required("client", "customer", "company");
    private static readonly CsvColumn CompanyName = Optional("client name", "customer name", "company name");
    private static readonly CsvColumn Agreement = Optional("agreement", "contract");
    private static readonly CsvColumn Date = Required("date", "day");
    private static readonly CsvColumn Description = Required("description", "notes");
    private static readonly CsvColumn Sku = Optional("sku", "product", "type", "category");
    private static readonly CsvColumn Person = Optional("person", "user", "technician", "member", "employee", "resource");
    private static readonly CsvColumn Ticket = Optional("ticket", "ticket id", "ticket number");
    private static readonly CsvColumn Project = Optional("project");
    private static readonly CsvColumn Quantity = Optional("quantity", "qty");
    private static readonly CsvColumn UnitPrice = Optional("unit price", "price");
    private static readonly CsvColumn UnitCost = Optional("unit cost", "cost");
    private static readonly CsvColumn Currency = Optional("currency");
    private static readonly CsvColumn Billable = Optional("billable");
    private static readonly CsvColumn Status = Optional("status", "approval");
    private static readonly CsvColumn Tags = Optional("tags");

    public static CsvSchema Schema { get; } = new(
        Format, [Id, Source, Company, CompanyName, Agreement, Date, Description, Sku, Person, Ticket, Project, Quantity, UnitPrice, UnitCost, Currency, Billable, Status, Tags], [[UnitPrice, UnitCost]]);

    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems, CsvDialect dialect)
    {
        var records = new CsvRecords(problems);
        foreach (var row in CsvTable.Open(content, problems, dialect, Schema)?.Rows() ?? [])
            records.Add(row, Id, ReadRow(row, records));
        return records.All;
    }

    private static Expense ReadRow(CsvRow row, CsvRecords records)
    {
        var (client, agreement, day) = (row.Id(Company) ?? "", row.Id(Agreement), row.Day(Date) ?? default);
        var (description, sku, person) = (row.Text(Description) ?? "", row.Id(Sku), row.Id(Person));
        var (ticket, project, currency) = (row.Id(Ticket), row.Id(Project), row.Currency(Currency));
        var (price, cost) = currency is { } code ? (row.Amount(UnitPrice, code), row.Amount(UnitCost, code)) : default;
        if (!row.IsWrong && price is null && cost is null)
            row.Problem(UnitPrice, "an amount, or a unit cost");

        return new Expense
        {
            Id = records.IdOf(row, RecordKind.Expense, Id, Source, client, agreement, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), description, sku, person, ticket, project),
            CompanyId = client,
            CompanyName = row.Text(CompanyName) ?? client,
            AgreementId = agreement,
            Day = day,
            Description = description,
            Sku = sku,
            TechnicianName = person,
            TicketId = ticket,
            ProjectId = project,
            Quantity = row.Number(Quantity, "a quantity like 2.5, below a trillion") ?? 1,
            UnitPrice = price,
            UnitCost = cost,
            Currency = currency ?? default,
            Option = row.Billable(Billable),
            Status = row.Text(Status),
            Tags = row.Texts(Tags),
        };
    }
}
