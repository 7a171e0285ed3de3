namespace MspBilling.Local.Sample;

/// <summary>Harbourlight's clients: six in Ireland, two in Germany, four in Austin, and Harbourlight itself.</summary>
internal static class SampleCompanies
{
    private static readonly Place Ireland = new("Ireland", 4, "IE-VAT", 11, "Euro", "EUR", "Europe/Dublin", "en-IE");
    private static readonly Place Germany = new("Germany", 5, "DE-RC", 12, "Euro", "EUR", "Europe/Berlin", "de-DE");
    private static readonly Place Austin = new("United States", 1, "US-TX-AUSTIN", 13, "US Dollars", "USD", "America/Chicago", "en-US");

    /// <summary>The MSP itself: its own time is captured for utilisation and never billed.</summary>
    public static readonly SampleCompany Harbourlight = new(1, "HARBOUR", "Harbourlight Managed IT Ltd", "HLT", Ireland, 30, "IE3456789TH",
        "14 Sir John Rogerson's Quay", "Dublin", "Dublin 2", "D02 X576", "accounts@harbourlight.example");

    /// <summary>A dentist who rang before anybody made a record of him: time is charged to it, and it is in no list.</summary>
    public static readonly SampleCompany Unknown = new(999, "MARLOWE", "Marlowe Dental", "MAR", Ireland, 30, null, "", "", "", "", "");

    public static readonly SampleCompany[] Clients =
    [
        new(250, "ZOLWLOG", "Żółw Logistyka sp. z o.o. (Ireland)", "ZOL", Ireland, 14, "IE1234567FA",
            "Unit 7, Ballymount Cross", "Dublin", "Dublin 24", "D24 K2R9", "faktury@zolwlog.example"),
        new(251, "ATHENA", "Αθηνά Analytics Ltd", "ATH", Ireland, 30, "IE2345678GA",
            "22 Merrion Square North", "Dublin", "Dublin 2", "D02 W5P4", "accounts@athena.example"),
        new(252, "KYIVBAKE", "Київська Пекарня Ltd", "KYB", Ireland, 14, "IE3456780HA",
            "3 Parnell Street", "Dublin", "Dublin 1", "D01 F9C2", "office@kyivbake.example"),
        new(253, "OBRIEN", "O'Brien & Daughters", "OBD", Ireland, 30, "IE4567891JA",
            "41 South Mall", "Cork", "Co. Cork", "T12 HK58", "ledger@obrien-daughters.example"),
        new(254, "LIFFEY", "Liffey Dental Care Ltd", "LIF", Ireland, 30, "IE5678902KA",
            "9 Ormond Quay Lower", "Dublin", "Dublin 1", "D01 R3V6", "practice@liffeydental.example"),
        new(255, "CORRIB", "Corrib Seafoods Ltd", "COR", Ireland, 45, "IE6789013LA",
            "New Docks Road", "Galway", "Co. Galway", "H91 T8NW", "ap@corribseafoods.example"),
        new(260, "ALSTER", "Alsterblick Versicherungsmakler GmbH", "ALS", Germany, 30, "DE198765432",
            "Ballindamm 14", "Hamburg", "Hamburg", "20095", "rechnung@alsterblick.example"),
        new(261, "ISARTON", "Isarton Medizintechnik GmbH", "ISA", Germany, 14, "DE287654321",
            "Lindwurmstraße 88", "München", "Bayern", "80337", "buchhaltung@isarton.example"),
        new(270, "LONESTAR", "Lone Star Veterinary Group", "LSV", Austin, 30, null,
            "4810 Burnet Road", "Austin", "TX", "78756", "payables@lonestarvet.example"),
        new(271, "BARTON", "Barton Creek Brewing Co.", "BCB", Austin, 45, null,
            "1200 East 6th Street", "Austin", "TX", "78702", "books@bartoncreek.example"),
        new(272, "ATLAS", "Atlas Robotics Inc.", "ATL", Austin, 30, null,
            "9600 Metric Boulevard, Suite 300", "Austin", "TX", "78758", "ap@atlasrobotics.example"),
        new(273, "PECAN", "Pecan Street Architects LLP", "PSA", Austin, 14, null,
            "515 Congress Avenue, Floor 11", "Austin", "TX", "78701", "accounts@pecanstreet.example"),
    ];

    public static SampleCompany Named(string identifier) => Clients.Single(client => client.Identifier == identifier);

    /// <summary>By the European list of electronic addresses, a VAT number of Ireland is of scheme 9935 and one of Germany of 9930.</summary>
    public static string ElectronicAddressOf(string taxNumber) => (taxNumber.StartsWith("DE", StringComparison.Ordinal) ? "9930:" : "9935:") + taxNumber;

    public static SampleFile File() => SampleJson.Array("company-companies.json", Clients.Prepend(Harbourlight).Select(Record));

    private static object Record(SampleCompany company) => new
    {
        company.Id,
        company.Identifier,
        company.Name,
        Status = new Reference(1, "Active"),
        Types = new[] { company == Harbourlight ? new Reference(9, "Internal") : new Reference(1, "Client") },
        DeletedFlag = false,
        AccountNumber = "HL-" + company.Identifier,
        BillingTerms = new Reference(company.TermsDays, $"Net {company.TermsDays} days"),
        InvoiceToEmailAddress = company.Email,
        TaxCode = company == Harbourlight ? null : new Reference(company.Place.TaxCodeId, company.Place.TaxCode),
        Currency = company.Place.CurrencyReference,
        company.AddressLine1,
        company.City,
        company.State,
        company.Zip,
        Country = new Reference(company.Place.CountryId, company.Place.Country),
        _info = SampleJson.RevisedOn(new DateOnly(2024, 6, 3), "EWHITFIELD"),
    };
}

internal sealed record SampleCompany(
    int Id, string Identifier, string Name, string DevicePrefix, Place Place, int TermsDays, string? TaxNumber,
    string AddressLine1, string City, string State, string Zip, string Email)
{
    public IdentifiedReference Reference => new(Id, Identifier, Name);
}

/// <summary>What clients of one country share.</summary>
internal sealed record Place(
    string Country, int CountryId, string TaxCode, int TaxCodeId, string CurrencyName, string Currency, string TimeZone, string Language)
{
    public bool InAmerica => Currency == "USD";

    public Reference CurrencyReference => new(InAmerica ? 7 : 1, CurrencyName);
}
