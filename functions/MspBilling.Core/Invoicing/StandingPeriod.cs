using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

/// <summary>How a closed period stands for a client: what was billed for it, with its own invoices and with adjustments since.</summary>
/// <param name="Invoices">The numbers of its own invoices.</param>
/// <param name="Lines">What was billed for it so far but for edits of its draft; adding up the adjustments to its invoices gives these.</param>
/// <param name="Inputs">Each record at the version that it stands by.</param>
/// <param name="AsBilled">Devices and additions that it was priced from.</param>
/// <param name="References">Names the stored reference records that price it.</param>
/// <param name="CarriedIn">What it started from.</param>
/// <param name="CarriedOut">What it left.</param>
public sealed record StandingPeriod(
    Period Period,
    IReadOnlyList<IssuedNumber> Invoices,
    IReadOnlyList<RatedLine> Lines,
    IReadOnlyList<Disposition> Dispositions,
    IReadOnlyList<RecordVersion> Inputs,
    AsBilled AsBilled,
    string References,
    CarriedState CarriedIn,
    CarriedState CarriedOut)
{
    /// <summary>Ids of the credit notes whose released work is out of what stands; null for none.</summary>
    public IReadOnlyList<string>? Restocked { get; init; }

    /// <summary>A period as its own bill left it.</summary>
    public static StandingPeriod Of(ClientBill bill, IEnumerable<IssuedInvoice> invoices) => new(
        bill.Period,
        [.. invoices.OrderBy(i => i.Currency.Code, StringComparer.Ordinal).ThenBy(i => i.Part, StringComparer.Ordinal).Select(i => IssuedNumber.Of(i, bill))],
        [.. bill.Invoices.SelectMany(i => i.Lines).Where(line => line is { Adjusts: null, Edit: null })],
        bill.Dispositions,
        bill.Inputs,
        bill.AsBilled,
        bill.References ?? throw new InvalidOperationException($"The bill of {bill.ClientId} for {bill.Period} does not name its reference records."),
        bill.CarriedIn,
        bill.CarriedOut);

    /// <summary>Hash of what it was computed from: while that is the same, nothing has to be looked at.</summary>
    public string InputsHash => HashOf(Inputs, CarriedIn, Restocked);

    internal static string HashOf(IReadOnlyList<RecordVersion> inputs, CarriedState carriedIn, IReadOnlyList<string>? restocked = null) =>
        RecordJson.Hash(RecordJson.Serialize(new InputsAndState(inputs, carriedIn, restocked)));

    private sealed record InputsAndState(IReadOnlyList<RecordVersion> Inputs, CarriedState CarriedIn, IReadOnlyList<string>? Restocked);
}

public sealed record IssuedNumber(Currency Currency, string Number)
{
    /// <summary>The agreements that it billed, where the client had several invoices in the currency; null for the only one.</summary>
    public IReadOnlyList<string>? Agreements { get; init; }

    /// <summary>Whether a line of the period was on it.</summary>
    public bool Has(RatedLine line) => Currency == line.Amount.Currency && Agreements?.Contains(line.AgreementId) != false;

    public static IssuedNumber Of(IssuedInvoice invoice, ClientBill bill) => new(invoice.Currency, invoice.Number)
    {
        Agreements = bill.Invoices.Count(draft => draft.Currency == invoice.Currency) > 1
            ? [.. bill.DraftOf(invoice.Currency, invoice.Part)!.Lines.Where(line => line.Adjusts is null).Select(line => line.AgreementId).Distinct().Order(StringComparer.Ordinal)]
            : null,
    };
}

/// <summary>An earlier period as a bill adjusts it.</summary>
/// <param name="Now">How it stands with the adjustment.</param>
/// <param name="ComparedWith">The bill in which it stood before: its own, or the one that adjusted it last.</param>
/// <param name="MovesCarried">Whether it leaves other balances than before; then the next period starts from these.</param>
public sealed record AdjustedPeriod(StandingPeriod Now, BillName ComparedWith, bool MovesCarried);

/// <summary>An invoiced period that something came late to, and that cannot be computed again, so that it could not be adjusted.</summary>
/// <param name="Problem">Why not, for the person who mends it.</param>
public sealed record UnadjustedPeriod(Period Period, string Problem)
{
    public const string Action = "Mend that, then close the next period: its invoice has the difference.";
}

/// <summary>A stored bill of a client.</summary>
public sealed record BillName(Period Period, string Hash);

/// <summary>A mark that a closed period's activities came, changed or left.</summary>
/// <param name="Import">Names the import that brought the last of them.</param>
public sealed record TouchedPeriod(Period Period, string Import);
