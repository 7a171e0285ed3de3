using System.Globalization;
using System.Text;
using CsvHelper;
using MspBilling.Core;
using MspBilling.Core.Documents;

namespace MspBilling.App.Reports;

/// <summary>Writes a table as CSV: UTF-8 with the mark that spreadsheets look for, one header row, cells that nothing runs.</summary>
public static class CsvTable
{
    public static byte[] Write<T>(IEnumerable<T> rows, params (string Header, Func<T, object?> Cell)[] columns)
    {
        using var file = new MemoryStream();
        file.Write(Encoding.UTF8.Preamble);
        using (var csv = CsvWriter.Create(file, CsvWriterOptions.Default, leaveOpen: true))
        {
            foreach (var (header, _) in columns)
            {
                csv.WriteField(header);
            }

            csv.EndRecord();
            foreach (var row in rows)
            {
                foreach (var (_, cell) in columns)
                {
                    csv.WriteField(Text(cell(row)));
                }

                csv.EndRecord();
            }
        }

        return file.ToArray();
    }

    // Numbers and dates are ours, and so harmless: a negative amount is no formula.
    private static string Text(object? cell) => cell switch
    {
        Money money => money.Amount.ToString(CultureInfo.InvariantCulture),
        decimal or int or long => ((IFormattable)cell).ToString(null, CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => SpreadsheetText.Safe(cell?.ToString()),
    };
}
