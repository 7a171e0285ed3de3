using MspBilling.Core.Invoicing;

namespace MspBilling.Tests.Builders;

/// <summary>Credit that a client has, as a payment has left it.</summary>
internal static class Granted
{
    public static DateTimeOffset Noon { get; } = new(2024, 10, 20, 12, 0, 0, TimeSpan.Zero);

    public static Payment Credit(string id, decimal amount, bool isPrepayment = true, string? expires = null, string? agreement = null, string date = "2024-10-01") =>
        new(Currencies.Eur(amount), null)
        {
            Id = id,
            Date = Days.On(date),
            At = Noon,
            By = "Ann Lee",
            Why = "paid",
            Grants = new AccountCredit(Currencies.Eur(amount), isPrepayment, expires is null ? null : Days.On(expires)) { Agreement = agreement },
        };

    public static ClientLedger LedgerOf(params IReadOnlyList<LedgerEntry?> entries) => new([.. entries.OfType<LedgerEntry>()]);
}
