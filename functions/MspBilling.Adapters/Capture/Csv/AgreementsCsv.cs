using System.Text.Json.Nodes;
using MspBilling.Core.Capture;
using static MspBilling.Adapters.Capture.Csv.CsvColumn;

namespace MspBilling.Adapters.Capture.Csv;

/// <summary>Simple agreements in a flat form, a row for each line of a version.</summary>
/// <remarks>
/// Rows of one agreement, from and to are a version; rows of the kind time and one service are the rates of one line. Each agreement is put into
/// the JSON form and read by its reader, so that one set of rules holds for both; what is wrong is told at the cell that it came from. As there, to is
/// the first day after. What the flat form cannot say is said in <c>agreements.json</c>.
/// </remarks>
internal static class AgreementsCsv
{
    public const string Format = "agreements-csv";

    private const string Pointer = "; what the flat form cannot say is said in agreements.json";

    private static readonly CsvColumn Agreement = Required("agreement", "agreement id", "id");
    private static readonly CsvColumn Company = Required("client", "customer", "company");
    private static readonly CsvColumn Name = Optional("name", "agreement name");
    private static readonly CsvColumn PsaAgreement = Optional("psa agreement");
    private static readonly CsvColumn PurchaseOrder = Optional("purchase order", "po");
    private static readonly CsvColumn Calendar = Optional("calendar");
    private static readonly CsvColumn Currency = Optional("currency");
    private static readonly CsvColumn From = Required("from", "start");
    private static readonly CsvColumn To = Optional("to");
    private static readonly CsvColumn Kind = Required("kind", "line kind");
    private static readonly CsvColumn Line = Optional("line", "line id");
    private static readonly CsvColumn Service = Required("service");
    private static readonly CsvColumn Description = Optional("description");
    private static readonly CsvColumn Quantity = Optional("quantity", "qty");
    private static readonly CsvColumn Unit = Optional("unit");
    private static readonly CsvColumn Price = Optional("price", "unit price", "rate");
    private static readonly CsvColumn Cycle = Optional("cycle");
    private static readonly CsvColumn Timing = Optional("timing");
    private static readonly CsvColumn Proration = Optional("proration");
    private static readonly CsvColumn Sku = Optional("sku", "product");
    private static readonly CsvColumn DeviceType = Optional("device type");
    private static readonly CsvColumn Aggregation = Optional("aggregation");
    private static readonly CsvColumn Role = Optional("role");
    private static readonly CsvColumn Person = Optional("person");
    private static readonly CsvColumn WorkType = Optional("work type");
    private static readonly CsvColumn Minimum = Optional("minimum hours");
    private static readonly CsvColumn Increment = Optional("increment hours");
    private static readonly CsvColumn Included = Optional("included");
    private static readonly CsvColumn RollOver = Optional("roll over cycles");
    private static readonly CsvColumn Markup = Optional("markup percent", "markup");

    /// <summary>What each kind of line has of the columns that not all have.</summary>
    private static readonly Dictionary<string, CsvColumn[]> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["recurring"] = [Quantity, Unit, Price, Cycle, Timing, Proration, Sku, DeviceType, Aggregation],
        ["time"] = [Price, Role, Person, WorkType, Minimum, Increment],
        ["retainer"] = [Included, RollOver, Cycle],
        ["usage"] = [Unit, Price, Markup, Sku, Aggregation, Included],
        ["expenses"] = [Markup],
    };

    private static readonly Dictionary<string, string> KindWords = Kinds.Keys.ToDictionary(kind => kind, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string> Cycles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["monthly"] = "1",
        ["quarterly"] = "3",
        ["half-yearly"] = "6",
        ["yearly"] = "12",
        ["annual"] = "12",
        ["1"] = "1",
        ["3"] = "3",
        ["6"] = "6",
        ["12"] = "12",
    };

    private static readonly CsvColumn[] OfSomeKinds = [.. Kinds.Values.SelectMany(columns => columns).Distinct()];

    public static CsvSchema Schema { get; } = new(
        Format,
        [Agreement, Company, Name, PsaAgreement, PurchaseOrder, Calendar, Currency, From, To, Kind, Line, Service, Description, .. OfSomeKinds],
        []);

    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems, CsvDialect dialect)
    {
        var agreements = new List<FlatAgreement>();
        foreach (var row in CsvTable.Open(content, problems, dialect, Schema)?.Rows() ?? [])
            ReadRow(row, agreements);
        if (problems.Count > 0)
            return [];

        var documents = new List<CapturedRecord>();
        foreach (var agreement in agreements)
        {
            if (agreement.Read(problems, Pointer) is not { } document)
                continue;

            if (document.PsaAgreement is { } priced && documents.OfType<AgreementDocument>().Any(other => other.PsaAgreement == priced))
                problems.Add(agreement.First.Place, PsaAgreement.Name, priced, "an agreement of the PSA that no other agreement prices");
            documents.Add(document);
        }

        return problems.Count == 0 ? documents : [];
    }

    private static void ReadRow(CsvRow row, List<FlatAgreement> agreements)
    {
        var (id, client, currency) = (row.Id(Agreement), row.Id(Company), row.Currency(Currency));
        var (from, to, service) = (row.Day(From), row.Day(To), row.Text(Service));
        var kind = row.Text(Kind) is { } word ? KindWords.GetValueOrDefault(word) : null;
        if (kind is null && row.Has(Kind))
            row.Problem(Kind, "one of " + string.Join(", ", Kinds.Keys) + Pointer);
        if (kind is not null)
        {
            foreach (var column in OfSomeKinds.Where(column => row.Has(column) && !Kinds[kind].Contains(column)))
                row.Problem(column, $"nothing, as a {kind} line has no {column.Name} here" + Pointer);
        }

        if (row.IsWrong || id is null || service is null)
            return;

        var agreement = agreements.Find(other => other.Id == id);
        if (agreement is null)
            agreements.Add(agreement = new FlatAgreement(id, FlatCell.Of(row, Agreement)));
        Same(row, agreement, "client", Company, client);
        Same(row, agreement, "name", Name, row.Text(Name));
        Same(row, agreement, "psaAgreement", PsaAgreement, row.Id(PsaAgreement));
        Same(row, agreement, "purchaseOrder", PurchaseOrder, row.Text(PurchaseOrder));
        Same(row, agreement, "calendar", Calendar, row.Text(Calendar));
        Same(row, agreement, "currency", Currency, currency?.Code);

        var version = agreement.Version(from!.Value, to, FlatCell.Of(row, From), FlatCell.Of(row, To));
        var explicitId = row.Id(Line);
        var line = version.Line(explicitId, kind!, service, FlatCell.Of(row, row.Has(Line) ? Line : Service));
        Set(row, line, "description", Description, row.Text(Description));
        Fill(row, kind!, line, from.Value);
    }

    /// <summary>What all rows of an agreement say alike, where they say it.</summary>
    private static void Same(CsvRow row, FlatAgreement agreement, string name, CsvColumn column, string? value)
    {
        if (value is not null && !agreement.Set(name, value, FlatCell.Of(row, column)))
            row.Problem(column, "the same in each row of an agreement, or nothing after the first");
    }

    private static void Set(CsvRow row, FlatLine line, string name, CsvColumn column, JsonNode? value)
    {
        if (value is null)
            line.Note(name, FlatCell.Of(row, column));
        else if (!line.Set(name, value, FlatCell.Of(row, column)))
            row.Problem(column, "the same in each row of a line, or nothing after the first");
    }

    private static void Fill(CsvRow row, string kind, FlatLine line, DateOnly from)
    {
        Set(row, line, "unit", Unit, row.Text(Unit));
        Set(row, line, "cycleMonths", Cycle, row.Word(Cycle, Cycles) is { } months ? JsonNode.Parse(months) : null);
        if (row.Texts(Sku) is { } skus)
            Set(row, line, "match", Sku, FlatLine.Match("skus", skus));
        switch (kind)
        {
            case "recurring":
                Set(row, line, "timing", Timing, row.Text(Timing));
                Set(row, line, "proration", Proration, row.Text(Proration));
                if (row.Texts(DeviceType) is { } types)
                    Set(row, line, "match", DeviceType, FlatLine.Match("deviceTypes", types));
                Set(row, line, "quantity", Quantity, QuantityOf(row, from));
                Set(row, line, "prices", Price, Money(row) is { } price ? new JsonArray(new JsonObject { ["price"] = price }) : null);
                break;
            case "time":
                Set(row, line, "minimumHours", Minimum, row.Hours(Minimum));
                Set(row, line, "incrementHours", Increment, row.Hours(Increment));
                if (Money(row) is { } rate)
                    line.AddRate(new JsonObject { ["price"] = rate, ["role"] = row.Id(Role), ["person"] = row.Id(Person), ["workType"] = row.Text(WorkType) }, FlatCell.Of(row, Price));
                else if (!row.IsWrong && (row.Has(Role) || row.Has(Person) || row.Has(WorkType)))
                    row.Problem(Price, "an hourly price");
                break;
            case "retainer":
                Set(row, line, "included", Included, row.Hours(Included));
                Set(row, line, "rollOverCycles", RollOver, row.Number(RollOver, "a whole number of 0 or more", 0));
                break;
            case "usage":
                Set(row, line, "aggregation", Aggregation, row.Text(Aggregation));
                Set(row, line, "included", Included, row.Number(Included, "a quantity of 0 or more", 0));
                Set(row, line, "pricing", row.Has(Markup) ? Markup : Price, PricingOf(row));
                break;
            case "expenses":
                Set(row, line, "markupPercent", Markup, Percent(row));
                break;
            default:
                throw new InvalidOperationException($"{kind} is no kind of the flat form.");
        }
    }

    /// <summary>A number is agreed; nothing is a fee; a word is what is counted.</summary>
    private static JsonObject QuantityOf(CsvRow row, DateOnly from)
    {
        var text = row.Text(Quantity)?.ToLowerInvariant() ?? "flat";
        if (text is not ("flat" or "devices" or "counts" or "additions"))
        {
            var number = row.Number(Quantity, "a quantity of 0 or more, or one of flat, devices, counts, additions", 0);
            return new JsonObject { ["of"] = "agreed", ["steps"] = new JsonArray(new JsonObject { ["from"] = FlatAgreement.Written(from), ["quantity"] = number }) };
        }

        if (text != "counts" && row.Has(Aggregation))
            row.Problem(Aggregation, "nothing, as nothing is counted");
        return text == "counts" ? new JsonObject { ["of"] = text, ["aggregation"] = row.Text(Aggregation) ?? "last" } : new JsonObject { ["of"] = text };
    }

    private static JsonObject? PricingOf(CsvRow row)
    {
        var (price, percent) = (Money(row), Percent(row));
        if (!row.IsWrong && price is null == percent is null)
            row.Problem(Price, "a price or a markup percent, one of both");
        return price is not null ? new JsonObject { ["model"] = "perUnit", ["price"] = price } : new JsonObject { ["model"] = "markup", ["percent"] = percent };
    }

    private static decimal? Money(CsvRow row) => row.Currency(Currency) is { } currency ? row.Amount(Price, currency) : null;

    private static decimal? Percent(CsvRow row) => row.Number(Markup, "a percentage from 0 to 1000", 0, 1_000);
}
