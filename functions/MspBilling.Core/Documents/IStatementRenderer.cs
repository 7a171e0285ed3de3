namespace MspBilling.Core.Documents;

/// <summary>Turns a finished statement into a file. The same document gives the same bytes; many may be rendered at once.</summary>
public interface IStatementRenderer
{
    byte[] Render(StatementDocument document);
}
