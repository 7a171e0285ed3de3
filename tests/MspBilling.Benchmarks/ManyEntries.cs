using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Benchmarks;

/// <summary>A PSA with so many time entries of one month, in pages of a thousand that are made before anything is measured.</summary>
internal sealed class ManyEntries : IRecordSource
{
    public const string Settings = """
        { "name": "Harbourlight", "brandColor": "#0F766E", "homeCurrency": "EUR", "invoiceNumberPattern": "HL-{0:000000}", "firstInvoiceNumber": 1,
          "approvedTimeStatuses": ["Approved"], "taxJurisdictions": [], "defaultPaymentTermsDays": 30, "defaultTimeZone": "Europe/Dublin", "defaultLanguage": "en-IE" }
        """;

    private const int PageSize = 1000;
    private static readonly DateTimeOffset September = new(2024, 9, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RecordPage _companies;
    private readonly RecordPage[] _entries;

    public ManyEntries(int entries, int clients)
    {
        _companies = Page("companies@1.json", Enumerable.Range(1, clients).Select(id => string.Create(CultureInfo.InvariantCulture, $$"""{"id":{{id}},"identifier":"C{{id}}","name":"Company {{id}}"}""")));
        _entries = [.. Enumerable.Range(1, entries).Select(id => Entry(id, clients)).Chunk(PageSize).Select((page, index) => Page(string.Create(CultureInfo.InvariantCulture, $"time-entries@{index + 1}.json"), page))];
    }

    public string Name => "connectwise";

    public IReadOnlyList<RecordFeed> Feeds { get; } =
    [
        new("companies", "connectwise/companies"),
        new("time-entries", "connectwise/time-entries") { Overlap = TimeSpan.FromMinutes(5), IsInOrderOfChange = true },
    ];

    public async IAsyncEnumerable<RecordPage> PullAsync(RecordFeed feed, DateTimeOffset? changedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var page in feed.Name == "companies" ? [_companies] : _entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return page;
        }
    }

    public Task<RecordPage?> FetchAsync(RecordFeed feed, string externalId, CancellationToken cancellationToken) => Task.FromResult<RecordPage?>(null);

    public async IAsyncEnumerable<string> IdsAsync(RecordFeed feed, Period days, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield break;
    }

    private static RecordPage Page(string name, IEnumerable<string> records) => new(name, Encoding.UTF8.GetBytes($"[{string.Join(',', records)}]"));

    // In the order of change, as clients' work comes: each by another client than the one before.
    private static string Entry(int id, int clients) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"id":{{id}},"company":{"id":{{(id % clients) + 1}},"identifier":"C{{(id % clients) + 1}}","name":"Company {{(id % clients) + 1}}"},"chargeToId":{{id / 3}},"chargeToType":"ServiceTicket",
         "member":{"id":{{id % 25}},"identifier":"T{{id % 25}}","name":"Technician {{id % 25}}"},"workType":{"id":1,"name":"Remote"},"workRole":{"id":5,"name":"Engineer"},
         "timeStart":"{{September.AddMinutes(id % 40_000):yyyy-MM-dd'T'HH:mm:ss'Z'}}","actualHours":{{(id % 8) + 1}}.25,"billableOption":"Billable","notes":"Looked at what was told and mended it, entry {{id}}",
         "status":"Approved","ticket":{"id":{{id / 3}},"summary":"Workstation does not start {{id / 3}}"},"_info":{"lastUpdated":"{{September.AddSeconds(id * 20):yyyy-MM-dd'T'HH:mm:ss'Z'}}","updatedBy":"T{{id % 25}}"} }
        """);
}
