namespace MspBilling.Adapters.Capture;

/// <summary>The rows of a usage file, whatever it is written as; a row's cells are texts and valid until the next row.</summary>
internal abstract class UsageTable : IDisposable
{
    /// <summary>The columns in their order, and where their names stand.</summary>
    public abstract IReadOnlyList<(string Name, TextPlace Place)> Header { get; }

    /// <summary>Cells in the row.</summary>
    public abstract int Count { get; }

    /// <summary>The line that the row starts on; in a file without lines, the row's number.</summary>
    public abstract int Line { get; }

    public abstract ReadOnlySpan<char> this[int index] { get; }

    /// <summary>Says which columns will be read, before the first row is: a file by columns need not read the others.</summary>
    public virtual void Choose(IEnumerable<int> columns)
    {
    }

    /// <summary>Goes to the next row; false at the end, or when nothing more can be read.</summary>
    public abstract bool Read();

    public abstract TextPlace PlaceOf(int index);

    public virtual void Dispose()
    {
    }
}

/// <summary>A usage file of comma-separated values.</summary>
internal sealed class CsvUsageTable : UsageTable
{
    private readonly CsvReader _csv;

    private CsvUsageTable(CsvReader csv)
    {
        _csv = csv;
        Header = [.. Enumerable.Range(0, csv.Count).Select(i => (csv[i].ToString(), csv.PlaceOf(i)))];
    }

    public override IReadOnlyList<(string Name, TextPlace Place)> Header { get; }

    public override int Count => _csv.Count;

    public override int Line => _csv.Line;

    public override ReadOnlySpan<char> this[int index] => _csv[index];

    /// <summary>Reads the header, or says what is wrong and returns null.</summary>
    public static CsvUsageTable? Open(Stream content, ProblemList problems)
    {
        var csv = new CsvReader(content, problems) { MostBytes = UsageContent.MostBytes };
        if (!csv.Read())
        {
            if (problems.Count == 0)
                problems.Add(TextPlace.WholeFile, null, null, "a header with the columns of a usage file, but the file is empty");
            return null;
        }

        if (csv.Count == 1 && csv[0].IndexOfAny(";\t|") >= 0)
        {
            problems.Add(csv.PlaceOf(0), null, csv[0].ToString(), "a header whose columns are separated by commas");
            return null;
        }

        return new CsvUsageTable(csv);
    }

    public override bool Read() => _csv.Read();

    public override TextPlace PlaceOf(int index) => _csv.PlaceOf(index);
}
