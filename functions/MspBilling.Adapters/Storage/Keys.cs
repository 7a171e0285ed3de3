using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Storage;

/// <summary>Every partition key, row key and blob name is made here, so that who reads finds what who wrote.</summary>
/// <remarks>
/// Parts are joined by <c>|</c>. Ids from outside are escaped as in a URL with <c>!</c> for <c>%</c>, because keys may hold neither
/// <c>/ \ # ?</c> nor control characters, and one longer than 320 characters is cut and ended with <c>~</c> and its hash: a key
/// of three such ids stays below the 1,024 characters that a key may have. No other id has a <c>~</c>.
/// </remarks>
internal static class Keys
{
    private const string Standing = "standing";
    private const int LongestId = 320;

    /// <summary>Marks on closed periods; no period is called so.</summary>
    public const string TouchedPartition = "touched";

    /// <summary>Of records that came through the usage API.</summary>
    public const string UsageSource = "usage-api";

    // The character after the separator ends a range of keys that begin alike.
    private const string AfterSeparator = "}";

    // After whatever an escaped id may go on with: the mark of one that was cut is the last of its characters.
    private const string AfterAny = "~~";

    /// <summary>A client's activities of a month, or those that stand (no month).</summary>
    public static string ActivityPartition(string clientId, Period? month) => $"{Id(clientId)}|{month?.ToString() ?? Standing}";

    public static string ActivityRow(RecordId id) => $"{id.Kind}|{Id(id.Source)}|{Id(id.ExternalId)}";

    /// <summary>
    /// Where an activity's location is kept. Numbered records of a source lie a thousand to a partition, so that a pull of recent ones
    /// reads few partitions; others are spread by their hash.
    /// </summary>
    public static string LocationPartition(RecordId id)
    {
        // Events come a few at a time: the fewer partitions they lie in, the fewer requests find and store them.
        if (id.Source == UsageSource)
        {
            return $"{Id(id.Source)}|{id.Kind}|x{Hash(id.ExternalId)[..1]}";
        }

        var bucket = long.TryParse(id.ExternalId, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (number / 1000).ToString(CultureInfo.InvariantCulture)
            : "x" + Hash(id.ExternalId)[..2];
        return $"{Id(id.Source)}|{id.Kind}|{bucket}";
    }

    public static string LocationRow(RecordId id) => Id(id.ExternalId);

    /// <summary>All activities of a source and kind in a partition.</summary>
    public static (string From, string To) ActivityRowsOf(string source, RecordKind kind) => ($"{kind}|{Id(source)}|", $"{kind}|{Id(source)}{AfterSeparator}");

    /// <summary>Those of them whose ids begin alike, and a few more where the ids are long.</summary>
    public static (string From, string To) ActivityRowsOf(string source, RecordKind kind, string idPrefix)
    {
        var escaped = Escaped(idPrefix);
        var from = $"{kind}|{Id(source)}|{(escaped.Length <= LongestId - 70 ? escaped : escaped[..(LongestId - 70)])}";
        return (from, from + AfterAny);
    }

    /// <summary>What exports cover of an account, in whatever form its id comes.</summary>
    public static string CoverPartition(string account) => "cover|" + Id(account);

    public static string CoverRow(UsageScope scope) => $"{Id(scope.Source)}|{Hash($"{scope.Provider}|{scope.BillingAccountId}|{scope.SubAccountId}")}|{scope.BillingPeriod:yyyy-MM-dd}";

    /// <summary>What became of each blob of the drop.</summary>
    public const string DropPartition = "drop";

    public static string DropRow(string name) => Id(name);

    /// <summary>The name by which the bytes of a file are found again; those of a page may be in two feeds.</summary>
    public static string ImportRow(string hash, string? pageFormat) => pageFormat is null ? hash : $"{hash}|{Id(pageFormat)}";

    public static string PendingRow(string importRow) => "pending|" + importRow;

    /// <summary>All rows of imports that are under way.</summary>
    public static (string From, string To) PendingRows() => ("pending|", "pending" + AfterSeparator);

    /// <summary>What is known of a source and its feeds.</summary>
    public static string FeedPartition(string source) => Id(source);

    public static string FeedRow(string feed) => "F|" + Id(feed);

    /// <summary>Of a record without an id, the key that stands for it.</summary>
    public static string UnreadableRow(string feed, string? externalId, string key) => $"U|{Id(feed)}|{(externalId is null ? "x|" + Hash(key) : "i|" + Id(externalId))}";

    /// <summary>All that webhooks of a source told.</summary>
    public static string WebhookPartition(string source) => Id(source);

    /// <summary>An event that was received, by what tells it apart.</summary>
    public static string WebhookRow(string key) => "E|" + Id(key);

    /// <summary>A record that waits to be fetched.</summary>
    public static string WaitingRow(string feed, string externalId, bool isDeletion) => $"R|{Id(feed)}|{Id(externalId)}{(isDeletion ? "|deleted" : "")}";

    /// <summary>A kind of event that tells of nothing that is pulled.</summary>
    public static string WebhookNoteRow(string what) => "N|" + Id(what);

    /// <summary>All rows of one of those three kinds.</summary>
    public static (string From, string To) WebhookRowsOf(char kind) => ($"{kind}|", kind + AfterSeparator);

    public static string WebhookBlob(string source, string key) => $"{Id(source)}/{Id(key)}";

    public static string ReferencePartition(RecordKind kind) => kind.ToString();

    public static string ReferenceRow(RecordId id) => $"{Id(id.Source)}|{Id(id.ExternalId)}";

    public static string BillPartition(Period period) => period.ToString();

    public static string ClientRow(string clientId) => $"{Id(clientId)}|C";

    /// <param name="part">Which of the client's invoices in the currency; null for the only one.</param>
    public static string InvoiceRow(string clientId, Currency currency, string? part) => $"{Id(clientId)}|I|{currency.Code}{PartOf(part)}";

    /// <param name="creditNote">The number of a credit note; null for the invoice.</param>
    /// <param name="part">Which of the client's invoices in the currency; null for the only one, and for a credit note, whose number tells.</param>
    public static string OutboxRow(string clientId, Currency currency, string? creditNote, string? part) => $"{Id(clientId)}|O|{currency.Code}{(creditNote is null ? "" : "|" + Id(creditNote))}{(part is null ? "" : "|part" + PartOf(part))}";

    public static string WriteBackRow(string clientId, Currency currency, string source, string? part) => $"{Id(clientId)}|W|{currency.Code}|{Id(source)}{PartOf(part)}";

    /// <summary>Beside the runs: days on which clients' periods were ended early.</summary>
    public const string CutPartition = "cut";

    public static string CutRow(string clientId, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{Id(clientId)}|{day:yyyy-MM-dd}");

    public static string HoldRow(string clientId, RecordId activity) => $"{Id(clientId)}|H|{ActivityRow(activity)}";

    public static string CreditNoteRow(string clientId, string number) => $"{Id(clientId)}|N|{Id(number)}";

    /// <summary>Clients whose ledgers are not in the rows of their invoices yet; no client is called so.</summary>
    public const string LedgerMarks = "marks";

    public static string LedgerMarkRow(string clientId) => Id(clientId);

    public static string LedgerPartition(string clientId) => "L|" + Id(clientId);

    /// <summary>The partitions of all clients' ledgers: from the first key up to, not including, the second.</summary>
    public static (string From, string To) LedgerPartitions() => ("L|", "L" + AfterSeparator);

    /// <summary>How far a client's entries are in the rows of its invoices.</summary>
    public const string LedgerProgressRow = "posted";

    /// <param name="place">Of the entry in the client's order, from 0.</param>
    public static string LedgerRow(int place) => string.Create(CultureInfo.InvariantCulture, $"E|{place:0000000000}");

    /// <summary>All rows of one client in a bill partition: from the first key up to, not including, the second.</summary>
    public static (string From, string To) RowsOf(string clientId) => ($"{Id(clientId)}|", Id(clientId) + AfterSeparator);

    /// <summary>All partitions of a client's activities of the months after one, and of those that stand.</summary>
    /// <param name="after">Null for all months.</param>
    public static (string From, string To) ActivityPartitionsAfter(string clientId, Period? after) =>
        ($"{Id(clientId)}|{(after is { } month ? Period.MonthOf(month.End).ToString() : "")}", Id(clientId) + AfterSeparator);

    /// <summary>All numbers assigned to one kind of document in a period.</summary>
    public static (string From, string To) AssignmentsOf(NumberedDocument documents, Period period) => ($"{AssignmentMark(documents)}|{period}|", $"{AssignmentMark(documents)}|{period}{AfterSeparator}");

    /// <summary>The counter of a series.</summary>
    public static string CounterRow(string counter) => counter == NumberSeries.Invoices ? "counter" : "counter|" + Id(counter);

    /// <summary>All partitions of activities that belong to nobody yet.</summary>
    public static (string From, string To) UnassignedPartitions() => ($"{Client.Unknown}|", Client.Unknown + AfterSeparator);

    public static string NumberRow(string number) => "N|" + Id(number);

    /// <param name="part">Which of a client's documents in the currency; null for the only one.</param>
    public static string AssignmentRow(NumberedDocument documents, Period period, string clientId, Currency currency, string? part) =>
        $"{AssignmentMark(documents)}|{period}|{Id(clientId)}|{currency.Code}{PartOf(part)}";

    public static string BillBlob(Period period, string clientId, string hash) => $"{period}/{Id(clientId)}/{hash}.json";

    /// <summary>Records that bills were computed from, named by the hash of their bytes.</summary>
    public static string ReferencesBlob(string hash) => $"references/{hash}.json";

    public static string TouchedRow(string clientId, Period period) => $"{Id(clientId)}|{period}";

    public static string PdfBlob(Period period, string number) => $"{period}/{Id(number)}.pdf";

    public static string AccountingFileBlob(string system, Period period, string number) => $"{system}/{period}/{Id(number)}.csv";

    private static string PartOf(string? part) => part is null ? "" : "|" + Id(part);

    private static char AssignmentMark(NumberedDocument documents) => documents == NumberedDocument.Invoice ? 'A' : 'B';

    private static string Id(string id)
    {
        var escaped = Escaped(id);
        return escaped.Length <= LongestId ? escaped : $"{escaped[..(LongestId - 70)]}~{Hash(id)}";
    }

    private static string Escaped(string id) => Uri.EscapeDataString(id).Replace('%', '!').Replace("~", "!7E", StringComparison.Ordinal);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
