using System.Globalization;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

/// <summary>The lines that edits put on a draft, beside those that were rated.</summary>
/// <remarks>
/// <para>An edit of a line stands under the line's service and days, and so bears its tax. A percentage of all of an agreement's lines is rounded once and
/// split over what is taxed alike and of the same days, by largest remainder: -10 % of 400.00 at 19 % and of 100.05 at 7 % is -50.01, of which -40.00 at 19 % and -10.01 at 7 %.</para>
/// <para>Edits are of what was rated, never of each other, and of none of the adjustments of earlier periods: their order does not matter.</para>
/// </remarks>
/// <param name="Lines">In the order of the edits.</param>
/// <param name="Lost">Edits whose line is not rated any more, or whose agreement has no line with an amount.</param>
public sealed record DraftEdits(IReadOnlyList<RatedLine> Lines, IReadOnlyList<DraftEdit> Lost)
{
    private static readonly DraftEdits None = new([], []);

    /// <param name="directory">Who is who, and what was edited.</param>
    /// <param name="clientId">Whose draft.</param>
    /// <param name="period">Of the draft.</param>
    /// <param name="rated">The period's lines.</param>
    public static DraftEdits Of(ClientDirectory directory, string clientId, Period period, IReadOnlyList<RatedLine> rated) => Of(directory, directory.EditsOf(clientId, period), rated);

    /// <param name="directory">Who is who.</param>
    /// <param name="all">Edits of the client's draft, withdrawn ones too.</param>
    /// <param name="rated">The period's lines.</param>
    public static DraftEdits Of(ClientDirectory directory, IEnumerable<DraftEdit> all, IReadOnlyList<RatedLine> rated)
    {
        var edits = Standing(all).ToList();
        if (edits.Count == 0)
        {
            return None;
        }

        var (lines, lost) = (new List<RatedLine>(), new List<DraftEdit>());
        foreach (var edit in edits)
        {
            if (LinesOf(edit, rated, directory) is { } made)
            {
                lines.AddRange(made.Where(line => !line.Amount.IsZero));
            }
            else
            {
                lost.Add(edit);
            }
        }

        return new DraftEdits(lines, lost);
    }

    /// <summary>Those that change something and that nobody has withdrawn.</summary>
    public static IEnumerable<DraftEdit> Standing(IEnumerable<DraftEdit> edits)
    {
        var all = edits.ToList();
        var withdrawn = all.Select(edit => edit.Withdraws).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return all.Where(edit => edit.Withdraws is null && !withdrawn.Contains(edit.Id.ExternalId));
    }

    /// <summary>The line as an edit names it.</summary>
    public static EditedLine NameOf(RatedLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new EditedLine(line.LineId, line.Item, line.ServicePeriod.Start, line.Kind.ToString());
    }

    private static List<RatedLine>? LinesOf(DraftEdit edit, IReadOnlyList<RatedLine> rated, ClientDirectory directory)
    {
        var ofAgreement = rated.Where(line => line.AgreementId == edit.AgreementId && line.Amount.Currency == edit.Currency).ToList();
        if (edit.Line is { } named)
        {
            return ofAgreement.Find(line => NameOf(line) == named) is { } line ? [OfLine(edit, line)] : null;
        }

        return edit.Percent is { } percent ? OfAll(edit, percent, ofAgreement, directory.Settings.ServiceTaxCodes) : [OfItsOwn(edit, directory)];
    }

    private static RatedLine OfLine(DraftEdit edit, RatedLine line)
    {
        var was = line.Net;
        var (amount, arithmetic) = edit switch
        {
            { Percent: { } percent } => (was.Percent(percent), string.Create(CultureInfo.InvariantCulture, $"{percent:0.####} % of {Figures.Of(was)} for {line.Description}")),
            { To: { } to } => (new Money(to, was.Currency) - was, $"{line.Description} comes to {Figures.Of(new Money(to, was.Currency))} instead of {Figures.Of(was)}"),
            _ => (new Money(edit.Amount!.Value, was.Currency), $"To {line.Description}, {Figures.Of(was)}"),
        };
        return Line(edit, line.AgreementName, line.Service, line.Sku, line.ServicePeriod, amount, [new("of", was.Amount, was.Currency.Code)], arithmetic);
    }

    private static List<RatedLine>? OfAll(DraftEdit edit, decimal percent, List<RatedLine> lines, IReadOnlyList<ServiceTaxCode> codes)
    {
        var alike = lines.GroupBy(line => (ServiceTaxCode.Of(codes, line.Service, line.Sku), line.ServicePeriod))
            .Select(group => (First: group.First(), Net: Money.Sum(group.Select(line => line.Net), edit.Currency))).Where(group => !group.Net.IsZero).ToList();
        if (alike.Count == 0)
        {
            return null;
        }

        var all = Money.Sum(alike.Select(group => group.Net), edit.Currency);
        var shares = Split.ByParts(all.Percent(percent), [.. alike.Select(group => group.Net.Amount * percent / 100m)]);
        return
        [
            .. alike.Zip(shares, (group, share) => Line(
                edit, group.First.AgreementName, group.First.Service, group.First.Sku, group.First.ServicePeriod, share, [new("of", group.Net.Amount, edit.Currency.Code)],
                string.Create(CultureInfo.InvariantCulture, $"{percent:0.####} % of {Figures.Of(all)} for {group.First.AgreementName}{(alike.Count == 1 ? "" : $", of which {Figures.Of(share)} for the part of {Figures.Of(group.Net)} that is taxed alike and of the same days")}"))),
        ];
    }

    private static RatedLine OfItsOwn(DraftEdit edit, ClientDirectory directory)
    {
        var name = directory.AgreementNames(edit.ClientId).FirstOrDefault(agreement => agreement.Id == edit.AgreementId).Name ?? edit.AgreementId;
        return Line(edit, name, edit.Service!, null, edit.Period, new Money(edit.Amount!.Value, edit.Currency), [], "Agreed for this invoice");
    }

    private static RatedLine Line(
        DraftEdit edit, string agreement, string service, string? sku, Period days, Money amount, IReadOnlyList<ExplainedFigure> figures, string arithmetic) => new()
        {
            AgreementId = edit.AgreementId,
            AgreementName = agreement,
            LineId = edit.Id.ExternalId,
            Item = service,
            Service = service,
            Sku = sku,
            Description = edit.Text,
            Explanation = new Explanation(nameof(DraftEdits), 1, [.. figures, new("amount", amount.Amount, amount.Currency.Code)], $"{arithmetic}: {Figures.Of(amount)}."),
            ServicePeriod = days,
            Quantity = 1,
            Unit = "item",
            UnitPrice = new UnitPrice(amount.Amount, amount.Currency),
            Amount = amount,
            Discount = Money.Zero(amount.Currency),
            Edit = edit.Id.ExternalId,
        };
}
