using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>A page as it is read: its lists by id, its labels, and how it is read.</summary>
/// <remarks>A file that was saved from the vendor's answer, with its records in <c>items</c>, is read as well, as far as its records tell all.</remarks>
internal sealed class AutotaskPage
{
    public const string LabelsProperty = "labels";

    private const string VendorsList = "items";

    private readonly JsonRecord _root;
    private readonly JsonRecord? _labels;
    private readonly Dictionary<string, JsonRecord?> _picklists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, AutotaskRow>> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<(string List, string Field), ILookup<string, AutotaskRow>> _lookups = [];

    private AutotaskPage(JsonRecord root)
    {
        _root = root;
        _labels = root.OptionalRecord(LabelsProperty);
        Reading = AutotaskReading.Read(root.OptionalRecord(AutotaskReading.Property));
    }

    public AutotaskReading Reading { get; }

    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems, AutotaskFeed feed)
    {
        if (JsonFile.Open(content, problems)?.Root() is not { } root)
            return [];

        var list = root.IsList(VendorsList) ? VendorsList : feed.List;
        if (!root.Has(list))
            root.Problem(list, "a list in brackets of what Autotask answers to a query of " + feed.Entity);
        var page = new AutotaskPage(root);
        return RecordArray.Read(root.Records(list), problems, json => feed.Read(new AutotaskRow(json), page));
    }

    /// <summary>The row of a list that has the id; null where the page has none.</summary>
    public AutotaskRow? Find(string list, string? id) => id is null ? null : Of(list).GetValueOrDefault(id);

    /// <summary>The rows of a list that refer to the id, in the order of the list.</summary>
    public IEnumerable<AutotaskRow> Referring(string list, string field, string? id)
    {
        if (!_lookups.TryGetValue((list, field), out var lookup))
            _lookups[(list, field)] = lookup = Of(list).Values.Where(row => row.Id(field) is not null).ToLookup(row => row.Id(field)!, StringComparer.Ordinal);
        return id is null ? [] : lookup[id];
    }

    /// <summary>A picklist's label of a value; null where the page has none.</summary>
    /// <param name="picklist">Such as <c>Tickets.queueID</c>.</param>
    public string? Label(string picklist, string? value)
    {
        if (value is null)
            return null;

        if (!_picklists.TryGetValue(picklist, out var labels))
            _picklists[picklist] = labels = _labels?.OptionalRecord(picklist);
        return labels?.OptionalText(value);
    }

    /// <summary>The currency of a company's amounts, or a problem and any.</summary>
    public Currency CurrencyOf(AutotaskRow row, AutotaskRow? company)
    {
        var id = company?.Id("currencyID");
        var code = id is not null && Reading.Currencies.TryGetValue(id, out var mapped) ? mapped : Reading.Currency;
        if (code is not null && Currency.TryParse(code, out var currency) && (id is null || Reading.Currencies.Count == 0 || Reading.Currencies.ContainsKey(id)))
            return currency;

        row.Json.Problem("id", id is null || Reading.Currencies.Count == 0
            ? $"a page that tells the currency of its amounts; set {AutotaskOptions.Path}Currency"
            : $"a company with a currency of the settings; add currency {id} to {AutotaskOptions.Path}Currencies");
        return default;
    }

    private Dictionary<string, AutotaskRow> Of(string list)
    {
        if (!_lists.TryGetValue(list, out var rows))
        {
            _lists[list] = rows = new(StringComparer.Ordinal);
            foreach (var row in _root.Records(list).Select(json => new AutotaskRow(json)))
                rows[row.IdText("id")] = row;
        }

        return rows;
    }
}

/// <summary>A row of Autotask's, whatever the case of its fields' names.</summary>
internal sealed class AutotaskRow(JsonRecord json)
{
    public JsonRecord Json => json;

    public RecordId RecordId(RecordKind kind, string prefix = "") => new(AutotaskSource.SourceName, kind, prefix + IdText("id"));

    /// <summary>An id that must be there.</summary>
    public string IdText(string name) => json.Whole(Name(name), 0, long.MaxValue).ToString(CultureInfo.InvariantCulture);

    /// <summary>A reference or the value of a picklist; null where there is none.</summary>
    public string? Id(string name) => json.OptionalWhole(Name(name), 0, long.MaxValue)?.ToString(CultureInfo.InvariantCulture);

    public string Text(string name) => json.Text(Name(name));

    public string? OptionalText(string name) => json.OptionalText(Name(name));

    public decimal? Number(string name) => json.OptionalNumber(Name(name));

    public decimal? Number(string name, decimal least) => json.OptionalNumber(Name(name), least);

    public decimal NeededNumber(string name, decimal least = -JsonRecord.Trillion) => json.Number(Name(name), least);

    public bool Flag(string name) => json.Flag(Name(name));

    /// <summary>The date as written: Autotask writes a day as midnight in UTC, and means that day wherever it is read.</summary>
    public DateOnly Date(string name) => json.Date(Name(name));

    public DateOnly? OptionalDate(string name) => json.OptionalDate(Name(name));

    public DateTimeOffset? Instant(string name) => json.OptionalInstant(Name(name));

    public void Problem(string name, string expected) => json.Problem(Name(name), expected);

    private string Name(string name) => json.Has(name) ? name : json.Names.FirstOrDefault(each => each.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;
}
