using System.Globalization;

namespace MspBilling.Adapters.Capture.Csv;

/// <summary>The rows of a file under its header.</summary>
/// <remarks>
/// Rows and columns without any value, which spreadsheets leave, are passed over. A row may have fewer cells than the header: Excel leaves out empty
/// ones at the end of a block of rows (<see href="https://www.stata.com/support/faqs/data-management/how-excel-writes-empty-cells/"/>).
/// </remarks>
internal sealed class CsvTable
{
    private readonly CsvReader _csv;
    private readonly ProblemList _problems;
    private readonly CsvDialect _dialect;
    private readonly Dictionary<CsvColumn, int> _places = [];
    private readonly HashSet<int> _named = [];

    private CsvTable(CsvReader csv, ProblemList problems, CsvDialect dialect) => (_csv, _problems, _dialect) = (csv, problems, dialect);

    /// <summary>Reads the header, or says what is wrong with it and returns null.</summary>
    public static CsvTable? Open(Stream content, ProblemList problems, CsvDialect dialect, CsvSchema schema)
    {
        if (CsvText.Open(content, problems, dialect, name => schema.Find(name) is not null) is not { } csv)
            return null;

        var table = new CsvTable(csv, problems, dialect);
        table.ReadHeader(schema);
        return problems.Count == 0 ? table : null;
    }

    /// <summary>Each is valid until the next is asked for.</summary>
    public IEnumerable<CsvRow> Rows()
    {
        while (!_problems.IsFull && _csv.Read())
        {
            if (Has(_csv))
                yield return new CsvRow(_csv, _places, _dialect, _problems);
        }
    }

    private void ReadHeader(CsvSchema schema)
    {
        for (var i = 0; i < _csv.Count; i++)
        {
            var name = NameIn(_csv, i);
            if (name.Length == 0)
                continue;

            _named.Add(i);
            if (CsvSchema.IsPassedOver(name))
                continue;

            if (schema.Find(name) is not { } column)
                _problems.Add(_csv.PlaceOf(i), null, name, $"a column of {schema.Format}: {string.Join(", ", schema.Columns.Select(c => c.Name))}; put x_ before the name of one that is not to be read");
            else if (!_places.TryAdd(column, i))
                _problems.Add(_csv.PlaceOf(i), column.Name, name, "each column once in the header");
        }

        var line = new TextPlace(_csv.Line, 0);
        foreach (var missing in schema.Columns.Where(column => column.IsRequired && !_places.ContainsKey(column)))
            _problems.Add(line, missing.Name, null, "a column of this name in the header");
        foreach (var missing in schema.OneOf.Where(some => !some.Any(_places.ContainsKey)))
            _problems.Add(line, missing[0].Name, null, $"one of the columns {string.Join(", ", missing.Select(column => column.Name))} in the header");
    }

    /// <summary>The names of a header that is not known to be of any format.</summary>
    public static List<string> NamesIn(CsvReader header) => [.. Enumerable.Range(0, header.Count).Select(i => NameIn(header, i))];

    private static string NameIn(CsvReader header, int index) => header[index].Trim().Trim('\uFEFF').ToString();

    /// <summary>Whether the row has a value at all. A value in a column without a name is a problem.</summary>
    private bool Has(CsvReader row)
    {
        var any = false;
        for (var i = 0; i < row.Count; i++)
        {
            if (row[i].IsWhiteSpace())
                continue;

            any = true;
            if (!_named.Contains(i))
                _problems.Add(row.PlaceOf(i), null, row[i].ToString(), string.Create(CultureInfo.InvariantCulture, $"nothing in column {i + 1}, which has no name in the header"));
        }

        return any;
    }
}
