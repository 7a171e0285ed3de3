using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Storage;

/// <summary>A reference record as it is stored.</summary>
/// <param name="Payload">Names the bytes that it came with.</param>
internal sealed record Versioned(CapturedRecord Record, string Hash, string Payload);

/// <summary>All stored reference records, read once and kept as they are stored.</summary>
public sealed class ReferenceSet
{
    private readonly Dictionary<RecordId, Versioned> _records;

    internal ReferenceSet(IEnumerable<Versioned> records) => _records = records.ToDictionary(versioned => versioned.Record.Id);

    public IReadOnlyList<CapturedRecord> Records => [.. _records.Values.Select(versioned => versioned.Record)];

    internal Versioned? Find(RecordId id) => _records.GetValueOrDefault(id);

    internal void Put(Versioned versioned) => _records[versioned.Record.Id] = versioned;
}

/// <summary>A record and the bytes that it came with.</summary>
/// <param name="Payload">Names the bytes.</param>
public readonly record struct Sourced<T>(T Record, string Payload)
    where T : CapturedRecord;
