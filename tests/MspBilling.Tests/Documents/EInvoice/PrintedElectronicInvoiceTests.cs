using System.Xml.Linq;
using MspBilling.Adapters.Documents.EInvoice;
using MspBilling.App.Documents;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents;
using MspBilling.Core.Documents.EInvoice;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Documents.EInvoice;

/// <summary>From captured records to the XML: what the settings and the PSA say arrives there.</summary>
public sealed class PrintedElectronicInvoiceTests
{
    private static readonly EInvoiceSettings Electronic = new()
    {
        Profile = EInvoiceProfile.Peppol,
        Seller = EInvoiceCases.Seller.Seller!,
        CountryNames = new Dictionary<string, string> { ["Ireland"] = "IE" },
        BankAccounts = [new BankAccount(null, "IE29AIBK93115212345678", null, "AIBKIE2D")],
    };

    private static readonly ClientMonth Month = new()
    {
        Settings = Records.Settings with
        {
            EInvoice = Electronic,
            Clients = [new ClientSettings("CO250", TaxNumber: "IE 2345678GA") { EInvoice = new BuyerDetails { ElectronicAddress = new ElectronicAddress("9935", "IE2345678GA"), BuyerReference = "COST-4711" } }],
        },
        Company = Records.Company() with { CountryName = "Ireland", Address = new PostalAddress { Line1 = "New Docks Road", City = "Galway", PostCode = "H91 T8NW" } },
        Lines = [Lines.Fee("Managed", "Monthly fee"), Lines.Additions("Licences"), Lines.Time("Support", 0.25m, 0.25m)],
        Agreements = [Records.Agreement() with { MonthlyFee = 1000, PurchaseOrder = "PO-77" }],
        References = [Records.Role("1", 95)],
    };

    [Fact]
    public void Of_BilledMonth_IsAWholePeppolInvoice()
    {
        var read = UblReading.Read(Xml(UblWriter.Write(EInvoiceMapping.Of(Document(Month), EInvoiceProfile.Peppol).Invoice!)));

        Assert.All(CoreRules.All.Concat(VatRules.All).Concat(PeppolRules.All), rule => Assert.True(rule.Holds(read), rule.Id));
        Assert.Equal(("New Docks Road", "Galway", "IE", "IE2345678GA"), (read.Buyer!.Line1, read.Buyer.City, read.Buyer.Country, read.Buyer.VatNumber));
        Assert.Equal(("COST-4711", "PO-77", "Gold support"), (read.BuyerReference, read.Order, read.Contract));
        Assert.Equal(("58", "HL-000001", "IE29AIBK93115212345678", "AIBKIE2D"), (read.Payment!.Code, read.Payment.Remittance, read.Payment.Account, read.Payment.Bic));

        // 1,000.00 + 2 x 10.00 + 95.00, and 23 % of it.
        Assert.Equal(("1115.00", "256.45", "1371.45"), (read.Totals.Lines, read.Totals.Vat, read.Totals.Due));
        Assert.Equal(["MON", "C62", "HUR"], read.Lines.Select(line => line.UnitCode));
        Assert.Equal([null, "SKU-1", null], read.Lines.Select(line => line.Sku));
    }

    [Fact]
    public void Of_FacturX_CarriesTheInvoiceInItsPdf()
    {
        var month = Month with { Settings = Month.Settings with { EInvoice = Electronic with { FacturX = true } } };

        var attachment = Assert.Single(Document(month).Attachments);

        Assert.Equal(("factur-x.xml", "text/xml", AttachmentRelationship.Alternative, "EN 16931"), (attachment.Name, attachment.MimeType, attachment.Relationship, attachment.FacturXProfile));
        var read = CiiReading.Read(Xml(attachment.Content.ToArray()));
        Assert.Equal(("urn:cen.eu:en16931:2017", "HL-000001", "1371.45"), (read.Specification, read.Number, read.Totals.Due));
    }

    [Fact]
    public void Of_FacturXThatLacksATerm_IsThePdfAlone()
    {
        var month = Month with { Company = Records.Company(), Settings = Month.Settings with { EInvoice = Electronic with { FacturX = true } } };

        Assert.Empty(Document(month).Attachments);
        Assert.Empty(PrintedInvoice.Of(month.Settings, Draft(Month), number: null).Attachments);
    }

    [Fact]
    public void Of_MspWithoutElectronicInvoices_KeepsItsBillsAsTheyWere()
    {
        var month = Month with { Settings = Records.Settings };

        Assert.Null(Draft(month).BillTo.Buyer);
        Assert.Equal("BG-4", Assert.Single(EInvoiceMapping.Of(Document(month), EInvoiceProfile.En16931).Problems).Term);
    }

    private static InvoiceDraft Draft(ClientMonth month) => Assert.Single(month.Bill(Records.Time("1", 1), Records.Addition("1", 2, 10)).Invoices);

    private static InvoiceDocument Document(ClientMonth month) => PrintedInvoice.Of(month.Settings, Draft(month), "HL-000001");

    private static XDocument Xml(byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        return XDocument.Load(content);
    }
}
