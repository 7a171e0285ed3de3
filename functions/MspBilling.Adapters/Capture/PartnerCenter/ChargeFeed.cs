using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.PartnerCenter;

/// <summary>A feed of charges: daily rated usage, or the lines of invoices. A page holds days of one customer in one month of Microsoft's.</summary>
/// <remarks>
/// A page's lines stand in the order of their bytes and a month's pages are cut by days, so that a day that is told again alike is the same
/// bytes, of which nothing is stored anew. The usage is loaded before the lines, which leave out what it details.
/// </remarks>
internal sealed class ChargeFeed(ChargeKind kind, PartnerCenterOptions options, BilledMonths months, BillingExports exports, TimeProvider clock, ChargeFeed? usage = null) : IDisposable
{
    private const int PageBytes = 4_000_000;

    // So long what was pulled is looked up and not exported again: a sweep follows a pull.
    private static readonly TimeSpan Keeps = TimeSpan.FromHours(3);
    private readonly Dictionary<string, LoadedMonth> _loaded = new(StringComparer.Ordinal);

    public RecordFeed Feed { get; } = new(kind.Name, PartnerCenterFiles.Format(kind.Name))
    {
        Swept = RecordKind.Usage,
        IdPrefix = kind.Name + "|",
        IsRestated = true,
        Every = TimeSpan.FromHours(options.RefreshHours),
    };

    /// <remarks>Nothing is handed over before all is exported, so that what Microsoft fails to export does not leave the new beside the old that it replaces.</remarks>
    public async IAsyncEnumerable<RecordPage> PullAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Forget(month => true);
        var pulled = new List<(BilledMonth Month, LoadedMonth Loaded)>();
        foreach (var month in await months.SinceAsync(null, cancellationToken).ConfigureAwait(false))
            pulled.Add((month, await LoadAsync(month, cancellationToken).ConfigureAwait(false)));

        foreach (var page in pulled.SelectMany(month => Pages(month.Month, month.Loaded)))
            yield return page;
    }

    /// <summary>The ids of charges of some days, of whatever month's invoice they are: a charge may be told some months after its day.</summary>
    public async IAsyncEnumerable<string> IdsAsync(Period days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var month in await months.SinceAsync(days.Start, cancellationToken).ConfigureAwait(false))
        {
            foreach (var id in (await LoadAsync(month, cancellationToken).ConfigureAwait(false)).Ids(id => IdsOf(month, id)))
                yield return id;
        }
    }

    public async Task<RecordPage?> FetchAsync(string externalId, CancellationToken cancellationToken)
    {
        // charges|2026-10|USD|customer|day|…
        var parts = externalId.Split('|');
        if (parts.Length < 5 || !DateOnly.TryParseExact(parts[1] + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first))
            return null;

        foreach (var month in (await months.SinceAsync(first, cancellationToken).ConfigureAwait(false)).Where(month => month.Month == parts[1] && month.Currency == parts[2]))
        {
            var loaded = await LoadAsync(month, cancellationToken).ConfigureAwait(false);
            if (loaded.Ids(id => IdsOf(month, id)).Contains(externalId))
                return Pages(month, loaded).First(page => Read(page).Any(record => record.Id.ExternalId == externalId));
        }

        return null;
    }

    /// <summary>The customer's subscriptions that the month's lines are of.</summary>
    public async Task<IReadOnlyCollection<string>> SubscriptionsAsync(BilledMonth month, string customer, CancellationToken cancellationToken) =>
        (await LoadAsync(month, cancellationToken).ConfigureAwait(false)).Lines.Subscriptions(customer);

    public void Dispose() => Forget(month => true);

    private async Task<LoadedMonth> LoadAsync(BilledMonth month, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        Forget(other => now - other.At >= Keeps || (other.Month.Prefix == month.Prefix && !other.Month.IsSame(month)));
        if (_loaded.TryGetValue(month.Prefix, out var known))
            return known;

        var lines = new ExportedLines(kind.DayName);
        try
        {
            foreach (var (path, body) in month.Exports(kind.Export))
                await exports.AddAsync(path, body, lines, cancellationToken).ConfigureAwait(false);

            var detailed = new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal);
            if (usage is not null)
            {
                foreach (var (customer, _) in lines.Customers())
                    detailed[customer] = await usage.SubscriptionsAsync(month, customer, cancellationToken).ConfigureAwait(false);
            }

            return _loaded[month.Prefix] = new LoadedMonth(month, lines, detailed, now);
        }
        catch
        {
            lines.Dispose();
            throw;
        }
    }

    private IEnumerable<RecordPage> Pages(BilledMonth month, LoadedMonth loaded)
    {
        foreach (var (customer, days) in loaded.Lines.Customers())
        {
            var (number, size, lines) = (0, 0L, new List<ReadOnlyMemory<byte>>());
            foreach (var day in days)
            {
                long bytes = day.Sum(line => line.Length);
                if (lines.Count > 0 && size + bytes > PageBytes)
                {
                    yield return Page(month, customer, ++number, lines, loaded);
                    (size, lines) = (0, []);
                }

                var read = day.Select(loaded.Lines.Read).ToList();
                read.Sort((one, other) => one.Span.SequenceCompareTo(other.Span));
                lines.AddRange(read);
                size += bytes;
            }

            yield return Page(month, customer, ++number, lines, loaded);
        }
    }

    private RecordPage Page(BilledMonth month, string customer, int number, List<ReadOnlyMemory<byte>> lines, LoadedMonth loaded)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString(ChargePage.MonthName, month.Month);
            json.WriteString(ChargePage.CurrencyName, month.Currency);
            if (loaded.Detailed.TryGetValue(customer, out var detailed))
            {
                json.WriteStartArray(ChargePage.DetailedName);
                foreach (var subscription in detailed)
                    json.WriteStringValue(subscription);
                json.WriteEndArray();
            }

            json.WriteStartArray(ChargePage.LinesName);
            foreach (var line in lines)
                json.WriteRawValue(line.Span, skipInputValidation: true);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new RecordPage(string.Create(CultureInfo.InvariantCulture, $"{PartnerCenterFiles.Format(kind.Name)}@{month.Month}-{month.Currency}-{customer}-{number}.json"), bytes.WrittenMemory);
    }

    private IEnumerable<string> IdsOf(BilledMonth month, LoadedMonth loaded) => Pages(month, loaded).SelectMany(Read).Select(record => record.Id.ExternalId);

    private IReadOnlyList<CapturedRecord> Read(RecordPage page)
    {
        using var content = new MemoryStream(page.Content.ToArray(), writable: false);
        var read = ImportReader.ReadPage(page.Name, Feed.Format, content);
        var problem = read.Broken ?? (read.Unreadable.Count > 0 ? read.Unreadable[0].Problem : null);
        return problem is null ? read.Records : throw new SourceException(
            PartnerCenterFiles.SourceName, SourceFailure.Malformed, $"A line of Microsoft's cannot be read, so that which of the {kind.Name} are gone is not looked for: {problem}");
    }

    private void Forget(Func<LoadedMonth, bool> isOld)
    {
        foreach (var (prefix, month) in _loaded.Where(loaded => isOld(loaded.Value)).ToList())
        {
            month.Lines.Dispose();
            _loaded.Remove(prefix);
        }
    }

    /// <param name="Detailed">By customer, the subscriptions whose metered lines the usage tells; of the usage itself none.</param>
    private sealed record LoadedMonth(BilledMonth Month, ExportedLines Lines, IReadOnlyDictionary<string, IReadOnlyCollection<string>> Detailed, DateTimeOffset At)
    {
        private HashSet<string>? _ids;

        public HashSet<string> Ids(Func<LoadedMonth, IEnumerable<string>> read) => _ids ??= [.. read(this)];
    }
}

/// <param name="Name">Of the feed.</param>
/// <param name="Export">As the interface calls it.</param>
/// <param name="DayName">The field of a line that tells its day.</param>
internal sealed record ChargeKind(string Name, string Export, string DayName)
{
    public static ChargeKind Usage { get; } = new("usage", "usage", "UsageDate");

    public static ChargeKind InvoiceLines { get; } = new("invoice-lines", "reconciliation", "ChargeStartDate");
}
