using System.Text.Json;
using MspBilling.Core;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using CsvTable = MspBilling.App.Reports.CsvTable;

namespace MspBilling.App.Invoicing;

/// <summary>Everything behind an invoice: each line with why it costs what it does, and each activity that it stands for.</summary>
public sealed record InvoiceDetail(
    string Number, string ClientId, string ClientName, Period Period, DateOnly InvoiceDate, Currency Currency, Money Net, Money Tax, Money Total, IReadOnlyList<DetailedLine> Lines, IReadOnlyList<TaxLine> Taxes)
{
    public static InvoiceDetail Of(IssuedInvoice invoice, InvoiceDraft draft) => new(
        invoice.Number, invoice.ClientId, invoice.ClientName, invoice.Period, invoice.InvoiceDate, invoice.Currency, invoice.Net, invoice.Tax, invoice.Total,
        [.. draft.Numbered.Select(line => DetailedLine.Of(line, draft))], draft.Taxes);

    /// <summary>One row an activity. A line's own figures stand in its first row alone, so that their columns add up to the invoice.</summary>
    public byte[] ToCsv() => CsvTable.Write(
        Lines.SelectMany(line => line.Activities.Select((activity, index) => (line, (DetailedActivity?)activity, index == 0)).DefaultIfEmpty((line, null, true)).Select(Row.Of)),
        ("Invoice", _ => Number), ("Client", _ => ClientName), ("Currency", _ => Currency.Code), ("Line", r => r.Line.Number), ("Group", r => r.Line.Group), ("Agreement", r => r.Line.Agreement),
        ("Line description", r => r.Line.Description), ("Kind", r => JsonNamingPolicy.CamelCase.ConvertName(r.Line.Kind.ToString())), ("SKU", r => r.Line.Sku), ("From", r => r.Line.ServicePeriod.Start),
        ("To", r => r.Line.ServicePeriod.LastDay), ("Line quantity", r => r.First?.Quantity), ("Line unit", r => r.First?.Unit), ("Unit price", r => r.First?.UnitPrice.Amount),
        ("Amount", r => r.First?.Amount), ("Discount", r => r.First?.Discount), ("Net", r => r.First?.Net), ("Rule", r => r.First?.Rule), ("Explanation", r => r.First?.Explanation),
        ("Date", r => r.Activity?.Date), ("Who", r => r.Activity?.Who), ("Reference", r => r.Activity?.Reference), ("Description", r => r.Activity?.Description),
        ("Quantity", r => r.Activity?.Quantity), ("Unit", r => r.Activity?.Unit), ("Treatment", r => r.Activity?.Treatment), ("Share of net", r => r.Activity?.Share));

    /// <param name="First">The line again in its first row; null in the others.</param>
    private sealed record Row(DetailedLine Line, DetailedLine? First, DetailedActivity? Activity)
    {
        public static Row Of((DetailedLine Line, DetailedActivity? Activity, bool IsFirst) row) => new(row.Line, row.IsFirst ? row.Line : null, row.Activity);
    }
}

/// <param name="Number">As printed.</param>
/// <param name="Version">Of the agreement.</param>
/// <param name="Figures">The numbers of the explanation as data, in its order.</param>
public sealed record DetailedLine(
    int Number,
    string Group,
    string Agreement,
    string Description,
    LineKind Kind,
    AdjustedInvoice? Adjusts,
    string? Sku,
    Period ServicePeriod,
    decimal Quantity,
    string Unit,
    UnitPrice UnitPrice,
    Money Amount,
    Money Discount,
    Money Net,
    IReadOnlyList<decimal> TaxPercents,
    string Rule,
    int Version,
    string Explanation,
    IReadOnlyList<ExplainedFigure> Figures,
    IReadOnlyList<DetailedActivity> Activities)
{
    public static DetailedLine Of(NumberedLine numbered, InvoiceDraft draft)
    {
        var (line, why, shares) = (numbered.Line, numbered.Line.Explanation, DetailShares.Of(numbered.Line));
        return new DetailedLine(
            numbered.Number, numbered.Group, line.AgreementName, line.Description, line.Kind, line.Adjusts, line.Sku, line.ServicePeriod, line.Quantity, line.Unit, line.UnitPrice, line.Amount, line.Discount, line.Net,
            [.. draft.TaxesOf(numbered.Place).Select(tax => tax.Tax.Percent)], why.Rule, why.Version, why.Sentence, why.Figures,
            [.. line.Details.Select((detail, index) => new DetailedActivity(detail.Date, detail.Who, detail.Reference, detail.Text(), detail.Quantity, detail.Unit, detail.Treatment, shares?[index]))]);
    }
}

/// <param name="Reference">Ticket, project, serial number or account.</param>
/// <param name="Share">Of the line's net amount; null where it is not known.</param>
public sealed record DetailedActivity(DateOnly? Date, string? Who, string? Reference, string Description, decimal Quantity, string Unit, string? Treatment, Money? Share);
