namespace MspBilling.Adapters.Accounting.QuickBooks;

/// <summary>Which tax columns the company's QuickBooks Online has.</summary>
public enum QuickBooksEdition
{
    /// <summary>Outside the United States: a tax code and a tax amount on each line.</summary>
    International,

    /// <summary>United States: a line is taxable or not, and QuickBooks takes the tax of their sum.</summary>
    UnitedStates,
}

/// <summary>How invoices are written for one QuickBooks Online company.</summary>
public sealed record QuickBooksFileOptions
{
    public QuickBooksEdition Edition { get; init; } = QuickBooksEdition.International;

    /// <summary>Codes (in the United States: the text of <c>TaxRate</c>) by the rates that stand on an invoice; with none set, the rates' own names are written, which the import then asks about.</summary>
    public IReadOnlyList<TaxCode> TaxCodes { get; init; } = [];

    /// <summary>QuickBooks' product or service for one of ours that is called otherwise there; a colon makes a sub-item.</summary>
    public IReadOnlyDictionary<string, string> Items { get; init; } = new Dictionary<string, string>();

    /// <summary>The person who imports says which one it is. Null is the edition's custom: MM/dd/yyyy in the United States, else dd/MM/yyyy.</summary>
    public string? DateFormat { get; init; }

    /// <summary>
    /// Whether the tax amount of each line is written (international edition). Not confirmed by a page of Intuit's: a company whose import
    /// computes tax by itself leaves it out, and QuickBooks' tax per rate on the sum of the lines is then the same as ours.
    /// </summary>
    public bool WritesTaxAmounts { get; init; } = true;

    /// <summary>The company's own currency, which is left blank; null writes the currency of every invoice.</summary>
    public string? HomeCurrency { get; init; }

    /// <summary>Places of a rate. Intuit names none for files; two are always safe, and what needs more is written as one times the amount.</summary>
    public int RatePlaces { get; init; } = 2;

    /// <summary>
    /// Rows of one file, without the header. 1,000 rows an import is told by https://www.saasant.com/blog/how-to-import-data-into-quickbooks,
    /// with the header by https://github.com/deanbarrow/stripe-csv-to-qbo; the smaller is kept.
    /// </summary>
    public int MostRows { get; init; } = 999;
}
