namespace MspBilling.Core.Documents;

/// <summary>Turns a finished invoice or credit note into a file. The same document gives the same bytes; many may be rendered at once.</summary>
public interface IInvoiceRenderer
{
    byte[] Render(InvoiceDocument document);
}
