using MspBilling.Adapters.Agreements;
using MspBilling.Core;
using MspBilling.Core.Clients;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>
/// Payment terms, of the MSP and of a client: <c>{"due":"net","days":30}</c>, <c>{"due":"endOfMonth","days":15}</c>, <c>{"due":"dayOfMonth","day":20,"months":1}</c> or
/// <c>{"due":"onReceipt"}</c>, with <c>"earlyPayment":{"percent":2,"days":10}</c> and <c>"lateFee":{"percentPerMonth":1.5,"graceDays":5}</c>; or the days of net terms alone.
/// </summary>
internal static class PaymentTermsSettings
{
    public const int MostDays = 3_650;
    private const int MostMonths = 120;

    private static readonly Dictionary<string, PaymentDue> Words = new(StringComparer.Ordinal)
    {
        ["net"] = PaymentDue.Net,
        ["endOfMonth"] = PaymentDue.EndOfMonth,
        ["dayOfMonth"] = PaymentDue.DayOfMonth,
        ["onReceipt"] = PaymentDue.OnReceipt,
    };

    /// <param name="name">Of the terms.</param>
    /// <param name="daysName">Of the days alone.</param>
    public static PaymentTerms? ReadOptional(JsonRecord json, string name, string daysName)
    {
        var days = (int?)json.OptionalWhole(daysName, 0, MostDays);
        if (json.OptionalRecord(name) is not { } record)
            return days is { } net ? PaymentTerms.Net(net) : null;

        if (json.Has(daysName))
            json.Problem(daysName, $"either {daysName} or {name}");
        var terms = Terms(record);
        record.RefuseOthers();
        return terms;
    }

    private static PaymentTerms Terms(JsonRecord json)
    {
        var due = json.Word("due", Words);
        return new PaymentTerms
        {
            Due = due,
            Days = due switch
            {
                PaymentDue.Net => (int)json.Whole("days", 0, MostDays),
                PaymentDue.EndOfMonth => (int)(json.OptionalWhole("days", 0, MostDays) ?? 0),
                _ => 0,
            },
            Day = due == PaymentDue.DayOfMonth ? (int)json.Whole("day", 1, 31) : 0,
            Months = due == PaymentDue.DayOfMonth ? (int)(json.OptionalWhole("months", 0, MostMonths) ?? 1) : 0,
            EarlyPayment = Early(json),
            LateFee = Late(json),
        };
    }

    private static EarlyPayment? Early(JsonRecord terms)
    {
        if (terms.OptionalRecord("earlyPayment") is not { } json)
            return null;

        var early = new EarlyPayment(json.Number("percent", JsonRecord.AboveZero, 100), (int)json.Whole("days", 0, MostDays));
        json.RefuseOthers();
        return early;
    }

    private static LateFee? Late(JsonRecord terms)
    {
        if (terms.OptionalRecord("lateFee") is not { } json)
            return null;

        var percent = json.OptionalNumber("percentPerMonth", JsonRecord.AboveZero, 100);
        var flat = Flat(json);
        if (percent is null && flat is null && !json.Has("percentPerMonth") && !json.Has("flat"))
            json.Problem("percentPerMonth", "a percent of what is not paid, or a flat amount");
        var late = new LateFee(percent, flat, (int)(json.OptionalWhole("graceDays", 0, MostDays) ?? 0));
        json.RefuseOthers();
        return late;
    }

    /// <summary><c>{"amount":40.00,"currency":"EUR"}</c>.</summary>
    private static Money? Flat(JsonRecord fee)
    {
        if (fee.OptionalRecord("flat") is not { } json)
            return null;

        var (amount, currency) = (json.Number("amount", JsonRecord.AboveZero), json.IsoCurrency("currency"));
        json.RefuseOthers();
        if (currency == default)
            return null;

        if (Rounding.ToPlaces(amount, currency.MinorUnits) == amount)
            return new Money(amount, currency);

        json.Problem("amount", $"an amount that can be paid in {currency}");
        return null;
    }
}
