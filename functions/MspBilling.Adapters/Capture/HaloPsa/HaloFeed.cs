using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>One feed: which requests it makes, and the pages that become of the answers.</summary>
internal abstract class HaloFeed(HaloPsaOptions options)
{
    // Not known of every tenant is the zone that it compares changes in (contract notes, section 3).
    protected static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    // Where two things are chosen from, the word null would be taken for an empty page.
    protected static readonly ReadOnlyMemory<byte>? NoPage;

    private readonly HaloReading _reading = HaloReading.Of(options);

    public abstract RecordFeed Feed { get; }

    protected HaloPsaOptions Options => options;

    protected TimeZoneInfo Zone => _reading.Zone;

    public abstract IAsyncEnumerable<ReadOnlyMemory<byte>> PullAsync(DateTimeOffset? changedSince, CancellationToken cancellationToken);

    /// <summary>Pages with all records of the days, or more of them, or all.</summary>
    public virtual IAsyncEnumerable<ReadOnlyMemory<byte>> SweepAsync(Period days, CancellationToken cancellationToken) => PullAsync(null, cancellationToken);

    /// <summary>A page with the record of an id, or with others as well; null where there is none.</summary>
    public abstract Task<ReadOnlyMemory<byte>?> FetchAsync(string externalId, CancellationToken cancellationToken);

    protected static string Literal(DateTime local) => local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    protected DateTime Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone).DateTime;

    /// <summary>What is before the slash of an id that is made of two or three.</summary>
    protected static string FirstOf(string externalId) => externalId.Split('/')[0];

    protected ReadOnlyMemory<byte> Page(IEnumerable<HaloRow> rows, params ReadOnlySpan<(string Name, IReadOnlyCollection<HaloRow> Rows)> others)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var page = new Utf8JsonWriter(bytes))
        {
            page.WriteStartObject();
            _reading.Write(page);
            Write(page, HaloPage.RowsName, rows);
            foreach (var (name, list) in others)
            {
                if (list.Count > 0)
                    Write(page, name, list);
            }

            page.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter page, string name, IEnumerable<HaloRow> rows)
    {
        page.WriteStartArray(name);
        foreach (var row in rows)
            page.WriteRawValue(row.Bytes, skipInputValidation: true);
        page.WriteEndArray();
    }
}
