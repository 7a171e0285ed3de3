using MspBilling.Adapters.Storage;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Reports;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>A client's account over some days.</summary>
public sealed record Statement(Client Client, Period Days, IReadOnlyList<StatementAccount> Accounts);

/// <summary>Reads what a client's statement is made of.</summary>
public sealed class StatementReader(ClientAccounts accounts, BillStore bills, TimeProvider clock)
{
    /// <summary>The day at the client.</summary>
    public DateOnly Today(Client client) => client.LocalDate(clock.GetUtcNow());

    /// <param name="from">The first day; null for that of the month.</param>
    /// <param name="to">The last day; null for today.</param>
    /// <returns>Null for who is no client.</returns>
    public async Task<Statement?> ReadAsync(string clientId, DateOnly? from, DateOnly? to, CancellationToken cancellationToken)
    {
        if (await accounts.ReadAsync(clientId, cancellationToken).ConfigureAwait(false) is not var (client, invoices, ledger))
        {
            return null;
        }

        var last = to ?? Today(client);
        var first = from ?? Period.MonthOf(last).Start;
        var notes = new List<IssuedCreditNote>();
        foreach (var period in ledger.Entries.OfType<CreditNote>().Select(note => note.Period).Distinct())
        {
            notes.AddRange((await bills.ListAsync<IssuedCreditNote>(period, cancellationToken).ConfigureAwait(false)).Where(note => note.ClientId == clientId));
        }

        var days = new Period(first <= last ? first : last, last.AddDays(1));
        return new Statement(client, days, ClientStatements.Of(days, invoices, ledger, notes));
    }
}
