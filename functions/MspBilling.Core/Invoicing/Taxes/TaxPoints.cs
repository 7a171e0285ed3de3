using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

/// <summary>The day whose rates a line bears, when a rate changes.</summary>
/// <remarks>
/// <para>A supply is taxed when it is made, and an invoice that comes first taxes it when it is issued: Art. 63 and 66 of Directive 2006/112/EC, and the United Kingdom's
/// basic and actual tax point (VAT Act 1994, section 6; VAT Notice 700, section 14). So a fee for [1 Dec 2010, 1 Jan 2011) that was invoiced on 5 January 2011 bears 17.5 %, and one for
/// [1 Jan, 1 Feb) bears 20 %: the rate rose on 4 January. A year from 1 October that is invoiced on 1 October bears October's rate.</para>
/// <para>A line is never divided: January's technician time is one line, and bears the rate of its last day. Where the law taxes the first day of a service or the day of
/// the invoice, the jurisdiction says so.</para>
/// </remarks>
public static class TaxPoints
{
    /// <param name="rule">The jurisdiction's.</param>
    /// <param name="billed">The days that the line bills.</param>
    /// <param name="invoiceDate">The date on the invoice.</param>
    public static DateOnly Of(TaxPoint rule, Period billed, DateOnly invoiceDate)
    {
        var supplied = rule switch
        {
            TaxPoint.SupplyEnd => billed.LastDay,
            TaxPoint.SupplyStart => billed.Start,
            TaxPoint.InvoiceDate => invoiceDate,
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "There are three tax points."),
        };
        return supplied < invoiceDate ? supplied : invoiceDate;
    }
}
