using MspBilling.App.Invoicing;
using MspBilling.Core.Capture;
using MspBilling.Core.Documents;

namespace MspBilling.App.Documents;

/// <summary>A client's statement as it is printed: its accounts with the MSP's name and words around them.</summary>
public static class PrintedStatement
{
    /// <param name="settings">As they are now: a statement is of the day on which it is asked for.</param>
    /// <param name="date">That day, at the client.</param>
    public static StatementDocument Of(MspSettings settings, Statement statement, DateOnly date)
    {
        var (client, language) = (statement.Client, DocumentLanguage.Of(statement.Client.Language));
        return new StatementDocument
        {
            Issuer = PrintedParts.Issuer(settings),
            BillTo = new BillTo { Name = client.Name, AddressLines = client.AddressLines, TaxNumber = client.TaxNumber },
            Language = language,
            Template = PrintedParts.Template(client.Documents, language),
            StatementDate = date,
            Period = statement.Days,
            Accounts = [.. statement.Accounts.Select(account => account with { PaymentInstructions = PrintedParts.PaymentInstructions(settings, client.Documents, account.Closing.Currency) })],
        };
    }
}
