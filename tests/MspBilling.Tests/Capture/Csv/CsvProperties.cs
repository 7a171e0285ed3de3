using System.Globalization;
using System.Text;
using CsCheck;
using MspBilling.Adapters.Capture.Csv;
using MspBilling.Core;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.Csv;

/// <summary>Records that are written in any way that can be declared are read as they were, and what was damaged is read or refused.</summary>
public sealed class CsvProperties
{
    private static readonly string[] Columns = ["id", "client", "date", "description", "sku", "quantity", "unit cost", "currency", "tags"];

    private static readonly (string? Culture, string Dates)[] Cultures =
    [
        (null, "yyyy-MM-dd"), ("de-DE", "dd.MM.yyyy"), ("en-US", "M/d/yyyy"), ("en-GB", "dd/MM/yyyy"), ("fr-FR", "dd/MM/yyyy"), ("de-CH", "dd.MM.yyyy"), ("sv-SE", "yyyy-MM-dd"),
    ];

    // Nothing that a spreadsheet would have made of a value, and no space at an end.
    private static readonly Gen<string> Texts = Gen.Char["abcXYZ019 ,;\t\"\n\r'äß€|="].Array[0, 12].Select(letters => "t" + new string(letters).Replace("\r", "", StringComparison.Ordinal) + "t");

    private static readonly Gen<Expense> Expenses = Gen.Select(
        Gen.Int[1, 1_000_000], Texts, Gen.Int[0, 2_000], Texts, Gen.Decimal[-99_999, 99_999], Gen.Decimal[0, 9_999_999],
        (id, client, day, description, quantity, cost) => new Expense
        {
            Id = new RecordId("csv", RecordKind.Expense, id.ToString("D6", CultureInfo.InvariantCulture)),
            CompanyId = client,
            CompanyName = client,
            Day = new DateOnly(2020, 1, 1).AddDays(day),
            Description = description,
            Quantity = decimal.Round(quantity, 4),
            UnitCost = decimal.Round(cost, 2),
            Currency = Currency.Of("EUR"),
        });

    private static readonly Gen<(char Separator, (string? Culture, string Dates) Culture, string LineEnd, int Encoding, int[] Order, bool IsTold, bool QuotesAll)> Dialects = Gen.Select(
        Gen.Char[",;\t"], Gen.Int[0, Cultures.Length - 1].Select(i => Cultures[i]), Gen.Bool.Select(isOfWindows => isOfWindows ? "\r\n" : "\n"), Gen.Int[0, 3], Gen.Shuffle(Enumerable.Range(0, Columns.Length).ToArray()), Gen.Bool, Gen.Bool);

    [Fact]
    public void Read_RecordsWrittenInAnyDialect_AreThoseThatWereWritten() => Gen.Select(Expenses.Array[0, 8], Dialects).Sample(
        (expenses, dialect) =>
        {
            var distinct = expenses.DistinctBy(expense => expense.Id).ToArray();
            var bytes = Write(distinct, dialect);

            var read = CsvImports.Records<Expense>("expenses.csv", bytes, new CsvDeclaration(dialect.Culture.Culture, Encoding: dialect.Encoding == 3 ? "windows-1252" : null));

            Assert.Equal(distinct, read);
        },
        iter: 3_000,
        threads: 1);

    private static byte[] Write(Expense[] expenses, (char Separator, (string? Culture, string Dates) Culture, string LineEnd, int Encoding, int[] Order, bool IsTold, bool QuotesAll) dialect)
    {
        var culture = dialect.Culture.Culture is { } name ? CultureInfo.GetCultureInfo(name) : CultureInfo.InvariantCulture;
        var text = new StringBuilder(dialect.IsTold ? $"sep={dialect.Separator}{dialect.LineEnd}" : "");
        string Cell(string value) => dialect.QuotesAll || value.AsSpan().ContainsAny([dialect.Separator, '"', '\n', '\r']) ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
        void Row(string[] cells) => text.AppendJoin(dialect.Separator, dialect.Order.Select(i => Cell(cells[i]))).Append(dialect.LineEnd);
        Row(Columns);
        foreach (var e in expenses)
        {
            Row(
            [
                e.Id.ExternalId, e.CompanyId, e.Day.ToString(dialect.Culture.Dates, CultureInfo.InvariantCulture), e.Description, "",
                e.Quantity.ToString(dialect.Culture.Culture is null ? "0.####" : "#,##0.####", culture).Replace("\u2212", "-", StringComparison.Ordinal), e.UnitCost!.Value.ToString("0.00", culture), "EUR", "",
            ]);
        }

        Encoding encoding = dialect.Encoding switch
        {
            0 => new UTF8Encoding(false),
            1 => new UTF8Encoding(true),
            2 => new UnicodeEncoding(false, true),
            _ => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
        };
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(dialect.Encoding == 3 ? text.ToString().Replace('\u202F', '\u00A0') : text.ToString())];
    }
}
