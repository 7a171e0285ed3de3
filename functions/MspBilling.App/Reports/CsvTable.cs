using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using MspBilling.Core;

namespace MspBilling.App.Reports;

/// <summary>Writes a table as CSV that a spreadsheet can open without running anything in it.</summary>
/// <remarks>Text that begins with <c>= + - @</c>, a tab or a return gets an apostrophe before it (OWASP, "CSV Injection"); numbers stay numbers.</remarks>
public static class CsvTable
{
    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        InjectionOptions = InjectionOptions.Escape,
        InjectionCharacters = ['=', '+', '-', '@', '\t', '\r'],
    };

    public static byte[] Write<T>(IEnumerable<T> rows, params (string Header, Func<T, object?> Cell)[] columns)
    {
        using var buffer = new MemoryStream();
        using (var writer = new StreamWriter(buffer, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = new CsvWriter(writer, Configuration))
        {
            foreach (var (header, _) in columns)
            {
                csv.WriteField(header);
            }

            csv.NextRecord();
            foreach (var row in rows)
            {
                foreach (var (_, cell) in columns)
                {
                    WriteCell(csv, cell(row));
                }

                csv.NextRecord();
            }
        }

        return buffer.ToArray();
    }

    private static void WriteCell(CsvWriter csv, object? value)
    {
        switch (value)
        {
            // Ours, and so harmless: a negative number is no formula.
            case Money money:
                csv.WriteConvertedField(money.Amount.ToString(CultureInfo.InvariantCulture), typeof(decimal));
                break;
            case decimal or int or long:
                csv.WriteConvertedField(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), typeof(decimal));
                break;
            case DateOnly date:
                csv.WriteConvertedField(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), typeof(string));
                break;
            default:
                csv.WriteField(value?.ToString());
                break;
        }
    }
}
