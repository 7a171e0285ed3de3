using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

/// <summary>Makes a client's bill of a period: a pure function from captured records to invoices and dispositions.</summary>
/// <remarks>The same function closes a month, previews one, and verifies one that was closed.</remarks>
public static class ClientBilling
{
    /// <param name="directory">Who is who; at least the records behind this client.</param>
    /// <param name="clientId">Whom to bill.</param>
    /// <param name="period">The days to bill.</param>
    /// <param name="invoiceDate">The date on the invoices.</param>
    /// <param name="activities">The client's activities of the period and those that stand, in any order.</param>
    /// <param name="carried">What the client's period before left; none for the first.</param>
    /// <param name="adjustments">Of earlier periods, oldest first; they go on these invoices, or nowhere where these cannot be made.</param>
    public static ClientBill Bill(
        ClientDirectory directory, string clientId, Period period, DateOnly invoiceDate, IEnumerable<Activity> activities, CarriedState? carried = null,
        IReadOnlyList<Adjustment>? adjustments = null)
    {
        var left = carried ?? CarriedState.None;
        var adjusted = adjustments ?? [];
        var counted = Counted(directory, clientId, activities, period);
        var carriedIn = adjusted is [.., { Period: { MovesCarried: true } last }] ? last.Now.CarriedOut : left;
        var (rated, problem) = Rate(directory, clientId, period, counted, carriedIn);
        if (rated is null)
        {
            return Quarantined(directory, clientId, period, invoiceDate, counted, problem!, left);
        }

        ClientBill Bill(IReadOnlyList<InvoiceDraft> invoices, IReadOnlyList<Disposition> dispositions, string? problem) =>
            new(period, clientId, directory.NameOf(clientId), invoiceDate, invoices, dispositions, Inputs(directory, clientId, period, counted), problem)
            {
                CarriedIn = problem is null ? carriedIn : left,
                CarriedOut = problem is null ? rated.Carried : left,
                AsBilled = AsBilled.Of(counted),
                Adjusted = problem is null ? [.. adjusted.Select(adjustment => adjustment.Period)] : [],
            };

        var client = directory.ClientOf(clientId).Client!;
        var agreements = directory.AgreementsOf(client);
        var invoices = new List<InvoiceDraft>();
        var parts = InvoiceParts.Of(client.Split, agreements, rated.Lines.Concat(adjusted.SelectMany(a => a.Lines)).Concat(DraftEdits.Of(directory, clientId, period, rated.Lines).Lines));
        if (parts.Count > InvoiceParts.Most)
        {
            return HeldWhole(Reason.TooManyInvoices, InvoiceParts.TooMany(parts.Count));
        }

        foreach (var part in parts)
        {
            var (draft, refused, detail) = Draft(client, directory.Settings, period, invoiceDate, part, agreements);
            if (draft is not null)
            {
                invoices.Add(draft);
                continue;
            }

            return HeldWhole(refused!, detail!);
        }

        return Bill(invoices, rated.Dispositions, null);

        // One invoice that cannot be made holds the client's whole period: which activity fell to which invoice
        // would be a second account of the same thing, and a person has to look anyway.
        ClientBill HeldWhole(Reason because, string detail)
        {
            var held = rated.Dispositions.Select(d => d.Kind == DispositionKind.Billed ? d with { Kind = DispositionKind.Held, Reason = because, Detail = detail } : d).ToList();
            return Bill([], StandingDecisions.Of(directory, clientId, period, counted)?.Apply(held) ?? held, detail);
        }
    }

    /// <summary>Prices a client's period, or says what has to be mended first.</summary>
    internal static (RatedPeriod? Rated, string? Problem) Rate(ClientDirectory directory, string clientId, Period period, IReadOnlyList<Activity> counted, CarriedState carried)
    {
        var (client, problem) = directory.ClientOf(clientId);
        if (client is null)
        {
            return (null, problem);
        }

        var agreements = directory.AgreementsOf(client);
        if (!client.IsInternal && agreements.FirstOrDefault(a => a.Problem is not null && a.Term.Overlap(period) is not null) is { } unbillable)
        {
            return (null, unbillable.Problem);
        }

        var rated = Rater.Rate(new RatingCase(client, period, agreements, directory, [.. counted.Select(directory.InOurWords)])
        {
            Carried = carried,
            Decisions = StandingDecisions.Of(directory, clientId, period, counted),
        });
        return Conservation.Violations(counted, rated.Dispositions) is { Count: > 0 } violations
            ? (null, $"The books do not balance in {violations.Count} places: {violations[0]}")
            : (rated, null);
    }

    /// <summary>The bill of a client that cannot be billed: everything held, with what has to be mended. It passes on what was carried to it.</summary>
    public static ClientBill Quarantine(
        ClientDirectory directory, string clientId, Period period, DateOnly invoiceDate, IEnumerable<Activity> activities, string problem, CarriedState? carried = null) =>
        Quarantined(directory, clientId, period, invoiceDate, Counted(directory, clientId, activities, period), problem, carried ?? CarriedState.None);

    /// <summary>By agreement, the days that a period's bill charges additions for: its own, and those of longer cycles that are due.</summary>
    internal static IReadOnlyDictionary<string, Period> ChargedDays(ClientDirectory directory, string clientId, Period period) =>
        (directory.ClientOf(clientId).Client is { } client ? directory.AgreementsOf(client) : [])
            .ToDictionary(agreement => agreement.Id, agreement => DueCycles.Charged(agreement, period), StringComparer.Ordinal);

    /// <summary>Those that count in the period, which may be a part of the months that they are stored by. An addition of a line that bills longer cycles is of the bill that is due for its days, though it ended before the period.</summary>
    internal static Activity[] Counted(ClientDirectory directory, string clientId, IEnumerable<Activity> activities, Period period)
    {
        var charged = ChargedDays(directory, clientId, period);
        var isPart = period.Start.Day != 1 || period.End.Day != 1;
        return [.. activities.Where(activity => !isPart || directory.DayOf(clientId, activity) is not { } day || period.Contains(day)).Where(activity => ActivityPeriod.Counts(activity, activity is Addition addition ? charged.GetValueOrDefault(addition.AgreementId, period) : period))];
    }

    private static ClientBill Quarantined(
        ClientDirectory directory, string clientId, Period period, DateOnly invoiceDate, IReadOnlyList<Activity> counted, string problem, CarriedState carried) => new(
            period,
            clientId,
            directory.NameOf(clientId),
            invoiceDate,
            [],
            Held(directory, clientId, period, counted, problem),
            Inputs(directory, clientId, period, counted),
            problem)
        {
            CarriedIn = carried,
            CarriedOut = carried,
        };

    private static IReadOnlyList<Disposition> Held(ClientDirectory directory, string clientId, Period period, IReadOnlyList<Activity> counted, string problem)
    {
        var held = Sorted(counted.Select(a => Disposition.Held(a, Reason.Quarantined, problem)));
        return StandingDecisions.Of(directory, clientId, period, counted)?.Apply(held) ?? held;
    }

    /// <summary>The records that decide a client's period, each at its version. Of the decisions about its work, those about work of the period; of the edits, those of its draft.</summary>
    internal static IReadOnlyList<RecordVersion> Inputs(ClientDirectory directory, string clientId, Period period, IReadOnlyCollection<Activity> counted)
    {
        var ids = directory.DecisionsOf(clientId).Any() ? counted.Select(activity => activity.Id).ToHashSet() : [];
        return
        [
            .. directory.RecordsBehind(clientId).Where(IsOfIt).Concat(counted).Select(RecordVersion.Of)
                .OrderBy(v => v.Id.Kind).ThenBy(v => v.Id.Source, StringComparer.Ordinal).ThenBy(v => v.Id.ExternalId, StringComparer.Ordinal),
        ];

        bool IsOfIt(CapturedRecord record) => record switch
        {
            Decision decision => ids.Contains(decision.Activity),
            DraftEdit edit => edit.Period == period,
            _ => true,
        };
    }

    private static (InvoiceDraft? Draft, Reason? Refused, string? Detail) Draft(
        Client client, MspSettings settings, Period period, DateOnly invoiceDate, InvoicePart part, IReadOnlyList<Agreement> agreements)
    {
        var (currency, lines) = (part.Currency, part.Lines);
        var net = part.Net;
        if (net.IsNegative)
        {
            return (null, Reason.NegativeInvoice, $"The {currency} invoice would be {net}.");
        }

        var (taxes, problem) = InvoiceTaxes.Of(client, settings, lines, invoiceDate);
        if (taxes is null)
        {
            return (null, Reason.MissingTaxRate, problem);
        }

        var billed = lines.Select(line => line.AgreementId).ToHashSet();
        var orders = agreements.Where(a => billed.Contains(a.Id)).Select(a => a.PurchaseOrder).Where(po => !string.IsNullOrWhiteSpace(po)).Distinct();
        return (new InvoiceDraft
        {
            Currency = currency,
            BillTo = new BillTo(client.Name, client.AddressLines, client.InvoiceEmail, client.TaxNumber, client.Language) { Buyer = client.Buyer },
            InvoiceDate = invoiceDate,
            DueDate = client.PaymentTerms.DueDate(invoiceDate),
            PaymentTerms = client.PaymentTerms,
            Period = period,
            PurchaseOrder = string.Join(", ", orders) is { Length: > 0 } text ? text : null,
            Lines = lines,
            Taxes = taxes.Taxation.Taxes,
            LineTaxes = taxes.Taxation.Lines,
            TaxNote = taxes.Note,
            PricesIncludeTax = taxes.PricesIncludeTax,
            Documents = client.Documents,
            Part = part.Name,
            Site = client.Split == InvoiceSplit.Site ? part.Name : null,
        }, null, null);
    }

    private static IReadOnlyList<Disposition> Sorted(IEnumerable<Disposition> dispositions) =>
    [
        .. dispositions.OrderBy(d => d.Activity.Kind).ThenBy(d => d.Activity.Source, StringComparer.Ordinal)
            .ThenBy(d => d.Activity.ExternalId, StringComparer.Ordinal).ThenBy(d => d.Kind),
    ];
}
