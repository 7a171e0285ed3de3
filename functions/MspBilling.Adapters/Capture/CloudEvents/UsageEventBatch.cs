using System.Globalization;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.CloudEvents;

/// <summary>An event that was sent.</summary>
/// <param name="Id">As it was sent, as far as it can be told.</param>
/// <param name="Activity">Null for what cannot be read.</param>
/// <param name="IsCorrection">Whether it replaces an earlier event.</param>
/// <param name="Json">Its bytes in the JSON form.</param>
/// <param name="Problem">What is wrong with it.</param>
public sealed record SentEvent(string? Id, Activity? Activity, bool IsCorrection, ReadOnlyMemory<byte> Json, string? Problem);

/// <summary>The events of one request, each read by itself.</summary>
/// <param name="Events">Empty where the body as such cannot be read.</param>
/// <param name="Problem">What is wrong with the body.</param>
/// <param name="IsTooLong">Whether there are more events than a batch may have.</param>
public sealed record UsageEventBatch(IReadOnlyList<SentEvent> Events, string? Problem, bool IsTooLong)
{
    public const int MostEvents = 1_000;

    /// <summary>The import format of accepted events, which are kept as a list.</summary>
    public const string Format = "usage-events";

    private const string Name = "body";

    /// <summary>Before the place of an event in what is said of it.</summary>
    private const string Event = "event ";

    /// <summary>Reads a list of events.</summary>
    public static UsageEventBatch ReadBatch(byte[] body) => Read(body, file => file.Records().Take(MostEvents + 1));

    /// <summary>Reads one event.</summary>
    public static UsageEventBatch ReadOne(byte[] body) => Read(body, file => file.Root() is { } only ? [only] : []);

    /// <summary>The list that is kept of accepted events.</summary>
    public static byte[] Write(IEnumerable<ReadOnlyMemory<byte>> events)
    {
        using var list = new MemoryStream();
        foreach (var json in events)
        {
            list.Write(list.Length == 0 ? "["u8 : ",\n"u8);
            list.Write(json.Span);
        }

        list.Write("]"u8);
        return list.ToArray();
    }

    private static UsageEventBatch Read(byte[] body, Func<JsonFile, IEnumerable<JsonRecord>> eventsOf)
    {
        var problems = new ProblemList(Name, isPage: true);
        using var content = new MemoryStream(body, writable: false);
        var events = new List<SentEvent>();
        if (JsonFile.Open(content, problems) is { } file)
        {
            foreach (var json in eventsOf(file))
            {
                var activity = UsageEvent.Read(json);
                problems.Unreadable(null, Event + events.Count.ToString(CultureInfo.InvariantCulture));
                events.Add(new SentEvent(json.IdIn("id"), activity, json.Has("correctionof"), json.Bytes.ToArray(), null));
            }
        }

        var page = problems.Page([]);
        if (page.Broken is { } broken)
            return Unreadable(broken);
        if (events.Count > MostEvents)
            return new UsageEventBatch([], null, IsTooLong: true);

        foreach (var record in page.Unreadable)
        {
            // What is no object has no place among the events.
            if (!record.Key.StartsWith(Event, StringComparison.Ordinal))
                return Unreadable(record.Problem);

            var index = int.Parse(record.Key.AsSpan(Event.Length), NumberStyles.None, CultureInfo.InvariantCulture);
            events[index] = events[index] with { Activity = null, Problem = Words(record.Problem) };
        }

        return new UsageEventBatch(events, null, IsTooLong: false);
    }

    private static UsageEventBatch Unreadable(ImportProblem problem) => new([], problem.ToString(), IsTooLong: false);

    /// <summary>Without the place in the body, which its sender does not see.</summary>
    private static string Words(ImportProblem problem) => (problem with { File = "", Line = 0, Column = 0 }).ToString()[2..];
}
