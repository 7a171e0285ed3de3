using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Pax8;

/// <summary>A day of a usage summary: <c>{"summary":{"id","companyId",…},"lines":[…]}</c>, one charge for each product and unit at what it costs the partner.</summary>
/// <remarks><c>partnerTotal</c> is the partner's, <c>currentCharges</c> the client's side. What is a trial costs what the line says.</remarks>
internal static class UsageLineCharges
{
    public const string SummaryName = "summary";
    public const string CompanyName = "companyName";
    public const string ListName = "lines";

    /// <summary>Those of a summary that a page has.</summary>
    public static IReadOnlyList<string> SummaryFields { get; } = ["id", "companyId", "subscriptionId", "productId", "resourceGroup", "vendorName"];

    public static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems)
    {
        if (JsonFile.Open(content, problems)?.Root(JsonFile.MostBytes) is not { } page)
            return [];

        var summary = page.Record(SummaryName);
        var (id, company, name) = (summary?.Text("id") ?? "", summary?.Text("companyId") ?? "", summary?.OptionalText(CompanyName));
        string[] tags =
        [
            .. Pax8Files.Tag("resource-group", summary?.OptionalText("resourceGroup")),
            .. Pax8Files.Tag("subscription-id", summary?.OptionalText("subscriptionId")),
            .. Pax8Files.Tag("vendor", summary?.OptionalText("vendorName")),
        ];
        if (!page.IsList(ListName))
            page.Problem(ListName, "a list of usage lines");
        if (problems.Count > 0)
        {
            problems.Break();
            return [];
        }

        var charges = new SortedDictionary<string, UsageRecord>(StringComparer.Ordinal);
        problems.Leave();
        var isBroken = false;
        foreach (var line in page.Records(ListName).TakeWhile(_ => !problems.IsFull))
        {
            var (day, code, unit) = (line.Date("usageDate"), line.Text("currencyCode"), line.OptionalText("unitOfMeasure"));
            var service = line.OptionalText("productName") ?? line.Text("productId");
            var sku = line.OptionalText("productId") ?? service;
            if (!Currency.TryParse(code, out var currency))
                line.Problem("currencyCode", "an ISO 4217 currency code such as USD");
            var (quantity, cost) = (line.Number("quantity"), line.Number("partnerTotal"));
            if (problems.HasOpen)
            {
                isBroken = true;
                problems.Unreadable(null, RecordJson.Hash(line.Bytes));
                continue;
            }

            var same = RecordJson.Hash(RecordJson.Serialize<IReadOnlyList<string?>>([sku, unit, code]))[..32];
            var external = string.Create(CultureInfo.InvariantCulture, $"{Pax8Files.Usage}|{id}|{day:yyyy-MM-dd}|{same}");
            charges[external] = charges.TryGetValue(external, out var known)
                ? known with { Quantity = known.Quantity + quantity, Cost = known.Cost + cost }
                : new UsageRecord
                {
                    Id = new RecordId(Pax8Files.SourceName, RecordKind.Usage, external),
                    Provider = InvoiceItemCharges.Provider,
                    SubAccountId = company,
                    SubAccountName = name,
                    Category = "Usage",
                    Service = service,
                    Sku = sku,
                    Description = service,
                    Day = day,
                    Quantity = quantity,
                    Unit = unit,
                    Cost = cost,
                    Currency = currency,
                    Tags = tags.Length > 0 ? tags : null,
                };
        }

        return isBroken ? [] : [.. charges.Values];
    }
}
