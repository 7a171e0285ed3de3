using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture;

/// <summary>A JSON file that is one list of records of one kind.</summary>
internal static class RecordArray
{
    /// <param name="map">Null for an item that is nothing we bill by.</param>
    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems, Func<JsonRecord, CapturedRecord?> map) =>
        JsonFile.Open(content, problems) is { } file ? Read(file.Records(), problems, map) : [];

    /// <summary>The same, or a page that was put together when it was pulled: an object with the list and what is needed to read its records.</summary>
    /// <param name="list">The list's name in such a page.</param>
    /// <param name="mapOf">What reads a record of a page; of a file that is a list, where that is null.</param>
    public static IReadOnlyList<CapturedRecord> ReadPage(Stream content, ProblemList problems, string list, Func<JsonRecord?, Func<JsonRecord, CapturedRecord?>> mapOf)
    {
        if (JsonFile.Open(content, problems) is not { } file)
            return [];
        if (!file.IsObject)
            return Read(file.Records(), problems, mapOf(null));
        return file.Root(JsonFile.MostBytes) is { } page ? Read(page.Records(list), problems, mapOf(page)) : [];
    }

    /// <param name="items">Those of a list in a file.</param>
    public static IReadOnlyList<CapturedRecord> Read(IEnumerable<JsonRecord> items, ProblemList problems, Func<JsonRecord, CapturedRecord?> map)
    {
        var records = new List<CapturedRecord>();
        var places = new Dictionary<RecordId, int>();
        problems.Leave();
        foreach (var json in items)
        {
            if (problems.IsFull)
                break;

            if (map(json) is { } record && !problems.HasOpen)
                Add(record, json);

            if (problems.HasOpen)
                problems.Unreadable(json.IdIn("id"), RecordJson.Hash(json.Bytes));
        }

        return records;

        void Add(CapturedRecord record, JsonRecord json)
        {
            // A page may hold a record as it was and as it is: which of the two is newer is decided where they are stored.
            if (problems.IsPage || places.TryAdd(record.Id, records.Count))
                records.Add(record);
            else if (RecordJson.ContentHash(records[places[record.Id]]) != RecordJson.ContentHash(record))
                json.Problem("id", "each id once in a file, or the same content each time");
            else if (record.Revision > records[places[record.Id]].Revision)
                records[places[record.Id]] = record;
        }
    }
}
