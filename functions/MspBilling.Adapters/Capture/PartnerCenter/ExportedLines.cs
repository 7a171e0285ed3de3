using System.IO.Compression;
using System.Text.Json;

namespace MspBilling.Adapters.Capture.PartnerCenter;

/// <param name="Customer">The customer's tenant; empty for a line that names none.</param>
/// <param name="Day">As the line writes it, without a time; empty for a line that has none.</param>
/// <param name="Subscription">Empty for a line that has none.</param>
internal readonly record struct ExportedLine(string Customer, string Day, string Subscription, long Place, int Length);

/// <summary>The lines of a month's exports, in a file that goes with this object, and where each is: memory grows with their number and not with their size.</summary>
/// <param name="dayName">The field that tells a line's day.</param>
internal sealed class ExportedLines(string dayName) : IDisposable
{
    private readonly FileStream _file = new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);

    private readonly List<ExportedLine> _lines = [];

    // The same customers, days and subscriptions over and over.
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private readonly Dictionary<string, SortedSet<string>> _subscriptions = new(StringComparer.Ordinal);

    /// <summary>Those that a customer's lines are of.</summary>
    public IReadOnlyCollection<string> Subscriptions(string customer) => _subscriptions.GetValueOrDefault(customer) ?? [];

    /// <summary>The lines of each customer by day, the days in order.</summary>
    public IEnumerable<(string Customer, IEnumerable<IReadOnlyList<ExportedLine>> Days)> Customers() =>
        from line in _lines
        group line by line.Customer into customer
        orderby customer.Key
        select (customer.Key, customer.GroupBy(line => line.Day).OrderBy(day => day.Key, StringComparer.Ordinal).Select(IReadOnlyList<ExportedLine> (day) => [.. day]));

    /// <summary>Writes down the lines of a file, which do not count before they are taken.</summary>
    /// <returns>Null when it is cut off or no lines of JSON.</returns>
    public IReadOnlyList<ExportedLine>? TrySpool(byte[] blob)
    {
        var found = new List<ExportedLine>();
        try
        {
            // A blob that is served with a content encoding has been decompressed on the way. One that is cut off does not decompress.
            using Stream stored = new MemoryStream(blob, writable: false);
            using var content = blob is [0x1f, 0x8b, ..] ? new GZipStream(stored, CompressionMode.Decompress) : stored;
            Spool(content, found);
            return found;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            return null;
        }
    }

    public void Take(IReadOnlyList<ExportedLine> lines)
    {
        _lines.AddRange(lines);
        foreach (var line in lines.Where(line => line.Subscription.Length > 0))
        {
            if (!_subscriptions.TryGetValue(line.Customer, out var known))
                _subscriptions[line.Customer] = known = new SortedSet<string>(StringComparer.Ordinal);
            known.Add(line.Subscription);
        }
    }

    public ReadOnlyMemory<byte> Read(ExportedLine line)
    {
        var bytes = new byte[line.Length];
        _file.Position = line.Place;
        _file.ReadExactly(bytes);
        return bytes;
    }

    public void Dispose() => _file.Dispose();

    private void Spool(Stream content, List<ExportedLine> found)
    {
        var (buffer, filled) = (new byte[1 << 16], 0);
        while (true)
        {
            if (filled == buffer.Length)
                Array.Resize(ref buffer, buffer.Length < JsonFile.MostRecordBytes * 2 ? buffer.Length * 2 : throw new JsonException("A line has no end."));

            var read = content.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            var start = 0;
            while (buffer.AsSpan(start, filled - start).IndexOf((byte)'\n') is >= 0 and var end)
            {
                Add(buffer.AsSpan(start, end), found);
                start += end + 1;
            }

            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
            if (read == 0)
            {
                Add(buffer.AsSpan(0, filled), found);
                return;
            }
        }
    }

    private void Add(ReadOnlySpan<byte> line, List<ExportedLine> found)
    {
        line = line.Trim(" \t\r"u8);
        if (line.StartsWith("\uFEFF"u8))
            line = line[3..];
        if (line.IsEmpty)
            return;

        var (customer, day, subscription) = ("", "", "");
        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("A line is no object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isCustomer, isDay, isSubscription) = (reader.ValueTextEquals("CustomerId"u8), reader.ValueTextEquals(dayName), reader.ValueTextEquals("SubscriptionId"u8));
            reader.Read();
            if ((isCustomer || isDay || isSubscription) && reader.TokenType == JsonTokenType.String)
            {
                var text = Shared(reader.GetString()!);
                (customer, day, subscription) = (isCustomer ? text : customer, isDay ? Shared(text.Split('T')[0]) : day, isSubscription ? text : subscription);
            }

            reader.Skip();
        }

        // To the end: what follows the object would be no JSON.
        if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
            throw new JsonException("A line is more than an object.");
        _file.Position = _file.Length;
        found.Add(new ExportedLine(customer, day, subscription, _file.Position, line.Length));
        _file.Write(line);
    }

    private string Shared(string text) => _texts.TryGetValue(text, out var known) ? known : _texts[text] = text;
}
