using System.Globalization;
using System.Text;
using CsvHelper;
using Xunit;

namespace MspBilling.Tests.Accounting;

/// <summary>What an importer sees of a file before it knows the columns, and what a spreadsheet would do with it.</summary>
internal sealed record ReadImportFile(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyDictionary<string, string>> Rows)
{
    public static ReadImportFile Of(byte[] file)
    {
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file);
        Assert.False(text.StartsWith('\uFEFF'), "The first header would begin with a byte order mark.");
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain('\r', text.Replace("\r\n", "", StringComparison.Ordinal));

        var strict = new CsvReaderOptions { HasHeader = false, MalformedData = CsvMalformedDataHandling.Throw, FieldCountMismatch = CsvFieldCountHandling.Throw };
        using var reader = CsvReader.Create(file, strict);
        var records = new List<IReadOnlyList<string>>();
        while (reader.Read())
            records.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);

        // A file without quoted line breaks has a record a line.
        Assert.Equal(text.Split("\r\n").Length - 1, records.Count);
        foreach (var cell in records.SelectMany(record => record))
            Assert.False(RunsInASpreadsheet(cell), $"A spreadsheet would run the cell {cell}");
        Assert.Equal(records[0].Count, records[0].Distinct().Count());
        return new ReadImportFile(records[0], [.. records.Skip(1).Select(record => records[0].Zip(record).ToDictionary(p => p.First, p => p.Second))]);
    }

    public static decimal Number(string cell, int places)
    {
        var number = decimal.Parse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        Assert.True(decimal.Round(number, places) == number, $"{cell} has more than {places} places, and would be cut.");
        return number;
    }

    public static DateOnly Date(string cell, string format) => DateOnly.ParseExact(cell, format, CultureInfo.InvariantCulture);

    public static decimal HalfUp(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    private static bool RunsInASpreadsheet(string cell) =>
        cell.TrimStart() is { Length: > 0 } shown && "=+-@\t\r＝＋－＠".Contains(shown[0], StringComparison.Ordinal)
        && !decimal.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}

/// <summary>What the accounting system has booked after an import.</summary>
internal sealed record Booked(decimal Net, decimal Tax, int Rows)
{
    public decimal Total => Net + Tax;
}
