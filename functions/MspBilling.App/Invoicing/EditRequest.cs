using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>What somebody asks to be changed on a draft.</summary>
/// <param name="Id">Of who asks, so that a request that is sent again is not done again; null for none.</param>
/// <param name="Currency">Of the draft; null where there is one.</param>
/// <param name="Line">Its number on the draft; null for a line of its own or, with a percentage, for all of an agreement's.</param>
/// <param name="Agreement">By id or name, where no line is named; null where the draft is of one agreement.</param>
/// <param name="Service">That a line of its own stands under and is taxed by.</param>
/// <param name="Text">What the client reads.</param>
/// <param name="Amount">One of the three: an amount in the draft's currency, below zero to take off,</param>
/// <param name="Percent">a percentage of the line or the agreement's lines,</param>
/// <param name="To">what the line shall come to.</param>
public sealed record EditRequest(
    Period Period, string ClientId, string? Id, string? Currency, int? Line, string? Agreement, string? Service, string? Text, decimal? Amount, decimal? Percent, decimal? To, string By, string Why)
{
    /// <summary>Which of the client's drafts in the currency; null where there is one.</summary>
    public string? Part { get; init; }

    private const int LongestText = 500;
    private const decimal MostPercent = 1000;
    private const decimal Most = 1_000_000_000;

    /// <summary>The edit that is asked for, or what is wrong with the request and what to do.</summary>
    /// <param name="bill">The draft as it is stored.</param>
    /// <param name="number">How many edits of the client's period came before it.</param>
    internal (DraftEdit? Edit, string? Problem) On(ClientBill bill, ClientDirectory directory, int number, DateTimeOffset at)
    {
        if (string.IsNullOrWhiteSpace(Text) || Text.Length > LongestText)
        {
            return (null, $"Say in \"text\" what the client is to read on the invoice, in at most {LongestText} characters.");
        }

        if (new[] { Amount, Percent, To }.Count(value => value is not null) != 1)
        {
            return (null, "Say one of three: an \"amount\", a \"percent\", or what the line shall come \"to\". Below zero takes off.");
        }

        if (bill.Invoices.Where(invoice => (Currency is null || invoice.Currency.Code == Currency) && (Part is null || invoice.Part == Part)).ToList() is not [var draft])
        {
            return (null, $"Say with \"currency\"{(bill.Invoices.Any(invoice => invoice.Part is not null) ? " and \"part\"" : "")} which draft is meant: {string.Join(" or ", bill.Invoices.Select(invoice => DraftEndpoint.Named(DraftedInvoice.Of(invoice))))}.");
        }

        var (named, problem) = Line is { } line ? LineOf(draft, line) : (null, To is null ? null : "Say with \"line\" which line shall come to that.");
        if ((problem ?? ProblemOf(draft.Currency)) is { } wrong)
        {
            return (null, wrong);
        }

        var (agreement, unknown) = named is null ? AgreementOf(draft, directory) : (named.AgreementId, null);
        var isOfItsOwn = named is null && Percent is null;
        if (agreement is null || (isOfItsOwn && string.IsNullOrWhiteSpace(Service)))
        {
            return (null, unknown ?? $"Say with \"service\" what a line of its own stands under and is taxed by, such as {draft.Lines[0].Service}.");
        }

        return (
            new DraftEdit
            {
                Id = Id is null ? DraftEdit.IdOf(ClientId, Period, number) : DraftEdit.IdOf(ClientId, Period, Id),
                ClientId = ClientId,
                Period = Period,
                AgreementId = agreement,
                Currency = draft.Currency,
                Line = named is null ? null : DraftEdits.NameOf(named),
                Text = Text.Trim(),
                Service = isOfItsOwn ? Service!.Trim() : null,
                Amount = Amount,
                Percent = Percent,
                To = To,
                By = By,
                Why = Why,
                At = at,
            },
            null);
    }

    private static (RatedLine? Line, string? Problem) LineOf(InvoiceDraft draft, int number) => draft.Numbered.FirstOrDefault(numbered => numbered.Number == number)?.Line switch
    {
        null => (null, $"The draft has no line {number}; it has lines 1 to {draft.Lines.Count}."),
        { Edit: { } edit } => (null, $"Line {number} is itself an edit. Withdraw {edit} and make another."),
        { Adjusts: { } adjusts } => (null, $"Line {number} adjusts what was invoiced for {adjusts.Period}. Put an amount on a line of its own beside it."),
        var line => (line, null),
    };

    private string? ProblemOf(Currency currency)
    {
        var amount = Amount ?? To ?? 0;
        return Math.Abs(amount) >= Most || Rounding.ToPlaces(amount, currency.MinorUnits) != amount
            ? string.Create(CultureInfo.InvariantCulture, $"{amount} is no amount in {currency}: it has at most {currency.MinorUnits} places, and is less than {Most:#,##0}.")
            : Math.Abs(Percent ?? 0) > MostPercent ? $"\"percent\" is between -{MostPercent} and {MostPercent}." : null;
    }

    private (string? Id, string? Problem) AgreementOf(InvoiceDraft draft, ClientDirectory directory)
    {
        var onIt = draft.Lines.Where(line => line.Edit is null).Select(line => (Id: line.AgreementId, Name: line.AgreementName)).Distinct().ToList();
        if (Agreement is null)
        {
            return onIt is [var only] ? (only.Id, null) : (null, $"Say with \"agreement\" which one it belongs to: {Names(onIt)}.");
        }

        var known = (Percent is null ? onIt.Concat(directory.AgreementNames(ClientId)) : onIt).Distinct().ToList();
        return known.Where(each => each.Id == Agreement).Concat(known.Where(each => string.Equals(each.Name, Agreement, StringComparison.OrdinalIgnoreCase))).FirstOrDefault() is { Id: { } id }
            ? (id, null)
            : (null, $"No agreement on the draft is called '{Agreement}'; there are {Names(known)}.");
    }

    private static string Names(IEnumerable<(string Id, string Name)> agreements) => string.Join(", ", agreements.Select(agreement => $"{agreement.Id} ({agreement.Name})"));
}
