using System.Globalization;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Csv;

/// <summary>The records of a file, and what each is called.</summary>
/// <remarks>
/// A row with an id is called by it. A row without one is called by what says which work, purchase or count it is, and by how many rows alike the file had
/// before it: so the same file again, or a later and longer export of the same days, brings the same records, and hours, notes or prices
/// that were corrected in between replace what was there. A file must therefore hold all rows of the client, person and day that it holds any of,
/// in the order of the earlier one; who exports otherwise needs ids. Times are called as they were written, not as instants, so that a file that
/// is read again with another time zone corrects what it brought. What is missing in a later file stays.
/// </remarks>
internal sealed class CsvRecords(ProblemList problems)
{
    /// <summary>Where a file has no name of its own.</summary>
    public const string DefaultSource = "csv";

    private readonly List<CapturedRecord> _records = [];
    private readonly Dictionary<RecordId, int> _places = [];
    private readonly Dictionary<string, int> _alike = new(StringComparer.Ordinal);

    /// <summary>Read when the whole file was right.</summary>
    public IReadOnlyList<CapturedRecord> All => problems.Count == 0 ? _records : [];

    /// <summary>What a row is called.</summary>
    /// <param name="source">The column that names whose ids they are.</param>
    /// <param name="parts">What says which it is, where it has no id; null for what it does not say.</param>
    public RecordId IdOf(CsvRow row, RecordKind kind, CsvColumn id, CsvColumn source, params ReadOnlySpan<string?> parts)
    {
        var name = row.Text(source) ?? row.Dialect.Source;
        if (name is not null && !CsvDeclaration.IsSource(name))
            row.Problem(source, CsvDialect.SourceWords);

        // No vendor's connector has a source called so: the ids of a file never stand for the records of one.
        var from = name is null ? DefaultSource : $"{DefaultSource}:{name.ToLowerInvariant()}";
        return new RecordId(from, kind, row.Id(id) ?? Made(from, parts));
    }

    public void Add(CsvRow row, CsvColumn id, CapturedRecord record)
    {
        if (row.IsWrong)
            return;

        if (_places.TryAdd(record.Id, _records.Count))
            _records.Add(record);
        else if (RecordJson.ContentHash(_records[_places[record.Id]]) != RecordJson.ContentHash(record))
            row.Problem(id, "each id once in a file, or the same content each time");
        else if (record.Revision > _records[_places[record.Id]].Revision)
            _records[_places[record.Id]] = record;
    }

    /// <summary>No id begins with the sign that a formula has.</summary>
    private string Made(string from, ReadOnlySpan<string?> parts)
    {
        var name = "=" + string.Join('|', parts.ToArray().Select(Plain));
        var number = _alike[from + name] = _alike.GetValueOrDefault(from + name) + 1;
        return number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}#{number}");
    }

    private static string Plain(string? text) => text is null ? "" : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .ToLowerInvariant().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("#", "\\#", StringComparison.Ordinal);
}
