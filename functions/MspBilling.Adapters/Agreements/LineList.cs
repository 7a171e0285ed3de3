using MspBilling.Adapters.Capture;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Agreements;

/// <summary>What a line is read for.</summary>
/// <param name="Version">Days of the version; null where they are not known.</param>
/// <param name="End">On which the whole agreement ends.</param>
/// <param name="Currency">Of the agreement; null where it is not known.</param>
/// <param name="IsOfType">Whether it is a type of the settings, where the PSA's agreement has days, currency and fee.</param>
internal sealed record LineScope(Period? Version, DateOnly End, Currency? Currency, bool IsOfType = false)
{
    public static LineScope OfType { get; } = new(null, Period.NoEnd, null, IsOfType: true);
}

/// <summary>What every kind of line has.</summary>
internal sealed record LineHead(string Id, string Service, string? Description, ActivityMatch? Match);

/// <summary>The <c>lines</c> of a version and of an agreement type, each read by the reader of its kind.</summary>
internal static class LineList
{
    private const string Discount = "discount";

    private static readonly Dictionary<string, Func<JsonRecord, LineHead, LineScope, AgreementLine>> Kinds = new(StringComparer.Ordinal)
    {
        ["recurring"] = RecurringLines.Read,
        ["time"] = (json, head, _) => TimeLines.Read(json, head),
        ["retainer"] = (json, head, _) => RetainerLines.Read(json, head),
        ["usage"] = UsageLines.Read,
        ["milestones"] = (json, head, _) => MilestonesLines.Read(json, head),
        ["expenses"] = (json, head, _) => new ExpensesLine(json.OptionalMarkup("markupPercent"))
        {
            Id = head.Id,
            Service = head.Service,
            Description = head.Description,
            Match = head.Match,
        },
        [Discount] = (json, head, _) => DiscountLines.Read(json, head),
    };

    public static IReadOnlyList<(AgreementLine Line, JsonRecord Json)> Read(JsonRecord json, LineScope scope)
    {
        var lines = new List<(AgreementLine Line, JsonRecord Json)>();
        var unnamed = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var record in json.Records("lines"))
        {
            if (record.Form("kind", Kinds) is not { } read)
                continue;

            var kind = record.Text("kind");
            var id = scope.IsOfType && !record.Has("id") ? Numbered(kind, unnamed) : record.Id("id");
            var head = new LineHead(id, record.Text("service"), record.OptionalText("description"), kind == Discount ? null : Matches.ReadOptional(record));
            if (scope.IsOfType)
                record.OptionalText("id");
            var line = read(record, head, scope);
            record.RefuseOthers();
            if (id.Length > 0 && lines.Exists(other => other.Line.Id == id))
                record.Problem("id", $"each id once, and {id} is an earlier line's");
            lines.Add((line, record));
        }

        CheckReferences(lines);
        return lines;
    }

    public static string KindOf(AgreementLine line) => line switch
    {
        RecurringLine => "recurring",
        TimeLine => "time",
        RetainerLine => "retainer",
        UsageLine => "usage",
        MilestonesLine => "milestones",
        ExpensesLine => "expenses",
        DiscountLine => Discount,
        _ => throw new InvalidOperationException($"{line.GetType().Name} is of no kind."),
    };

    /// <summary>The kind itself for the first line without an id, then <c>time-2</c>, <c>time-3</c>.</summary>
    private static string Numbered(string kind, Dictionary<string, int> unnamed)
    {
        var number = unnamed[kind] = unnamed.GetValueOrDefault(kind) + 1;
        return number == 1 ? kind : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{kind}-{number}");
    }

    /// <summary>Discounts and retainers speak of lines that there are.</summary>
    private static void CheckReferences(List<(AgreementLine Line, JsonRecord Json)> lines)
    {
        var priced = lines.Where(line => line.Line is not DiscountLine).ToList();
        var ids = priced.Select(line => line.Line.Id).ToList();
        var services = priced.Select(line => line.Line.Service).Distinct().ToList();
        var timeServices = lines.Where(line => line.Line is TimeLine).Select(line => line.Line.Service).Distinct().ToList();
        foreach (var (line, json) in lines)
        {
            switch (line)
            {
                case DiscountLine { Scope: DiscountScope.Lines } discount:
                    Check(json, "targets", discount.Targets, ids, "the id of a line here that is no discount");
                    break;
                case DiscountLine { Scope: DiscountScope.Services } discount:
                    Check(json, "targets", discount.Targets, services, "a service of the lines here");
                    break;
                case RetainerLine retainer:
                    Check(json, "services", retainer.Services ?? [], timeServices, "a service of the time lines here");
                    break;
                default:
                    break;
            }
        }
    }

    private static void Check(JsonRecord json, string name, IReadOnlyList<string> named, List<string> known, string expected)
    {
        for (var i = 0; i < named.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(named[i]) && !known.Contains(named[i]))
                json.ItemProblem(name, i, $"{expected}: {string.Join(", ", known)}");
        }
    }
}
