using MspBilling.Core;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Rating;

/// <summary>Months under the stored terms and under others.</summary>
/// <param name="From">The first month.</param>
/// <param name="To">The last month.</param>
/// <param name="Totals">Of all clients, one a currency.</param>
/// <param name="Rules">What each custom rule under the other terms changes, of the settings and of each agreement, against the rules before it alone.</param>
public sealed record ComparedTerms(Period From, Period To, IReadOnlyList<ComparedClient> Clients, IReadOnlyList<ComparedTotal> Totals, IReadOnlyList<TriedRule> Rules)
{
    /// <summary>Whether the other terms hold what the stored ones do not, so that the difference is not the whole story.</summary>
    public bool HoldsMore => Clients.SelectMany(client => client.Months).Any(month => month.HeldAfter > month.HeldBefore || (month.ProblemAfter is not null && month.ProblemBefore is null) || month.Unreadable > 0);
}

/// <param name="Totals">One a currency, net.</param>
public sealed record ComparedClient(string ClientId, string ClientName, IReadOnlyList<ComparedTotal> Totals, IReadOnlyList<ComparedMonth> Months);

/// <param name="ProblemBefore">Why the client could not be billed under the stored terms.</param>
/// <param name="ProblemAfter">Why the client could not be billed under the other terms.</param>
/// <param name="HeldBefore">Activities that the stored terms hold.</param>
/// <param name="HeldAfter">Activities that the other terms hold.</param>
/// <param name="Unreadable">Stored activities that cannot be read, and are in neither.</param>
/// <param name="Lines">Every line of either, net.</param>
public sealed record ComparedMonth(
    Period Period, string? ProblemBefore, string? ProblemAfter, int HeldBefore, int HeldAfter, int Unreadable, IReadOnlyList<PreviewedDifference> Lines)
{
    internal static ComparedMonth Of(ClientBill before, ClientBill after, int unreadable) => new(
        before.Period,
        before.Problem,
        after.Problem,
        HeldBy(before),
        HeldBy(after),
        unreadable,
        [.. LineComparison.Between(LinesOf(before), LinesOf(after)).Select(PreviewedDifference.Of)]);

    private static List<RatedLine> LinesOf(ClientBill bill) => [.. bill.Invoices.SelectMany(invoice => invoice.Lines)];

    private static int HeldBy(ClientBill bill) => bill.Dispositions.Where(d => d.Kind == DispositionKind.Held).Select(d => d.Activity).Distinct().Count();
}

/// <param name="Agreement">Whose rule it is; null for one of the settings.</param>
/// <param name="Matched">Activities that it matched.</param>
/// <param name="Totals">One a currency, of the lines that it changes.</param>
public sealed record TriedRule(TriedAgreement? Agreement, string Id, string Name, int Matched, IReadOnlyList<ComparedTotal> Totals, IReadOnlyList<RuleChange> Changes);

public sealed record TriedAgreement(string Id, string Name, string ClientName);

public sealed record RuleChange(string ClientName, Period Period, PreviewedDifference Line);

/// <param name="Before">Null where the stored terms have no such line.</param>
/// <param name="After">Null where the other terms have no such line.</param>
public sealed record PreviewedDifference(
    string Agreement, string Line, string Item, LineKind Kind, string Description, Currency Currency, Money? Before, Money? After, Money Difference)
{
    internal static PreviewedDifference Of(ComparedLine line) => new(
        line.Key.AgreementId, line.Key.LineId, line.Key.Item, line.Key.Kind, line.Description, line.Currency, line.Before, line.After, line.Difference);
}

public sealed record ComparedTotal(Currency Currency, Money Before, Money After, Money Difference)
{
    internal static IReadOnlyList<ComparedTotal> Of(IEnumerable<PreviewedDifference> lines) =>
    [
        .. from line in lines
           group line by line.Currency into same
           orderby same.Key.Code
           let before = Money.Sum(same.Select(line => line.Before ?? Money.Zero(same.Key)), same.Key)
           let after = Money.Sum(same.Select(line => line.After ?? Money.Zero(same.Key)), same.Key)
           select new ComparedTotal(same.Key, before, after, after - before),
    ];
}
