using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture;

/// <summary>A JSON file that is one list of records of one kind.</summary>
internal static class RecordArray
{
    /// <param name="map">Null for an item that is nothing we bill by.</param>
    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems, Func<JsonRecord, CapturedRecord?> map) =>
        JsonFile.Open(content, problems) is { } file ? Read(file.Records(), problems, map) : [];

    /// <param name="items">Those of a list in a file.</param>
    public static IReadOnlyList<CapturedRecord> Read(IEnumerable<JsonRecord> items, ProblemList problems, Func<JsonRecord, CapturedRecord?> map)
    {
        var records = new List<CapturedRecord>();
        var places = new Dictionary<RecordId, int>();
        foreach (var json in items)
        {
            if (problems.IsFull)
                break;

            var before = problems.Count;
            if (map(json) is not { } record || problems.Count > before)
                continue;

            if (places.TryAdd(record.Id, records.Count))
                records.Add(record);
            else if (RecordJson.ContentHash(records[places[record.Id]]) != RecordJson.ContentHash(record))
                json.Problem("id", "each id once in a file, or the same content each time");
            else if (record.Revision > records[places[record.Id]].Revision)
                records[places[record.Id]] = record;
        }

        return records;
    }
}
