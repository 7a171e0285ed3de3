using System.Globalization;

namespace MspBilling.Core.Invoicing;

/// <summary>Whether an invoice is too far from what the client's last ones came to on average, net and in the same currency.</summary>
/// <remarks>
/// 1,000.00, 1,100.00 and 900.00 were invoiced, 1,000.00 on average. With a bound of 30 %, 1,300.00 and 700.00 are issued and 1,300.01 waits; with an amount of 500.00
/// beside it, 1,500.00 is issued and 1,500.01 waits. A client without history, and a currency that is invoiced for the first time, are compared with nothing.
/// </remarks>
internal static class DeviationCheck
{
    public const string Code = "deviation";

    public static IEnumerable<Objection> Of(IssueCase @case)
    {
        if ((@case.Client?.Deviation ?? @case.Settings.Deviation) is not { } bound)
        {
            yield break;
        }

        var before = (@case.Before?.History?.Periods ?? []).Where(invoiced => invoiced.Period.Start < @case.Bill.Period.Start).ToList();
        foreach (var invoice in @case.Bill.Invoices.GroupBy(invoice => invoice.Currency))
        {
            var last = before.Select(invoiced => invoiced.Nets.Where(net => net.Currency == invoice.Key).ToList()).Where(nets => nets.Count > 0).TakeLast(bound.Periods).ToList();
            if (last.Count == 0)
            {
                continue;
            }

            // All of it times the number of periods, so that nothing is divided before it is compared.
            var (net, sum) = (invoice.Sum(draft => draft.Net.Amount), last.Sum(nets => nets.Sum(each => each.Amount)));
            var difference = Math.Abs((net * last.Count) - sum);
            if (difference * 100 > bound.Percent * Math.Abs(sum) && !(difference <= bound.Amount * last.Count))
            {
                var average = Rounding.ToMoney(sum / last.Count, invoice.Key);
                var share = sum == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {Rounding.ToPlaces(difference * 100 / Math.Abs(sum), 1):0.0} % {(net * last.Count > sum ? "more" : "less")}");
                yield return new Objection(Code, string.Create(CultureInfo.InvariantCulture, $"{new Money(net, invoice.Key)} net; the last {(last.Count == 1 ? "invoiced period came" : $"{last.Count} invoiced periods came")} to {average}{(last.Count == 1 ? "" : " on average")}{share}."));
            }
        }
    }
}
