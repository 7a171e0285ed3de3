using MspBilling.Core.Clients;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

public enum ClientState
{
    /// <summary>It has an invoice that cannot be changed any more.</summary>
    Issued,

    /// <summary>There was nothing to invoice.</summary>
    NothingToInvoice,

    /// <summary>It could not be billed; the reason says why.</summary>
    Quarantined,

    /// <summary>Nobody who is billed: the MSP's own work, and work that no client is known for.</summary>
    NotAClient,

    /// <summary>Its invoices are drafts and wait for a person; every close computes them anew.</summary>
    Draft,

    /// <summary>A person has let its drafts go; they get their numbers next, as they were approved.</summary>
    Approved,
}

/// <summary>How a period stands for one client: what reports and runs read instead of the whole bill.</summary>
/// <param name="BillHash">Names the stored bill.</param>
/// <param name="Inputs">Hash of the bill's inputs: a close that finds the same does nothing.</param>
/// <param name="Activities">How many were captured.</param>
/// <param name="Totals">Everything captured, by what became of it.</param>
public sealed record ClientOutcome(
    Period Period, string ClientId, string ClientName, ClientState State, string? Problem, string BillHash, string Inputs, int Activities, IReadOnlyList<DispositionTotal> Totals)
{
    /// <summary>What the client's next period starts from; null for nothing.</summary>
    public CarriedState? Carried { get; init; }

    /// <summary>What is to be known of the client's periods up to this one; null where each stands in its own bill and waits for nothing.</summary>
    public ClientPast? Past { get; init; }

    /// <summary>Marks on earlier periods that the bill has dealt with.</summary>
    public IReadOnlyList<TouchedPeriod>? LookedAt { get; init; }

    /// <summary>Invoiced periods, this one or the one before it that its bill could not adjust, which cannot be computed again; null for none.</summary>
    public IReadOnlyList<UnadjustedPeriod>? NotAdjusted { get; init; }

    /// <summary>What of its reconciliation was open when it was billed; null for nothing.</summary>
    public Unreconciled? Unreconciled { get; init; }

    /// <summary>Where a later bill has adjusted the period: that bill. The totals are as it left them.</summary>
    public BillName? StandsIn { get; init; }

    /// <summary>The recurring things that the period's own invoices charge for; null for none.</summary>
    public IReadOnlyList<RecurringItem>? Recurring { get; init; }

    /// <summary>Agreements of which something is on the period's own invoices; null for none.</summary>
    public IReadOnlyList<string>? BilledAgreements { get; init; }

    /// <summary>The invoices that wait; null where none do.</summary>
    public IReadOnlyList<DraftedInvoice>? Drafts { get; init; }

    /// <summary>What the drafts wait for; null for nothing.</summary>
    public IReadOnlyList<Objection>? Objections { get; init; }

    /// <summary>What was invoiced to the client up to this period; null for nothing.</summary>
    public InvoicedHistory? History { get; init; }

    /// <summary>Who let the drafts go; null where nobody had to.</summary>
    public Approval? Approval { get; init; }

    /// <summary>Where its invoices stand, before any payment; null where it has none.</summary>
    public InvoiceState? InvoiceState => State switch
    {
        ClientState.Draft => InvoiceState.Draft,
        ClientState.Approved => InvoiceState.Approved,
        ClientState.Issued => InvoiceState.Issued,
        _ => null,
    };

    /// <summary>Whether its invoices are computed and not issued.</summary>
    public bool Waits => State is ClientState.Draft or ClientState.Approved;

    /// <param name="before">The client's outcome before this one; null for none.</param>
    public static ClientOutcome Of(ClientBill bill, ClientState state, string hash, ClientOutcome? before) => new(
        bill.Period, bill.ClientId, bill.ClientName, state, bill.Problem, hash, StandingPeriod.HashOf(bill.Inputs, bill.CarriedIn),
        CountOf(bill.Dispositions), DispositionTotal.Of(bill.Dispositions, bill.Invoices.Select(invoice => invoice.Net)))
    {
        Carried = bill.CarriedOut.IsNone ? null : bill.CarriedOut,
        Past = ClientPast.After(before?.Past, bill, hash),
        LookedAt = bill.LookedAt.Count == 0 ? null : bill.LookedAt,
        History = before?.History,
        NotAdjusted = bill.NotAdjusted is { } period ? [period] : null,
        Recurring = RecurringItem.Of(bill.Invoices.SelectMany(invoice => invoice.Lines)) is { Count: > 0 } recurring ? recurring : null,
        BilledAgreements = bill.Invoices.Count == 0 ? null
            : [.. bill.Invoices.SelectMany(invoice => invoice.Lines).Where(line => line.Adjusts is null && !line.Amount.IsZero).Select(line => line.AgreementId).Distinct().Order(StringComparer.Ordinal)],
    };

    /// <summary>Of a bill that has its numbers and cannot be printed: held, while later periods go on from what it adjusts and leaves, so that none bills it once more.</summary>
    /// <param name="held">The bill that holds everything instead.</param>
    /// <param name="hash">Names that.</param>
    public static ClientOutcome Unprintable(ClientBill held, string hash, ClientBill bill, string billHash, ClientOutcome? before) => Of(held, ClientState.Quarantined, hash, before) with
    {
        Carried = bill.CarriedOut.IsNone ? null : bill.CarriedOut,
        Past = ClientPast.After(before?.Past, bill, billHash),
    };

    /// <summary>Of a bill whose invoices wait: until they are issued the client's next period finds everything as the one before left it.</summary>
    /// <param name="objections">At least one.</param>
    public static ClientOutcome Waiting(ClientBill bill, string hash, ClientOutcome? before, IReadOnlyList<Objection> objections)
    {
        var outcome = Of(bill, ClientState.Draft, hash, before);
        return outcome with
        {
            Totals = [.. outcome.Totals.Select(total => total.Kind == DispositionKind.Billed ? total with { Kind = DispositionKind.Held, Reason = Reason.AwaitsApproval } : total)],
            Carried = before?.Carried,
            Past = before?.Past,
            LookedAt = null,
            Recurring = null,
            BilledAgreements = null,
            Drafts = [.. bill.Invoices.Select(DraftedInvoice.Of)],
            Objections = objections,
        };
    }

    /// <summary>The same drafts, let go by a person.</summary>
    public ClientOutcome ApprovedBy(Approval approval) => this with { State = ClientState.Approved, Approval = approval };

    /// <summary>The drafts dropped: everything is held until the period is closed again.</summary>
    /// <param name="held">The bill that holds everything instead.</param>
    /// <param name="hash">Names that.</param>
    public ClientOutcome Cancelled(ClientBill held, string hash) => Of(held, ClientState.Quarantined, hash, null) with { Carried = Carried, Past = Past, History = History };

    /// <summary>The same period with other dispositions, as adjusted or with what came late.</summary>
    public ClientOutcome With(StandingPeriod standing, IReadOnlyList<Disposition> dispositions, IEnumerable<IssuedInvoice> invoices, BillName? standsIn) => this with
    {
        Inputs = standing.InputsHash,
        Activities = CountOf(dispositions),
        Totals = DispositionTotal.Of(dispositions, invoices.Select(invoice => invoice.Net)),
        StandsIn = standsIn,
    };

    /// <summary>The same, with what is known now of one of the periods that cannot be computed again.</summary>
    /// <param name="problem">Null when it can.</param>
    public ClientOutcome With(Period period, string? problem)
    {
        IReadOnlyList<UnadjustedPeriod> known = [.. (NotAdjusted ?? []).Where(unadjusted => unadjusted.Period != period), .. problem is null ? [] : new[] { new UnadjustedPeriod(period, problem) }];
        return this with { NotAdjusted = known.Count == 0 ? null : known };
    }

    private static int CountOf(IEnumerable<Disposition> dispositions) => dispositions.Select(d => d.Activity).Distinct().Count();
}

/// <summary>All activities of one disposition and reason.</summary>
/// <param name="Values">What they are worth, one amount a currency; what is billed is worth what is invoiced.</param>
public sealed record DispositionTotal(DispositionKind Kind, Reason? Reason, int Activities, decimal Hours, decimal Units, IReadOnlyList<Money> Values)
{
    /// <param name="dispositions">Of a client's period.</param>
    /// <param name="invoiced">Net of each of its invoices.</param>
    public static IReadOnlyList<DispositionTotal> Of(IEnumerable<Disposition> dispositions, IEnumerable<Money> invoiced)
    {
        var billed = invoiced.ToList();
        return
        [
            .. dispositions.GroupBy(d => (d.Kind, d.Reason)).OrderBy(g => g.Key.Kind).ThenBy(g => g.Key.Reason?.Code, StringComparer.Ordinal).Select(g => new DispositionTotal(
                g.Key.Kind,
                g.Key.Reason,
                g.Count(),
                g.Sum(d => d.Quantity.Hours),
                g.Sum(d => d.Quantity.Units),
                g.Key.Kind == DispositionKind.Billed ? billed : PerCurrency(g.Select(d => d.Value)))),
        ];
    }

    /// <summary>One sum a currency, in the order of their codes.</summary>
    public static IReadOnlyList<Money> PerCurrency(IEnumerable<Money?> amounts) =>
    [
        .. amounts.OfType<Money>().GroupBy(m => m.Currency).OrderBy(g => g.Key.Code, StringComparer.Ordinal).Select(g => Money.Sum(g, g.Key)),
    ];
}

/// <summary>An issued invoice as lists and reports need it.</summary>
/// <param name="Balance">What is still to be paid.</param>
/// <param name="Services">Net revenue by service.</param>
/// <param name="BillHash">Names the stored bill that holds its lines.</param>
/// <param name="PdfHash">SHA-256 of the document.</param>
public sealed record IssuedInvoice(
    string Number,
    Period Period,
    string ClientId,
    string ClientName,
    DateOnly InvoiceDate,
    DateOnly DueDate,
    Money Net,
    Money Tax,
    Money Total,
    Money Balance,
    IReadOnlyList<ServiceTotal> Services,
    string BillHash,
    string PdfHash)
{
    public Currency Currency => Total.Currency;

    /// <summary>Which of the client's invoices in the currency; null for the only one.</summary>
    public string? Part { get; init; }

    /// <summary>What was credited of it, with tax; null for nothing.</summary>
    public Money? Credited { get; init; }

    /// <summary>Where it stands in its life, by what was credited, given up and is open.</summary>
    public InvoiceState State =>
        Credited == Total ? InvoiceState.Void
        : Balance.IsZero && WrittenOff is not null ? InvoiceState.WrittenOff
        : InvoiceState.Of(Total + (LateFees ?? Money.Zero(Currency)), Balance);

    /// <summary>What of it is not expected any more; null for nothing.</summary>
    public Money? WrittenOff { get; init; }

    /// <summary>What its terms charge for paying it late; null for nothing.</summary>
    public LateFee? LateFee { get; init; }

    /// <summary>What was charged beside its total for paying it late and not waived; null for nothing.</summary>
    public Money? LateFees { get; init; }

    /// <summary>What was paid from credit when it was issued, as it says; null for nothing.</summary>
    public IReadOnlyList<PaidAtIssue>? PaidAtIssue { get; init; }

    /// <summary>Why that is not what its draft showed; null where it is.</summary>
    public string? CreditChange { get; init; }

    /// <summary>How many entries of the client's ledger the balance has in it; null for none.</summary>
    public int? Entries { get; init; }

    /// <summary>The same with what the ledger has made of it.</summary>
    public IssuedInvoice With(ClientLedger ledger)
    {
        var credited = Money.Sum(ledger.NotesOf(Number).Select(note => note.Total), Currency);
        var writtenOff = ledger.WrittenOffOf(Number, Currency);
        var fees = ledger.LateFeesOf(Number, Currency);
        return this with
        {
            Balance = Total - ledger.SettledOf(Number, Currency),
            Credited = credited.IsZero ? null : credited,
            WrittenOff = writtenOff.IsZero ? null : writtenOff,
            LateFees = fees.IsZero ? null : fees,
            Entries = ledger.Entries.Count,
        };
    }

    public static IssuedInvoice Of(string number, ClientBill bill, InvoiceDraft draft, string billHash, string pdfHash) => new(
        number,
        bill.Period,
        bill.ClientId,
        bill.ClientName,
        draft.InvoiceDate,
        draft.DueDate,
        draft.Net,
        draft.Tax,
        draft.Total,
        draft.Total,
        [.. draft.Lines.Zip(draft.LineTaxes).GroupBy(line => line.First.Service).Select(g => new ServiceTotal(g.Key, Money.Sum(g.Select(line => line.Second.Net), draft.Currency)))],
        billHash,
        pdfHash)
    {
        LateFee = draft.PaymentTerms.LateFee,
        Part = draft.Part,
    };
}

public sealed record ServiceTotal(string Service, Money Net);
