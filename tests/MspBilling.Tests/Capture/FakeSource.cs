using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Tests.Capture;

/// <summary>A PSA in memory with companies, which it lists whole, and time entries, of which it tells what changed.</summary>
internal sealed class FakeSource : IRecordSource
{
    public const string Companies = "companies";
    public const string TimeEntries = "time-entries";

    private readonly Lock _lock = new();
    private readonly List<string> _calls = [];

    public string Name { get; init; } = "connectwise";

    public IReadOnlyList<RecordFeed> Feeds { get; set; } =
    [
        new(Companies, "connectwise/companies"),
        new(TimeEntries, "connectwise/time-entries") { Overlap = TimeSpan.FromMinutes(5), IsInOrderOfChange = true, Swept = RecordKind.Time },
    ];

    /// <summary>As the source has them, by feed; text stands for bytes that are no record.</summary>
    public Dictionary<string, List<JsonNode>> Records { get; } = new() { [Companies] = [], [TimeEntries] = [] };

    public int PageSize { get; set; } = 3;

    /// <summary>Shuffles the records of feeds that are in no order; null leaves them as they are.</summary>
    public int? Seed { get; set; }

    /// <summary>How many of a page's records the next page has again.</summary>
    public int Repeated { get; set; }

    /// <summary>Told each call before it is answered; throws what it fails with.</summary>
    public Action<string> Answering { get; set; } = _ => { };

    /// <summary>Replaces the bytes of a page.</summary>
    public Func<string, byte[], byte[]> Sending { get; set; } = (_, bytes) => bytes;

    /// <summary>Each call as <c>time-entries since 2024-09-12T11:55:00Z</c>, <c>time-entries@2</c>, <c>time-entries/7</c>, <c>time-entries ids</c>.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_lock)
                return [.. _calls];
        }
    }

    public async IAsyncEnumerable<RecordPage> PullAsync(RecordFeed feed, DateTimeOffset? changedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Call($"{feed.Name} since {changedSince?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "ever"}");
        var records = Records[feed.Name].Where(record => changedSince is null || RevisionOf(record) is not { } revision || revision >= changedSince).ToList();
        records = feed.IsInOrderOfChange ? [.. records.OrderBy(RevisionOf)] : records;
        if (Seed is { } seed && !feed.IsInOrderOfChange)
            new Random(seed).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(records));

        var page = 0;
        for (var start = 0; start == 0 || start + Repeated < records.Count; start += PageSize - Repeated)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            page++;
            Call($"{feed.Name}@{page}");
            yield return Page($"{feed.Name}@{page}.json", records.Skip(start).Take(PageSize));
        }
    }

    public Task<RecordPage?> FetchAsync(RecordFeed feed, string externalId, CancellationToken cancellationToken)
    {
        Call($"{feed.Name}/{externalId}");
        var found = Records[feed.Name].Where(record => IdOf(record) == externalId).ToList();
        return Task.FromResult(found.Count == 0 ? null : Page($"{feed.Name}-{externalId}.json", found));
    }

    public async IAsyncEnumerable<string> IdsAsync(RecordFeed feed, Period days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Call($"{feed.Name} ids");
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var record in Records[feed.Name].Where(record => DayOf(record) is not { } day || days.Contains(day)))
            yield return IdOf(record)!;
    }

    public JsonNode TimeEntry(long id) => Records[TimeEntries].Single(record => IdOf(record) == id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a time entry of company 1, changed at so many minutes past noon of 12 September 2024.</summary>
    public JsonNode AddTime(long id, int minute = 0, decimal hours = 1, long company = 1)
    {
        var entry = JsonNode.Parse($$"""
            {"id":{{id}},"company":{"id":{{company}},"name":"Company {{company}}"},"member":{"id":7,"name":"Tess"},"timeStart":"2024-09-12T09:00:00Z",
             "actualHours":{{hours.ToString(CultureInfo.InvariantCulture)}},"status":"Approved","_info":{"lastUpdated":"{{At(minute)}}"} }
            """)!;
        Records[TimeEntries].Add(entry);
        return entry;
    }

    public JsonNode AddCompany(long id, string? name = null)
    {
        var company = JsonNode.Parse($$"""{"id":{{id}},"identifier":"C{{id}}","name":"{{name ?? $"Company {id}"}}"}""")!;
        Records[Companies].Add(company);
        return company;
    }

    public static string At(int minute) => Storage.Captured.Noon.AddMinutes(minute).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private RecordPage Page(string name, IEnumerable<JsonNode> records) => new(name, Sending(name, JsonSerializer.SerializeToUtf8Bytes(records)));

    private void Call(string call)
    {
        lock (_lock)
            _calls.Add(call);
        Answering(call);
    }

    private static string? IdOf(JsonNode record) => record["id"]?.ToJsonString();

    private static DateTimeOffset? RevisionOf(JsonNode record) =>
        record["_info"]?["lastUpdated"] is { } at ? DateTimeOffset.Parse((string)at!, CultureInfo.InvariantCulture) : null;

    private static DateOnly? DayOf(JsonNode record) =>
        record["timeStart"] is { } start ? DateOnly.FromDateTime(DateTimeOffset.Parse((string)start!, CultureInfo.InvariantCulture).UtcDateTime) : null;
}
