using System.Globalization;
using CsvHelper;
using MspBilling.Core;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Accounting;

/// <summary>Writes import files: UTF-8 without a byte order mark, CRLF, cells quoted where RFC 4180 wants it.</summary>
/// <remarks>
/// Bookkeepers open these files in spreadsheets, so text from outside goes through <see cref="SpreadsheetText"/>. Numbers and dates are
/// made by us and are never touched.
/// </remarks>
internal static class Cells
{
    public static byte[] File<TRow>(IReadOnlyList<(string Header, Func<TRow, string> Cell)> columns, IEnumerable<TRow> rows)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, CsvWriterOptions.Default, leaveOpen: true))
        {
            foreach (var (header, _) in columns)
                csv.WriteField(header);
            csv.EndRecord();

            foreach (var row in rows)
            {
                foreach (var (_, cell) in columns)
                    csv.WriteField(cell(row));
                csv.EndRecord();
            }
        }

        return file.ToArray();
    }

    /// <summary>Text from outside, safe to open in a spreadsheet; what does not fit is cut and ended with an ellipsis.</summary>
    public static string Text(string? text, int longest)
    {
        var safe = SpreadsheetText.Safe(text);
        return safe.Length <= longest ? safe : Cut(safe, longest - 1) + "…";
    }

    /// <summary>A name that the other system finds its own by: never cut.</summary>
    /// <exception cref="PermanentAccountingException">It is empty or too long.</exception>
    public static string Name(string name, int longest, string what, string number)
    {
        var cell = Text(name, int.MaxValue);
        return cell.Length switch
        {
            0 => throw new PermanentAccountingException($"Invoice {number}: the {what} is empty. Give it a name and send the invoice again."),
            var length when length > longest => throw new PermanentAccountingException(
                $"Invoice {number}: the {what} '{cell}' has {length} characters, and {longest} fit. Shorten it and send the invoice again."),
            _ => cell,
        };
    }

    /// <summary>The invoice's number, which has to arrive as it is printed.</summary>
    /// <exception cref="PermanentAccountingException">It is too long, or a spreadsheet would take it for a formula.</exception>
    public static string Number(string number, int longest, string system)
    {
        if (number.Length > longest)
        {
            throw new PermanentAccountingException(
                $"Invoice {number}: its number has {number.Length} characters, and {system} takes {longest}. Enter it by hand, and shorten the numbers' prefix in the settings.");
        }

        return number.Length > 0 && Text(number, longest) == number
            ? number
            : throw new PermanentAccountingException(
                $"Invoice '{number}': a number that is empty, has line breaks or begins like a formula cannot be imported. Enter it by hand, and change the numbers' prefix in the settings.");
    }

    public static string Quantity(decimal quantity) => quantity.ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>At least the currency's places: 5000 JPY, 26.40 EUR, a unit price of 0.0125.</summary>
    public static string Amount(decimal amount, Currency currency) =>
        amount.ToString($"0.{new string('0', currency.MinorUnits)}##########", CultureInfo.InvariantCulture);

    public static string Date(DateOnly date, string format) => date.ToString(format, CultureInfo.InvariantCulture);

    private static string Cut(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
