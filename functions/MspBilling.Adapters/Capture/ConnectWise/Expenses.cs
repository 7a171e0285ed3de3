using MspBilling.Core;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary><c>GET /expense/entries</c></summary>
/// <remarks>
/// <c>amount</c> is what was spent, <c>billAmount</c> what the PSA would bill for it after the mark-up of its type; without that, or where it is 0 and
/// something was spent, the price is left to the agreement's mark-up. The currency is the entry's <c>currencyCode</c>, else the page's. Fields as in
/// the vendor's model <c>ExpenseEntry</c>. The day is the date as written.
/// </remarks>
internal static class Expenses
{
    public const string List = "expenses";
    public const string CurrencyField = "currency";

    /// <param name="page"><c>{"currency":"USD","expenses":[…]}</c>; null for a file that is the vendor's list.</param>
    public static Func<JsonRecord, CapturedRecord?> Of(JsonRecord? page)
    {
        var unnamed = page is null ? null : CurrencyIn(page, page.OptionalText(CurrencyField), CurrencyField);
        return json => Read(json, unnamed);
    }

    private static Expense Read(JsonRecord json, Currency? unnamed)
    {
        var company = json.Reference("company");
        var amount = json.Number("amount");
        var billed = json.OptionalNumber("billAmount");
        var type = json.OptionalReferenceName("type");
        var named = json.OptionalRecord(CurrencyField);
        var code = named?.OptionalText("currencyCode");
        var currency = code is null ? unnamed : CurrencyIn(named!, code, "currencyCode");
        if (code is null && unnamed is null)
            json.Problem(CurrencyField, "a currency with its currencyCode, or the currency of all beside the list: {\"currency\":\"USD\",\"expenses\":[…]}");

        return new Expense
        {
            Id = json.RecordId(RecordKind.Expense),
            Revision = json.Revision(),
            CompanyId = company.Id,
            CompanyName = company.Name,
            AgreementId = json.OptionalReferenceId("agreement"),
            Day = json.Date("date"),
            Description = json.OptionalText("notes") ?? type ?? "Expense",
            Sku = type,
            TechnicianName = json.OptionalReferenceName("member"),
            TicketId = json.OptionalReferenceId("ticket"),
            ProjectId = json.OptionalReferenceId("project"),
            Quantity = 1,
            UnitPrice = billed is 0 && amount != 0 ? null : billed,
            UnitCost = amount,
            Currency = currency ?? default,
            Option = json.SettledOption("billableOption"),
            Status = json.Text("status"),
        };
    }

    private static Currency? CurrencyIn(JsonRecord json, string? code, string name)
    {
        if (code is null)
            return null;

        if (Currency.TryParse(code, out var currency))
            return currency;

        json.Problem(name, "an ISO 4217 code like USD");
        return null;
    }
}
