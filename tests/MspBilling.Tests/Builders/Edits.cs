using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;

namespace MspBilling.Tests.Builders;

/// <summary>What Ann Lee changes on Corrib's draft of September 2024, unless a test says otherwise.</summary>
internal static class Edits
{
    /// <summary>A line of its own.</summary>
    public static DraftEdit Own(decimal amount, string service = "Support", int number = 0) => Of(number) with { Amount = amount, Service = service };

    /// <summary>On a line: one of the three.</summary>
    public static DraftEdit On(RatedLine line, decimal? amount = null, decimal? percent = null, decimal? to = null, int number = 0) => Of(number) with
    {
        AgreementId = line.AgreementId,
        Currency = line.Amount.Currency,
        Line = DraftEdits.NameOf(line),
        Amount = amount,
        Percent = percent,
        To = to,
    };

    /// <summary>On all lines of the agreement.</summary>
    public static DraftEdit OnAll(decimal percent, int number = 0) => Of(number) with { Percent = percent };

    public static DraftEdit Withdraw(DraftEdit edit, int number = 1) => edit with
    {
        Id = DraftEdit.IdOf(edit.ClientId, edit.Period, number),
        At = At(number),
        Withdraws = edit.Id.ExternalId,
    };

    private static DraftEdit Of(int number) => new()
    {
        Id = DraftEdit.IdOf(Records.ClientId, Days.September, number),
        ClientId = Records.ClientId,
        Period = Days.September,
        AgreementId = Records.AgreementId,
        Currency = Currencies.EUR,
        Text = "Goodwill",
        By = "Ann Lee",
        Why = "the outage on Tuesday",
        At = At(number),
    };

    private static DateTimeOffset At(int number) => Days.At("2024-10-01T09:00Z").AddMinutes(number);
}
