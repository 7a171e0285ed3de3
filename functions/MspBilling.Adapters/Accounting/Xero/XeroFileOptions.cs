namespace MspBilling.Adapters.Accounting.Xero;

/// <summary>How invoices are written for one Xero organisation.</summary>
public sealed record XeroFileOptions
{
    /// <summary>Display names of Xero's tax rates, such as <c>20% (VAT on Income)</c>, by the rates that stand on an invoice; with none set, the rates' own names are written, which the import then asks about.</summary>
    public IReadOnlyList<TaxCode> TaxTypes { get; init; } = [];

    /// <summary>The revenue account; 200 is Sales in Xero's own chart of accounts.</summary>
    public string AccountCode { get; init; } = "200";

    /// <summary>Revenue accounts of services that are booked elsewhere.</summary>
    public IReadOnlyDictionary<string, string> AccountCodes { get; init; } = new Dictionary<string, string>();

    /// <summary>Xero's item codes by service; a service without one is booked without an item.</summary>
    public IReadOnlyDictionary<string, string> ItemCodes { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// As the organisation's region writes dates: dd/MM/yyyy, in the United States MM/dd/yyyy
    /// (https://spreadsheetbroccoli.com/platforms/xero/import-invoice-guide).
    /// </summary>
    public string DateFormat { get; init; } = "dd/MM/yyyy";

    /// <summary>
    /// Whether each line's tax is written, which overrides what Xero computes
    /// (https://spreadsheetbroccoli.com/platforms/xero/import-invoice-guide). Without it Xero takes tax line by line, and an invoice whose
    /// document tax differs from that is refused.
    /// </summary>
    public bool WritesTaxAmounts { get; init; } = true;

    /// <summary>The organisation's own currency, which is left blank; null writes the currency of every invoice.</summary>
    public string? HomeCurrency { get; init; }

    /// <summary>Places of a unit amount. The API cuts to two unless it is asked for four; for files nothing is said, so what needs more is written as one times the amount.</summary>
    public int UnitAmountPlaces { get; init; } = 2;

    /// <summary>Rows of one file. That 1,000 lines are the limit could not be confirmed.</summary>
    public int MostRows { get; init; } = 1000;
}
