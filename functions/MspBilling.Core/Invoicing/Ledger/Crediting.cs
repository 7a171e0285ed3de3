using System.Globalization;

namespace MspBilling.Core.Invoicing;

/// <summary>What somebody asks to be credited.</summary>
/// <param name="Id">Null where who asks gives none; then a credit note that is asked for twice is made twice, as far as there is something left.</param>
/// <param name="Lines">By the numbers of the invoice's lines; null for all that is left of the invoice.</param>
/// <param name="Restocks">Whether the work of the lines is billed again.</param>
public sealed record CreditRequest(string? Id, IReadOnlyList<CreditedAmount>? Lines, bool Restocks, string By, string Why);

/// <param name="Line">Its number on the invoice, from 1.</param>
/// <param name="Amount">Without tax; null for all that is left of the line.</param>
public sealed record CreditedAmount(int Line, decimal? Amount);

/// <summary>An issued invoice with all that is on it.</summary>
public sealed record WholeInvoice(IssuedInvoice Issued, InvoiceDraft Draft);

/// <summary>Whether, and as what, an invoice is credited: whole, in part or by line, never more than is left of a line and of the invoice.</summary>
/// <remarks>
/// <para>The tax of a credit note is the tax of what it credits, line by line: of each tax that a line bears the share that all that is credited of the line by now has,
/// less what the notes before it had. So the last note has the cent that is left: a line of 10.00 with 0.69 of tax, credited by 3.33, 3.33 and 3.34, gives back
/// 0.23, 0.23 and 0.23; of 0.70 it is 0.23, 0.24 and 0.23.</para>
/// <para>What is open of the invoice is lowered first; what is credited beyond that, because it was paid, is the client's in credit.</para>
/// <para>A line below zero, such as a deposit that is drawn, is credited with all of the invoice and not by itself: that would be a charge. Work is released by
/// lines that are credited whole by one note, because an amount is no number of hours.</para>
/// </remarks>
public static class Crediting
{
    /// <param name="invoice">The one to credit.</param>
    /// <param name="ledger">Of its client, as far as it is written.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="date">On the note.</param>
    /// <param name="at">When it is asked for.</param>
    /// <returns>The note, or why there is none and what to do.</returns>
    public static (CreditNote? Note, string? Problem) Of(WholeInvoice invoice, ClientLedger ledger, CreditRequest request, DateOnly date, DateTimeOffset at)
    {
        var (number, draft) = (invoice.Issued.Number, invoice.Draft);
        var before = ledger.NotesOf(number).ToList();
        var left = draft.LineTaxes.Select((line, index) => line.Net - CreditedOf(before, index, draft.Currency)).ToList();
        var (amounts, problem) = request.Lines is { } lines ? ByLine(draft, left, lines) : (Rest(left), null);
        if (problem is not null)
        {
            return (null, problem);
        }

        var net = Money.Sum(amounts!.Select(amount => amount.Net), draft.Currency);
        var leftInAll = draft.Net - Money.Sum(before.Select(note => note.Net), draft.Currency);
        if (net > leftInAll || net.IsNegative || net.IsZero)
        {
            return (null, leftInAll.IsZero ? $"All of {number} is credited already." : $"{net} cannot be credited of {number}: {leftInAll} of it is left, net. Ask for more than 0 and at most that.");
        }

        if (request.Restocks && amounts!.FindIndex(amount => amount.Net != draft.LineTaxes[amount.Index].Net) is >= 0 and var part)
        {
            return (null, $"{NameOf(draft, amounts[part].Index)} is credited in part, and only a line that is credited whole releases its work. Credit all of the line, or without restocking.");
        }

        List<CreditedLine> credited = [.. amounts!.Select(amount => new CreditedLine(amount.Index, new LineTax(amount.Net, [.. SharesOf(draft, before, amount.Index, amount.Net)])))];
        var note = new CreditNote(number, invoice.Issued.Period, credited, request.Restocks)
        {
            Id = request.Id ?? string.Create(CultureInfo.InvariantCulture, $"{number}/credit/{before.Count + 1}"),
            Date = date,
            At = at,
            By = request.By,
            Why = request.Why,
            Taxes = [.. draft.Taxes.Select((tax, place) => Of(tax, place, credited, draft.Currency))],
        };
        var open = invoice.Issued.Total - ledger.SettledOf(number, draft.Currency);
        var off = note.Total < open ? note.Total : open;
        return (note with { Shares = off.IsZero ? [] : [new InvoiceShare(number, off)], Grants = note.Total > off ? new AccountCredit(note.Total - off) : null }, null);
    }

    /// <summary>Whether a note is what is asked for: the same id with other words for it is a mistake, and not the same note again.</summary>
    public static bool IsSame(CreditNote note, WholeInvoice invoice, CreditRequest request) =>
        note.Invoice == invoice.Issued.Number && note.Restocks == request.Restocks && note.By == request.By && note.Why == request.Why
        && (request.Lines is null || request.Lines.Select(line => IndexOf(invoice.Draft, line.Line)).SequenceEqual(note.Lines.Select(line => (int?)line.Index)))
        && (request.Lines ?? []).Zip(note.Lines).All(pair => pair.First.Amount is not { } amount || amount == pair.Second.Tax.Net.Amount);

    private static Money CreditedOf(IEnumerable<CreditNote> notes, int index, Currency currency) =>
        Money.Sum(notes.SelectMany(note => note.Lines).Where(line => line.Index == index).Select(line => line.Tax.Net), currency);

    private static List<(int Index, Money Net)> Rest(List<Money> left) => [.. left.Select((net, index) => (index, net)).Where(line => !line.net.IsZero)];

    private static (List<(int Index, Money Net)>? Amounts, string? Problem) ByLine(InvoiceDraft draft, List<Money> left, IReadOnlyList<CreditedAmount> lines)
    {
        var amounts = new List<(int Index, Money Net)>();
        foreach (var asked in lines)
        {
            if (IndexOf(draft, asked.Line) is not { } index)
            {
                return (null, $"The invoice has no line {asked.Line}; it has lines 1 to {draft.Lines.Count}.");
            }

            var name = NameOf(draft, index);
            if (amounts.Exists(amount => amount.Index == index))
            {
                return (null, $"{name} is named twice. Name each line once.");
            }

            if (draft.LineTaxes[index].Net.IsNegative)
            {
                return (null, $"{name} is below zero, and is credited only with all of the invoice. Leave the lines away to credit all that is left.");
            }

            var (net, problem) = AmountOf(asked.Amount, left[index], name);
            if (problem is not null)
            {
                return (null, problem);
            }

            amounts.Add((index, net));
        }

        return amounts.Count == 0 ? (null, "Name at least one line, or leave the lines away to credit all that is left.") : (amounts, null);
    }

    private static (Money Net, string? Problem) AmountOf(decimal? asked, Money left, string name)
    {
        if (left.IsZero)
        {
            return (left, $"{name} has nothing left to credit.");
        }

        if (asked is not { } amount)
        {
            return (left, null);
        }

        return Rounding.ToPlaces(amount, left.Currency.MinorUnits) != amount ? (left, string.Create(CultureInfo.InvariantCulture, $"{name}: {amount} has more places than {left.Currency} has."))
            : amount <= 0 ? (left, string.Create(CultureInfo.InvariantCulture, $"{name}: {amount} is no amount to credit; it is above 0 and at most {left}."))
            : amount > left.Amount ? (left, string.Create(CultureInfo.InvariantCulture, $"{name}: {amount} is more than is left of it, {left} net."))
            : (new Money(amount, left.Currency), null);
    }

    private static IEnumerable<TaxShare> SharesOf(InvoiceDraft draft, List<CreditNote> before, int index, Money net)
    {
        var of = draft.LineTaxes[index];
        var byNow = CreditedOf(before, index, draft.Currency) + net;
        foreach (var share in of.Shares)
        {
            var given = Money.Sum(before.SelectMany(note => note.Lines).Where(line => line.Index == index).SelectMany(line => line.Tax.Shares).Where(s => s.Of == share.Of).Select(s => s.Tax), draft.Currency);
            yield return new TaxShare(share.Of, (byNow == of.Net ? share.Tax : Rounding.ToMoney(share.Tax.Amount * byNow.Amount / of.Net.Amount, draft.Currency)) - given);
        }
    }

    private static TaxLine Of(TaxLine tax, int place, List<CreditedLine> credited, Currency currency)
    {
        var bearing = credited.Where(line => line.Tax.Shares.Any(share => share.Of == place)).ToList();
        var others = tax.IsCompound ? bearing.SelectMany(line => line.Tax.Shares.TakeWhile(share => share.Of != place)).Select(share => share.Tax) : [];
        return tax with
        {
            Base = Money.Sum(bearing.Select(line => line.Tax.Net).Concat(others), currency),
            Tax = Money.Sum(bearing.SelectMany(line => line.Tax.Shares).Where(share => share.Of == place).Select(share => share.Tax), currency),
        };
    }

    private static int? IndexOf(InvoiceDraft draft, int number) => draft.Numbered.FirstOrDefault(numbered => numbered.Number == number)?.Place;

    private static string NameOf(InvoiceDraft draft, int index) => draft.Numbered.Where(numbered => numbered.Place == index).Select(numbered => $"Line {numbered.Number} ({numbered.Line.Description})").Single();
}
