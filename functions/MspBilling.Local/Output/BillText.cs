using System.Globalization;
using System.Text;
using MspBilling.App.Rating;
using MspBilling.Core;
using MspBilling.Core.Rating;

namespace MspBilling.Local.Output;

/// <summary>A previewed bill as plain text: every amount in one column that adds up, under each line why it costs so, then what is not billed.</summary>
internal static class BillText
{
    private const int AmountWidth = 14;
    private const int TextWidth = 76;
    private const int MostNamed = 5;

    public static bool SaysAnything(PreviewedBill bill) => bill.Problem is not null || bill.Invoices.Count > 0 || bill.Dispositions.Any(total => total.Kind != DispositionKind.Billed);

    public static string Of(PreviewedBill bill)
    {
        var text = new StringBuilder();
        text.Line($"{bill.ClientName}, {bill.Period}");
        if (bill.Problem is not null)
        {
            text.Line($"Cannot be billed: {bill.Problem}");
        }
        else if (bill.Invoices.Count == 0)
        {
            text.Line($"Nothing to invoice.");
        }

        foreach (var invoice in bill.Invoices)
        {
            Write(text, invoice);
        }

        NotBilled(text, bill);
        Outside(text, bill.Outside);
        Carried(text, bill.Carried);
        return text.ToString();
    }

    private static void Write(StringBuilder text, PreviewedInvoice invoice)
    {
        foreach (var line in invoice.Lines)
        {
            text.Line($"");
            Amount(text, $"{line.Service}: {line.Description}", line.Amount);
            text.Line($"    {line.Explanation}");
            if (!line.Discount.IsZero)
            {
                Amount(text, "    Discount", -line.Discount);
            }
        }

        text.Line($"");
        if (!invoice.Discount.IsZero)
        {
            Amount(text, "Before discounts", invoice.Gross);
            Amount(text, "Discounts", -invoice.Discount);
        }

        Amount(text, invoice.PricesIncludeTax ? "Net, without the tax that the prices include" : "Net", invoice.Net);
        foreach (var tax in invoice.Taxes.Where(tax => tax.Percent != 0))
        {
            Amount(text, string.Create(CultureInfo.InvariantCulture, $"{tax.Name}, {tax.Percent:0.####} % of {PlainText.Of(tax.Base)}"), tax.Tax);
        }

        Amount(text, $"Total with tax, {invoice.Currency.Code}", invoice.Total);
        if (invoice.TaxNote is not null)
        {
            text.Line($"{invoice.TaxNote}");
        }
    }

    private static void NotBilled(StringBuilder text, PreviewedBill bill)
    {
        var unbilled = bill.Dispositions.Where(total => total.Kind != DispositionKind.Billed).ToList();
        if (unbilled.Count == 0)
        {
            return;
        }

        text.Line($"");
        text.Line($"Not billed");
        if (bill.Activities is null)
        {
            foreach (var total in unbilled)
            {
                text.Line($"    {Words(total.Kind)}: {total.Reason?.Title}. {total.Activities} activities, {Quantity(total.Hours, total.Units, 0)}");
            }

            return;
        }

        var shares = bill.Activities.GroupBy(a => (a.Kind, a.Id)).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();

        // What has the same reason stands together, in the order in which the reason first comes.
        foreach (var same in bill.Activities.Where(a => a.Disposition != DispositionKind.Billed).GroupBy(a => (a.Disposition, a.Because, a.Detail)))
        {
            text.Line($"    {Words(same.Key.Disposition)}: {same.Key.Because}. {same.Key.Detail}");
            foreach (var activity in same.Take(MostNamed))
            {
                var share = shares.Contains((activity.Kind, activity.Id)) ? "; of it " + Quantity(activity.Hours, activity.Units, activity.Cost) : "";
                text.Line($"        {activity.Id}: {activity.Description}{share}");
            }

            if (same.Count() > MostNamed)
            {
                text.Line($"        and {same.Count() - MostNamed} more");
            }
        }
    }

    private static void Outside(StringBuilder text, IReadOnlyList<OutsideActivity> outside)
    {
        if (outside.Count > 0)
        {
            text.Line($"");
            text.Line($"Of other days: {string.Join(", ", outside.Take(MostNamed).Select(activity => activity.Id))}{(outside.Count > MostNamed ? " and more" : "")}");
        }
    }

    private static void Carried(StringBuilder text, PreviewedState carried)
    {
        if (carried.Balances.Count + carried.Totals.Count + carried.Counts.Count == 0)
        {
            return;
        }

        text.Line($"");
        text.Line($"Carried on");
        foreach (var balance in carried.Balances)
        {
            if (balance.Lots.Count == 0)
            {
                text.Line($"    {Subject(balance.Agreement, balance.Line, balance.Subject)}: nothing left");
            }

            foreach (var lot in balance.Lots)
            {
                var ends = lot.EndsOn is { } day ? day.ToString(", 'until' yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
                text.Line($"    {Subject(balance.Agreement, balance.Line, balance.Subject)}: {lot.Left:#,##0.##########} left of {lot.Granted:#,##0.##########} granted {lot.GrantedOn:yyyy-MM-dd}{ends}");
            }
        }

        foreach (var total in carried.Totals)
        {
            text.Line($"    {Subject(total.Agreement, total.Line, total.Subject)}: {total.Amount:#,##0.##########} so far");
        }

        foreach (var counts in carried.Counts.GroupBy(count => Subject(count.Agreement, count.Line, count.Subject)))
        {
            text.Line($"    {counts.Key}: {counts.Count()} {(counts.Count() == 1 ? "count" : "counts")} of a cycle that is not due yet");
        }
    }

    private static string Subject(string agreement, string line, string? subject) => $"{agreement}, {line}{(subject is null ? "" : ", " + subject)}";

    private static string Words(DispositionKind kind) => kind switch
    {
        DispositionKind.Billed => "Billed",
        DispositionKind.Covered => "Covered",
        DispositionKind.NonBillable => "Not billable",
        DispositionKind.Held => "Held",
        DispositionKind.WrittenOff => "Written off",
        _ => throw new InvalidOperationException($"{kind} has no words."),
    };

    private static string Quantity(decimal hours, decimal units, decimal cost) => string.Join(", ", new[]
    {
        hours == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{hours:#,##0.00##} h"),
        units == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{units:#,##0.####} units"),
        cost == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"cost {cost:#,##0.00######}"),
    }.Where(part => part.Length > 0));

    // A text that is too long for its column has its amount below it.
    private static void Amount(StringBuilder text, string words, Money money)
    {
        if (words.Length > TextWidth)
        {
            text.Line($"{words}");
            words = "";
        }

        text.Line($"{words.PadRight(TextWidth)}{PlainText.Of(money),AmountWidth}");
    }
}
