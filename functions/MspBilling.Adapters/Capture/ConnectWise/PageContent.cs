using System.Text.Json;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>A page as it is kept: the vendor's records byte for byte, and beside them what is needed to read them alone.</summary>
/// <remarks>
/// Where a setting decides what is read, the page says how it was set, so that a page that is read again means what it meant when it was
/// captured: <c>{"hours":"actualHours","timeEntries":[…],"tickets":[…]}</c>. Other pages are the vendor's list.
/// </remarks>
internal sealed class PageContent(ConnectWiseOptions options)
{
    public ReadOnlyMemory<byte> Of(ConnectWiseFeed feed, IEnumerable<Row> rows) => feed.Feed.Name switch
    {
        "phases" => Page(page =>
        {
            page.WriteStartArray(Phases.CompletedStatuses);
            foreach (var status in options.CompletedStatuses.Count > 0 ? options.CompletedStatuses : ConnectWiseOptions.UsualCompletedStatuses)
                page.WriteStringValue(status);
            page.WriteEndArray();
            WriteRows(page, Phases.List, rows);
        }),
        "expenses" => Page(page =>
        {
            page.WriteString(Expenses.CurrencyField, options.Currency);
            WriteRows(page, Expenses.List, rows);
        }),
        _ => Written(page => WriteRows(page, null, rows)),
    };

    public ReadOnlyMemory<byte> OfTime(IEnumerable<Row> entries, IEnumerable<Row> tickets) => Page(page =>
    {
        page.WriteString(TimeEntries.HoursField, options.HoursField);
        WriteRows(page, TimeEntries.List, entries);
        WriteRows(page, TimeEntries.Tickets, tickets);
    });

    private static ReadOnlyMemory<byte> Page(Action<Utf8JsonWriter> write) => Written(page =>
    {
        page.WriteStartObject();
        write(page);
        page.WriteEndObject();
    });

    private static ReadOnlyMemory<byte> Written(Action<Utf8JsonWriter> write)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        using (var page = new Utf8JsonWriter(bytes))
            write(page);
        return bytes.WrittenMemory;
    }

    private static void WriteRows(Utf8JsonWriter page, string? name, IEnumerable<Row> rows)
    {
        if (name is null)
            page.WriteStartArray();
        else
            page.WriteStartArray(name);
        foreach (var row in rows)
            page.WriteRawValue(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(row.Json), skipInputValidation: true);
        page.WriteEndArray();
    }
}
