using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MspBilling.Adapters.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Csv;

/// <summary>Where something of an agreement came from.</summary>
internal readonly record struct FlatCell(TextPlace Place, string? Column, string? Value)
{
    public static FlatCell Of(CsvRow row, CsvColumn column) => new(row.PlaceOf(column), column.Name, row.Shown(column));
}

/// <summary>An agreement on its way from rows to the JSON form, which knows the cell that each part came from.</summary>
internal sealed class FlatAgreement(string id, FlatCell first)
{
    private readonly JsonObject _json = new() { ["id"] = id };
    private readonly Dictionary<string, FlatCell> _cells = new(StringComparer.Ordinal) { ["id"] = first };
    private readonly List<FlatVersion> _versions = [];

    public string Id => id;

    public FlatCell First => first;

    /// <summary>False when it was said otherwise before.</summary>
    public bool Set(string name, string value, FlatCell cell)
    {
        if (_json[name] is { } before)
            return (string?)before == value;

        _json[name] = value;
        _cells[name] = cell;
        return true;
    }

    public FlatVersion Version(DateOnly from, DateOnly? to, FlatCell fromCell, FlatCell toCell)
    {
        if (_versions.Find(version => version.From == from && version.To == to) is { } known)
            return known;

        var added = new FlatVersion(from, to, fromCell, toCell);
        _versions.Add(added);
        return added;
    }

    /// <summary>The agreement as its JSON form is read, or its problems at their cells and null.</summary>
    public AgreementDocument? Read(ProblemList problems, string pointer)
    {
        _json["name"] ??= id;
        var versions = new JsonArray();
        foreach (var version in _versions.OrderBy(version => version.From))
            versions.Add(version.Json(string.Create(CultureInfo.InvariantCulture, $"versions[{versions.Count}]"), _cells));
        _json["versions"] = versions;

        var found = new ProblemList("");
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(_json.ToJsonString()), writable: false);
        var document = JsonFile.Open(content, found)?.Root() is { } root ? AgreementReader.Read(root) : null;
        foreach (var problem in found.Result("", []).Problems)
        {
            var cell = CellOf(problem.Field ?? "");
            problems.Add(cell.Place, cell.Column, cell.Value, problem.Expected + (cell.Column is null ? pointer : ""));
        }

        return document;
    }

    public static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Of what the path names, or of what is around it.</summary>
    private FlatCell CellOf(string path)
    {
        for (; path.Length > 0; path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))])
        {
            if (_cells.TryGetValue(path, out var cell))
                return cell;
        }

        return first;
    }
}

/// <summary>The rows of one span of days.</summary>
internal sealed class FlatVersion(DateOnly from, DateOnly? to, FlatCell fromCell, FlatCell toCell)
{
    private readonly List<FlatLine> _lines = [];

    public DateOnly From => from;

    public DateOnly? To => to;

    /// <summary>The line that a row is of: for rates of time one that there is already, else a new one.</summary>
    /// <param name="given">Null names it by its service.</param>
    public FlatLine Line(string? given, string kind, string service, FlatCell cell)
    {
        var name = given ?? Slug(service, kind);
        if (kind == "time" && _lines.Find(line => line.Kind == kind && line.Name == name && line.Service == service) is { } known)
            return known;

        var number = given is null ? _lines.Count(line => line.Name == name) + 1 : 1;
        var added = new FlatLine(kind, name, number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"), service, cell);
        _lines.Add(added);
        return added;
    }

    public JsonObject Json(string path, Dictionary<string, FlatCell> cells)
    {
        cells[path] = cells[path + ".from"] = fromCell;
        cells[path + ".to"] = to is null ? fromCell : toCell;
        var json = new JsonObject { ["from"] = FlatAgreement.Written(from) };
        if (to is { } end)
            json["to"] = FlatAgreement.Written(end);

        var lines = new JsonArray();
        foreach (var line in _lines)
            lines.Add(line.Json(string.Create(CultureInfo.InvariantCulture, $"{path}.lines[{lines.Count}]"), cells));
        json["lines"] = lines;
        return json;
    }

    private static string Slug(string service, string kind)
    {
        var slug = new StringBuilder();
        foreach (var character in service.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(character))
                slug.Append(character);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var name = slug.ToString().Trim('-');
        return name.Length == 0 ? kind : name.Length <= 56 ? name : name[..56].Trim('-');
    }
}

/// <summary>A line, of one row or, with rates of time, of several.</summary>
internal sealed class FlatLine(string kind, string name, string id, string service, FlatCell cell)
{
    private readonly JsonObject _json = new() { ["kind"] = kind, ["id"] = id, ["service"] = service };
    private readonly Dictionary<string, FlatCell> _cells = new(StringComparer.Ordinal);
    private readonly JsonArray _rates = [];

    public string Kind => kind;

    public string Name => name;

    public string Service => service;

    public static JsonObject Match(string name, IReadOnlyList<string> values) => new() { [name] = new JsonArray([.. values.Select(value => (JsonNode)value)]) };

    /// <summary>Where something would stand that is not said.</summary>
    public void Note(string property, FlatCell from) => _cells.TryAdd(property, from);

    /// <summary>False when it was said otherwise before; two conditions of a match are put together.</summary>
    public bool Set(string property, JsonNode value, FlatCell from)
    {
        _cells.TryAdd(property, from);
        if (_json[property] is not { } before)
        {
            _json[property] = value;
            return true;
        }

        if (property != "match")
            return JsonNode.DeepEquals(before, value);

        foreach (var (condition, values) in value.AsObject().ToList())
            before[condition] = values?.DeepClone();
        return true;
    }

    public void AddRate(JsonObject rate, FlatCell from)
    {
        foreach (var absent in rate.Where(property => property.Value is null).Select(property => property.Key).ToList())
            rate.Remove(absent);
        _cells[string.Create(CultureInfo.InvariantCulture, $"rates[{_rates.Count}]")] = from;
        _rates.Add(rate);
    }

    public JsonObject Json(string path, Dictionary<string, FlatCell> cells)
    {
        cells[path] = cell with { Column = null, Value = null };
        cells[path + ".id"] = cell;
        foreach (var (property, from) in _cells)
            cells[$"{path}.{property}"] = from;
        if (_rates.Count > 0)
            _json["rates"] = _rates;
        return _json;
    }
}
