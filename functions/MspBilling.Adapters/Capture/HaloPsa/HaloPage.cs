namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary>A page or a file of Halo's records: the rows, how they are to be read, and the rows that they refer to.</summary>
/// <remarks>
/// A page is <c>{"reading":{…},"rows":[…],"tickets":[…],…}</c>, each row as the vendor sent it. A file may also be what the vendor answers:
/// a list, an object whose first list holds the rows (<c>{"record_count":1,"tickets":[…]}</c>), or one record.
/// </remarks>
internal sealed class HaloPage
{
    public const string RowsName = "rows";
    public const string Agents = "agents";
    public const string Clients = "clients";
    public const string Tickets = "tickets";
    public const string ChargeTypes = "chargeTypes";
    public const string AssetTypes = "assetTypes";

    private readonly JsonRecord? _page;
    private readonly Dictionary<string, Dictionary<string, JsonRecord>> _lists = [];

    private HaloPage(IEnumerable<JsonRecord> rows, HaloReading reading, JsonRecord? page) => (Rows, Reading, _page) = (rows, reading, page);

    public IEnumerable<JsonRecord> Rows { get; }

    public HaloReading Reading { get; }

    /// <summary>Null, with a problem, when it is none.</summary>
    public static HaloPage? Open(Stream content, ProblemList problems)
    {
        if (JsonFile.Open(content, problems) is not { } file)
            return null;
        if (!file.IsObject)
            return new HaloPage(file.Records(), HaloReading.Usual, null);
        if (file.Root(JsonFile.MostBytes) is not { } root)
            return null;
        if (root.OptionalRecord(HaloReading.Name) is { } reading)
            return new HaloPage(root.Records(RowsName), HaloReading.Of(reading), root);
        if (root.Has("id"))
            return new HaloPage([root], HaloReading.Usual, null);
        if (root.Names.FirstOrDefault(root.IsList) is { } list)
            return new HaloPage(root.Records(list), HaloReading.Usual, null);

        root.Problem(RowsName, "a list of records, as HaloPSA's interface answers");
        problems.Break();
        return null;
    }

    /// <summary>A row that others refer to; null where the page does not hold it.</summary>
    public JsonRecord? Find(string list, string? id)
    {
        if (_page is null || id is null)
            return null;

        if (!_lists.TryGetValue(list, out var rows))
        {
            _lists[list] = rows = new(StringComparer.Ordinal);
            foreach (var row in _page.Records(list))
                rows.TryAdd(row.OptionalCode("id") ?? "", row);
        }

        return rows.GetValueOrDefault(id);
    }

    /// <summary>A charge rate's name: the setting's, else that of Halo's lookup 17, else one made of its id.</summary>
    public string ChargeRateName(string id) =>
        Reading.ChargeRateNames.GetValueOrDefault(id) ?? Find(ChargeTypes, id)?.OptionalText("name") ?? "Charge rate " + id;
}
