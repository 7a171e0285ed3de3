namespace MspBilling.Local.Sample;

/// <summary>What the clients agreed: a managed month with included hours, time and materials, or cloud.</summary>
internal static class SampleAgreements
{
    private const string Managed = "Managed Services";
    private const string TimeAndMaterials = "Time and Materials";
    private const string Cloud = "Cloud";

    private static readonly DateOnly LastReview = new(2024, 7, 1);

    public static readonly SampleAgreement[] All =
    [
        Agreed(101, "ZOLWLOG", "Managed Services Gold", Managed, 3_950.00m, includedHours: 60, po: "ZL-2024-118"),
        Agreed(102, "ATHENA", "Support on demand", TimeAndMaterials, 0m),
        Agreed(103, "ATHENA", "Azure for analytics", Cloud, 0m, po: "ATH-AZ-07"),
        // Signed in the middle of the month: its first bill is for 19 of 30 days.
        Agreed(104, "KYIVBAKE", "Managed Services Start", Managed, 1_450.00m, includedHours: 20, start: new DateOnly(2024, 9, 12)),
        // Quiet this month: included hours are left over.
        Agreed(105, "OBRIEN", "Managed Services Silver", Managed, 2_600.00m, includedHours: 50),
        // Ran out on 31 August; its successor is 107, but some tickets still point here.
        Agreed(106, "LIFFEY", "Managed Services 2021-2024", Managed, 2_200.00m, includedHours: 30, start: new DateOnly(2021, 9, 1), end: new DateOnly(2024, 8, 31)),
        Agreed(107, "LIFFEY", "Managed Services 2024-2027", Managed, 2_480.00m, includedHours: 40, start: new DateOnly(2024, 9, 1)),
        // A retainer of 20 hours for a client that needs far more.
        Agreed(108, "CORRIB", "Managed Services Bronze", Managed, 1_380.00m, includedHours: 20, po: "CSF/4471"),
        Agreed(109, "ALSTER", "Managed Services Gold", Managed, 3_700.00m, includedHours: 60, po: "4500018832"),
        Agreed(110, "ISARTON", "Dienstleistung nach Aufwand", TimeAndMaterials, 0m, po: "MT-24-0093"),
        Agreed(111, "ISARTON", "Azure-Betrieb", Cloud, 0m, po: "MT-24-0094"),
        Agreed(112, "LONESTAR", "Managed Services Gold", Managed, 4_900.00m, includedHours: 60, po: "LSVG-2231"),
        Agreed(113, "BARTON", "Support on demand", TimeAndMaterials, 0m),
        Agreed(114, "BARTON", "Taproom cloud", Cloud, 0m),
        Agreed(115, "ATLAS", "Managed Services Platinum", Managed, 6_250.00m, includedHours: 70, po: "AR-PO-90417"),
        Agreed(116, "PECAN", "Managed Services Silver", Managed, 3_150.00m, includedHours: 40),
    ];

    public static SampleAgreement Numbered(int id) => All.Single(agreement => agreement.Id == id);

    public static SampleFile File() => SampleJson.Array("finance-agreements.json", All.Select(Record));

    private static SampleAgreement Agreed(
        int id, string client, string name, string type, decimal monthlyFee, decimal includedHours = 0,
        string? po = null, DateOnly? start = null, DateOnly? end = null) =>
        new(id, SampleCompanies.Named(client), name, type, monthlyFee, includedHours, po, start ?? new DateOnly(2024, 1, 1), end);

    private static object Record(SampleAgreement agreement) => new
    {
        agreement.Id,
        agreement.Name,
        Type = new Reference(agreement.Type switch { Managed => 4, TimeAndMaterials => 5, _ => 6 }, agreement.Type),
        Company = agreement.Company.Reference,
        AgreementStatus = agreement.Status,
        StartDate = SampleJson.Instant(agreement.Start),
        EndDate = agreement.End is { } end ? SampleJson.Instant(end) : null,
        NoEndingDateFlag = agreement.End is null,
        CancelledFlag = false,
        ApplicationUnits = agreement.IncludedHours > 0 ? "Hours" : "Amount",
        ApplicationLimit = agreement.IncludedHours,
        ApplicationUnlimitedFlag = false,
        BillAmount = agreement.MonthlyFee,
        BillTime = "Billable",
        BillingCycle = new Reference(2, "Monthly"),
        PeriodType = "Current",
        ProrateFlag = true,
        CarryOverUnused = false,
        AllowOverruns = true,
        Taxable = true,
        TaxCode = new Reference(agreement.Company.Place.TaxCodeId, agreement.Company.Place.TaxCode),
        Currency = agreement.Company.Place.CurrencyReference,
        CustomerPO = agreement.PurchaseOrder,
        NextInvoiceDate = agreement.End is null ? "2024-10-01" : null,
        _info = SampleJson.RevisedOn(agreement.End ?? (agreement.Start < LastReview ? LastReview : agreement.Start), "EWHITFIELD"),
    };
}

internal sealed record SampleAgreement(
    int Id, SampleCompany Company, string Name, string Type, decimal MonthlyFee, decimal IncludedHours, string? PurchaseOrder, DateOnly Start, DateOnly? End)
{
    public string Status => End is null ? "Active" : "Expired";
}
