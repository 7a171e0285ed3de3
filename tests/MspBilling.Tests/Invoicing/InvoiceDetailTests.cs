using System.Text;
using System.Text.Json;
using MspBilling.App.Api;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Tests.Accounting;
using Xunit;

namespace MspBilling.Tests.Invoicing;

public sealed class InvoiceDetailTests
{
    private static readonly InvoiceDraft Draft = InvoiceCases.Invoice(
        "EUR",
        [
            InvoiceCases.Line(3, 40, 120, 20) with
            {
                Service = "Support",
                Description = "=Engineer",
                Unit = "h",
                Details =
                [
                    new LineDetail(new DateOnly(2026, 9, 2), "@ann", "#7", "-1+2 \"quoted\", Łódź", 2, "h", "1.9 h worked", "+notes"),
                    new LineDetail(new DateOnly(2026, 9, 3), "Bob", "#8", "Printer\nToner", 1, "h"),
                ],
            },
            InvoiceCases.Line(1, 50, 50) with { Service = "Care" },
        ],
        ("VAT", 23, 34.50m));

    private static readonly InvoiceDetail Detail = InvoiceDetail.Of(Issued(Draft), Draft);

    [Fact]
    public void ToCsv_OfLines_HasARowAnActivityAndEachLinesFiguresOnce()
    {
        var rows = Encoding.UTF8.GetString(Detail.ToCsv()).TrimStart('\uFEFF').TrimEnd().Split('\n').Select(row => row.TrimEnd('\r')).ToArray();

        Assert.Equal(
            [
                "Invoice,Client,Currency,Line,Group,Agreement,Line description,Kind,SKU,From,To,Line quantity,Line unit,Unit price,Amount,Discount,Net,Rule,Explanation,Date,Who,Reference,Description,Quantity,Unit,Treatment,Share of net",
                "HL-1,Contoso Ltd,EUR,1,Support,Managed services,'=Engineer,charge,,2026-09-01,2026-09-30,3,h,40,120.00,20.00,100.00,RecurringCharges,As agreed.,2026-09-02,'@ann,#7,\"'-1+2 \"\"quoted\"\", Łódź: +notes\",2,h,1.9 h worked,66.67",
                "HL-1,Contoso Ltd,EUR,1,Support,Managed services,'=Engineer,charge,,2026-09-01,2026-09-30,,,,,,,,,2026-09-03,Bob,#8,Printer Toner,1,h,,33.33",
                "HL-1,Contoso Ltd,EUR,2,Care,Managed services,Workplace care,charge,,2026-09-01,2026-09-30,1,seat,50,50.00,0.00,50.00,RecurringCharges,As agreed.,,,,,,,,",
            ],
            rows);
    }

    [Fact]
    public void Json_OfLines_HasTheSameAsData()
    {
        var json = JsonSerializer.SerializeToElement(Detail, ApiJson.Options);
        var line = json.GetProperty("lines")[0];

        Assert.Equal(("HL-1", "EUR", 150m, 184.50m), (json.GetProperty("number").GetString(), json.GetProperty("currency").GetString(), json.GetProperty("net").GetDecimal(), json.GetProperty("total").GetDecimal()));
        Assert.Equal(("As agreed.", "charge", 23m), (line.GetProperty("explanation").GetString(), line.GetProperty("kind").GetString(), line.GetProperty("taxPercents")[0].GetDecimal()));
        // As data it is what it was: only a spreadsheet has to be kept from running it.
        Assert.Equal(("-1+2 \"quoted\", Łódź: +notes", 66.67m), (line.GetProperty("activities")[0].GetProperty("description").GetString(), line.GetProperty("activities")[0].GetProperty("share").GetDecimal()));
    }

    private static IssuedInvoice Issued(InvoiceDraft draft) =>
        IssuedInvoice.Of("HL-1", new ClientBill(draft.Period, "cw-1", "Contoso Ltd", draft.InvoiceDate, [draft], [], [], null), draft, "bill", "pdf");
}
