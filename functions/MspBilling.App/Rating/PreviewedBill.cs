using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Rating;

/// <summary>A bill as a preview shows it: its invoices with why each line costs what it does, what is not billed and why, and what is carried on.</summary>
/// <param name="Activities">What became of each activity, in the order in which they were given; null where many clients are shown.</param>
/// <param name="Outside">Activities of other days, which another period bills.</param>
public sealed record PreviewedBill(
    Period Period,
    string ClientId,
    string ClientName,
    string? Problem,
    IReadOnlyList<PreviewedInvoice> Invoices,
    IReadOnlyList<DispositionTotal> Dispositions,
    IReadOnlyList<PreviewedActivity>? Activities,
    IReadOnlyList<OutsideActivity> Outside,
    PreviewedState Carried)
{
    public bool HasHolds => Problem is not null || Dispositions.Any(total => total.Kind == DispositionKind.Held);

    /// <param name="activities">Those that the bill was made of, to show each; null shows their totals alone.</param>
    /// <param name="outside">Those that were left out as of other days.</param>
    public static PreviewedBill Of(ClientBill bill, IReadOnlyList<Activity>? activities, IReadOnlyList<Activity>? outside = null) => new(
        bill.Period,
        bill.ClientId,
        bill.ClientName,
        bill.Problem,
        [.. bill.Invoices.Select(PreviewedInvoice.Of)],
        DispositionTotal.Of(bill.Dispositions, bill.Invoices.Select(invoice => invoice.Net)),
        activities is null ? null : PreviewedActivity.Of(bill.Dispositions, activities),
        [.. (outside ?? []).Select(OutsideActivity.Of)],
        PreviewedState.Of(bill.CarriedOut));
}

public sealed record PreviewedInvoice(
    Currency Currency,
    Money Gross,
    Money Discount,
    Money Net,
    IReadOnlyList<TaxLine> Taxes,
    Money Tax,
    Money Total,
    DateOnly DueDate,
    string? PurchaseOrder,
    string? TaxNote,
    bool PricesIncludeTax,
    string? Part,
    IReadOnlyList<PreviewedLine> Lines)
{
    public static PreviewedInvoice Of(InvoiceDraft draft) => new(
        draft.Currency, draft.Gross, draft.Discount, draft.Net, draft.Taxes, draft.Tax, draft.Total, draft.DueDate, draft.PurchaseOrder, draft.TaxNote, draft.PricesIncludeTax, draft.Part, [.. draft.Lines.Select(PreviewedLine.Of)]);
}

/// <param name="Agreement">The agreement's id.</param>
/// <param name="Line">The agreement line's id.</param>
/// <param name="Explanation">The price in words that the client can check.</param>
/// <param name="Figures">The numbers of the explanation as data, in its order.</param>
/// <param name="Rules">Ids of the custom rules that changed the price.</param>
public sealed record PreviewedLine(
    string Agreement,
    string Line,
    string Item,
    LineKind Kind,
    string Service,
    string Description,
    Period ServicePeriod,
    decimal Quantity,
    string Unit,
    UnitPrice UnitPrice,
    Money Amount,
    Money Discount,
    Money Net,
    string Rule,
    int Version,
    string Explanation,
    IReadOnlyList<ExplainedFigure> Figures,
    IReadOnlyList<string> Rules)
{
    public static PreviewedLine Of(RatedLine line) => new(
        line.AgreementId, line.LineId, line.Item, line.Kind, line.Service, line.Description, line.ServicePeriod, line.Quantity, line.Unit, line.UnitPrice, line.Amount, line.Discount, line.Net,
        line.Explanation.Rule, line.Explanation.Version, line.Explanation.Sentence, line.Explanation.Figures, line.Rules ?? []);
}

/// <summary>What became of an activity, or of a share of it.</summary>
/// <param name="Reason">The reason's code; null for what is billed.</param>
/// <param name="Because">The reason in words; null for what is billed.</param>
/// <param name="Detail">The line that billed it, or what the reason is about.</param>
/// <param name="Action">What a person does about it; empty where nothing has to be done.</param>
/// <param name="Value">What it would be worth, where that is known.</param>
public sealed record PreviewedActivity(
    string Id,
    RecordKind Kind,
    string Description,
    DateOnly? Date,
    DispositionKind Disposition,
    string? Reason,
    string? Because,
    string? Detail,
    string? Action,
    decimal Hours,
    decimal Units,
    decimal Cost,
    Money? Value,
    Currency? ValueCurrency)
{
    internal static IReadOnlyList<PreviewedActivity> Of(IReadOnlyList<Disposition> dispositions, IReadOnlyList<Activity> activities)
    {
        var shares = dispositions.ToLookup(disposition => disposition.Activity);
        return
        [
            .. from activity in activities
               from share in shares[activity.Id]
               select new PreviewedActivity(
                   activity.Id.ExternalId, activity.Id.Kind, ActivityWords.Describe(activity), ActivityWords.DateOf(activity), share.Kind, share.Reason?.Code, share.Reason?.Title, share.Detail,
                   share.Reason?.Action, share.Quantity.Hours, share.Quantity.Units, share.Quantity.Cost, share.Value, share.Value?.Currency),
        ];
    }
}

public sealed record OutsideActivity(string Id, RecordKind Kind, string Description, DateOnly? Date)
{
    internal static OutsideActivity Of(Activity activity) =>
        new(activity.Id.ExternalId, activity.Id.Kind, ActivityWords.Describe(activity), ActivityWords.DateOf(activity));
}

/// <summary>What the period leaves to the next, in the form in which a case takes it in.</summary>
public sealed record PreviewedState(IReadOnlyList<PreviewedBalance> Balances, IReadOnlyList<PreviewedTotal> Totals, IReadOnlyList<PreviewedCount> Counts)
{
    internal static PreviewedState Of(CarriedState carried) => new(
        [
            .. carried.Balances.Select(balance => new PreviewedBalance(
                balance.Key.AgreementId, balance.Key.LineId, Subject(balance.Key), balance.GrantedTo, [.. balance.Lots.Select(lot => new PreviewedLot(lot.GrantedOn, Day(lot.EndsOn), lot.Granted, lot.Left))])),
        ],
        [.. carried.Totals.Select(total => new PreviewedTotal(total.Key.AgreementId, total.Key.LineId, Subject(total.Key), total.Amount, Day(total.Until)))],
        [
            .. carried.Readings.Select(reading => new PreviewedCount(
                reading.Key.AgreementId, reading.Key.LineId, Subject(reading.Key), reading.Day, reading.Quantity, reading.Subject, reading.Description)),
        ]);

    private static string? Subject(CarriedKey key) => key.Subject.Length == 0 ? null : key.Subject;

    private static DateOnly? Day(DateOnly day) => day == Period.NoEnd ? null : day;
}

public sealed record PreviewedBalance(string Agreement, string Line, string? Subject, DateOnly? GrantedTo, IReadOnlyList<PreviewedLot> Lots);

public sealed record PreviewedLot(DateOnly GrantedOn, DateOnly? EndsOn, decimal Granted, decimal Left);

public sealed record PreviewedTotal(string Agreement, string Line, string? Subject, decimal Amount, DateOnly? Until);

/// <param name="Of">Whom or what it is of; null where that is not told.</param>
public sealed record PreviewedCount(string Agreement, string Line, string? Subject, DateOnly Day, decimal Quantity, string? Of, string Description);
