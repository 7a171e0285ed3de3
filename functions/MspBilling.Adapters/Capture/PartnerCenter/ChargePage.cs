using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.PartnerCenter;

/// <summary>A page of charges: <c>{"month":"2026-10","currency":"USD","lines":[…]}</c>, each line as Microsoft exported it.</summary>
/// <remarks>
/// Lines have no id of their own. Those that are alike but for quantity and amount are one charge, whose id is made of what they have in common, the month and
/// the currency, and not of the invoice: so what is billed replaces what was unbilled. A day of which a line cannot be read is not told at all.
/// </remarks>
internal sealed class ChargePage(string feed, string month, string currency, IReadOnlyList<JsonRecord> lines, IReadOnlySet<string> detailed)
{
    public const string MonthName = "month";
    public const string CurrencyName = "currency";
    public const string LinesName = "lines";
    public const string DetailedName = "detailedSubscriptions";

    private readonly Dictionary<string, UsageRecord> _charges = new(StringComparer.Ordinal);
    private readonly HashSet<DateOnly> _broken = [];

    /// <summary>Null, with a problem, when it is none.</summary>
    public static ChargePage? Open(ChargeKind kind, Stream content, ProblemList problems)
    {
        if (JsonFile.Open(content, problems)?.Root(JsonFile.MostBytes) is not { } page)
            return null;

        var month = page.Text(MonthName);
        var currency = page.Text(CurrencyName);
        if (!DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            page.Problem(MonthName, "a month such as 2026-10");
        if (!page.IsList(LinesName))
            page.Problem(LinesName, "a list of lines");
        if (problems.Count == 0)
            return new ChargePage(kind.Name, month, currency, page.Records(LinesName), page.Texts(DetailedName).ToHashSet(StringComparer.Ordinal));

        problems.Break();
        return null;
    }

    /// <summary>Whether the usage tells the metered lines of a subscription one by one.</summary>
    public bool IsDetailed(string? subscription) => subscription is not null && detailed.Contains(subscription);

    /// <param name="read">A line's charge, and what it has in common with others of the same; null for a line that another feed tells.</param>
    public IReadOnlyList<CapturedRecord> Read(ProblemList problems, Func<JsonRecord, (UsageRecord Charge, IReadOnlyList<string?> Key)?> read)
    {
        problems.Leave();
        var isBroken = false;
        foreach (var line in lines.TakeWhile(_ => !problems.IsFull))
        {
            var charge = read(line);
            if (!problems.HasOpen)
            {
                Add(charge);
                continue;
            }

            isBroken |= charge is null || charge.Value.Charge.Day == default;
            _broken.Add(charge?.Charge.Day ?? default);
            problems.Unreadable(null, RecordJson.Hash(line.Bytes));
        }

        return isBroken ? [] : [.. _charges.Where(charge => !_broken.Contains(charge.Value.Day)).OrderBy(charge => charge.Key, StringComparer.Ordinal).Select(charge => charge.Value)];
    }

    private void Add((UsageRecord Charge, IReadOnlyList<string?> Key)? line)
    {
        if (line is not var (charge, key))
            return;

        var same = RecordJson.Serialize<IReadOnlyList<string?>>([charge.Category, charge.Sku, charge.Unit, .. charge.Tags ?? [], "", .. key]);
        var id = string.Create(CultureInfo.InvariantCulture, $"{feed}|{month}|{currency}|{charge.SubAccountId}|{charge.Day:yyyy-MM-dd}|{RecordJson.Hash(same)[..32]}");
        _charges[id] = _charges.TryGetValue(id, out var known)
            ? known with
            {
                Quantity = known.Quantity + charge.Quantity,
                Cost = known.Cost + charge.Cost,

                // Names may change within a month: of several the first by order, so that the order of the lines does not show.
                Service = First(known.Service, charge.Service),
                Description = First(known.Description, charge.Description),
                SubAccountName = First(known.SubAccountName ?? "", charge.SubAccountName ?? "") is { Length: > 0 } name ? name : null,
            }
            : charge with { Id = new RecordId(PartnerCenterFiles.SourceName, RecordKind.Usage, id) };
    }

    /// <summary>The page's currency, which each line must have.</summary>
    public Currency CurrencyOf(JsonRecord line, string name)
    {
        var code = line.Text(name);
        if (code.Length > 0 && (code != currency || !Currency.TryParse(code, out _)))
            line.Problem(name, $"the page's currency, {currency}");
        return Currency.TryParse(code, out var known) ? known : default;
    }

    private static string First(string one, string other) => string.CompareOrdinal(one, other) <= 0 ? one : other;
}
