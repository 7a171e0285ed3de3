using MspBilling.Core.Clients;

namespace MspBilling.Core.Documents.EInvoice;

/// <summary>How an electronic invoice says which rules it keeps.</summary>
public static class Specification
{
    private const string En16931 = "urn:cen.eu:en16931:2017";
    private const string PeppolProcess = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

    /// <summary>BT-24.</summary>
    public static string Of(EInvoiceProfile profile) => profile switch
    {
        EInvoiceProfile.En16931 => En16931,
        EInvoiceProfile.Peppol => En16931 + "#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
        EInvoiceProfile.XRechnung => En16931 + "#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
        _ => throw new ArgumentOutOfRangeException(nameof(profile), profile, null),
    };

    /// <summary>BT-23; null where EN 16931 alone is kept, which wants none.</summary>
    public static string? ProcessOf(EInvoiceProfile profile) => profile == EInvoiceProfile.En16931 ? null : PeppolProcess;
}
