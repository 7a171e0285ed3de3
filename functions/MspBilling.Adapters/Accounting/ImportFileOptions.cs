using MspBilling.Adapters.Accounting.QuickBooks;
using MspBilling.Adapters.Accounting.Xero;

namespace MspBilling.Adapters.Accounting;

/// <summary>Which import files are written, and how.</summary>
public sealed class ImportFileOptions
{
    public const string Section = "Accounting";

    /// <summary>Null where the MSP does not use QuickBooks.</summary>
    public QuickBooksFileOptions? QuickBooks { get; set; } = new();

    /// <summary>Null where the MSP does not use Xero.</summary>
    public XeroFileOptions? Xero { get; set; } = new();
}
