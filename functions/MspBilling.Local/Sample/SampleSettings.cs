namespace MspBilling.Local.Sample;

/// <summary>What the MSP decides for itself: its letterhead, its taxes, its prices, and whose cloud accounts are whose.</summary>
internal static class SampleSettings
{
    private const string Fees = "Managed services";
    private const string Licences = "Licences and subscriptions";
    private const string Devices = "Device management";
    private const string Time = "Technician time";
    private const string Cloud = "Cloud usage";
    private const string Projects = "Projects";

    private static readonly object[] TaxJurisdictions =
    [
        Jurisdiction("IE-VAT", "Ireland", null, new Rate("VAT", 21m, "2020-09-01", "2021-03-01"), new Rate("VAT", 23m, "2021-03-01")),
        Jurisdiction("DE-RC", "Germany, business customer",
            "Reverse charge: VAT is owed by the recipient (Art. 196 Directive 2006/112/EC). Steuerschuldnerschaft des Leistungsempfängers.",
            new Rate("VAT reverse charge", 0m, "2010-07-01", Category: "reverseCharge")),
        Jurisdiction("US-TX-AUSTIN", "Austin, Texas", null,
            new Rate("Texas state sales tax", 6.25m, "1990-07-01"), new Rate("Austin local sales tax", 2.00m, "2000-01-01")),
    ];

    private static readonly object[] ManagedServices =
    [
        new { Kind = "recurring", Id = "fee", Service = Fees, Description = "Managed services fee", Quantity = Of("flat") },
        Additions(),
        Managed("Server", 85.00m),
        Managed("Workstation", 12.50m),
        Managed("Firewall", 35.00m),
        TechnicianTime(),
        CloudUsage(15m),
        Milestones(),
        new
        {
            Kind = "discount", Id = "loyalty", Service = "Loyalty discount", Description = "Loyalty discount",
            Percent = 5m, Scope = "services", Targets = new[] { Devices, Fees }, From = "2024-01-01", To = (string?)null,
        },
    ];

    private static readonly string[] AddressLines = ["14 Sir John Rogerson's Quay", "Dublin D02 X576", "Ireland"];
    private static readonly string[] Registrations = ["VAT no. IE 3456789TH", "Company no. 612345"];

    private static readonly string[] PaymentInstructions =
        ["Please pay by bank transfer: IBAN IE00 TEST 0000 0000 0000 00, quoting the invoice number."];

    private static readonly object ElectronicInvoices = new
    {
        Profile = "en16931",
        Address = new { Line1 = "14 Sir John Rogerson's Quay", City = "Dublin", PostCode = "D02 X576", Country = "IE" },
        VatNumber = SampleCompanies.Harbourlight.TaxNumber,
        CompanyNumber = "612345",
        ElectronicAddress = SampleCompanies.ElectronicAddressOf(SampleCompanies.Harbourlight.TaxNumber!),
        CountryNames = new Dictionary<string, string> { ["Ireland"] = "IE", ["Germany"] = "DE", ["United States"] = "US" },
    };

    private static readonly string[] ApprovedTimeStatuses = ["ApprovedByTierTwo", "ReadyToBill"];

    public static SampleFile File() => SampleJson.Document("msp-settings.json", new
    {
        SampleCompanies.Harbourlight.Name,
        AddressLines,
        SampleCompanies.Harbourlight.Email,
        Phone = "+353 1 555 0142",
        Website = "harbourlight.example",
        Registrations,
        BrandColor = "#0F766E",
        LogoPng = Convert.ToBase64String(SampleData.Read("logo.png")),
        PaymentInstructions,
        HomeCurrency = "EUR",
        InvoiceNumberPattern = "HL-{0:000000}",
        FirstInvoiceNumber = 2041,
        ApprovedTimeStatuses,
        CurrencyNames = new Dictionary<string, string> { ["Euro"] = "EUR", ["US Dollars"] = "USD" },
        TaxJurisdictions,
        DefaultPaymentTermsDays = 30,
        DefaultTimeZone = "Europe/Dublin",
        DefaultLanguage = "en-IE",
        Clients = SampleCompanies.Clients.Select(client => new
        {
            client.Identifier,
            client.Place.TimeZone,
            client.Place.Language,
            PaymentTermsDays = client.TermsDays,
            client.TaxNumber,
            EInvoice = client.TaxNumber is { } number ? new { ElectronicAddress = SampleCompanies.ElectronicAddressOf(number) } : null,
        }),
        EInvoice = ElectronicInvoices,
        CloudAccounts = SampleCloudAccounts.All,
        AgreementTypes = new[]
        {
            new { Name = "Managed Services", Lines = ManagedServices },
            new { Name = "Time and Materials", Lines = new[] { TechnicianTime(), Milestones(), Additions() } },
            new { Name = "Cloud", Lines = new[] { CloudUsage(20m), Additions() } },
        },
    });

    private static object Jurisdiction(string id, string name, string? note, params Rate[] rates) => new { Id = id, Name = name, Note = note, Rates = rates };

    private static object Of(string quantity) => new { Of = quantity };

    private static object Managed(string deviceType, decimal price) => new
    {
        Kind = "recurring",
        Id = "devices-" + deviceType.ToLowerInvariant(),
        Service = Devices,
        Description = deviceType + " management",
        Match = new { DeviceTypes = new[] { deviceType } },
        Quantity = Of("devices"),
        Unit = "device",
        Prices = new[] { new { Price = price } },
    };

    private static object Additions() => new { Kind = "recurring", Id = "additions", Service = Licences, Quantity = Of("additions") };

    private static object TechnicianTime() => new { Kind = "time", Id = "time", Service = Time, MinimumHours = 0.25m, IncrementHours = 0.25m };

    private static object CloudUsage(decimal percent) => new { Kind = "usage", Id = "cloud", Service = Cloud, Pricing = new { Model = "markup", Percent = percent } };

    private static object Milestones() => new { Kind = "milestones", Id = "milestones", Service = Projects };

    private sealed record Rate(string Name, decimal Percent, string From, string? To = null, string? Category = null);
}
