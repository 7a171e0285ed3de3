using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

/// <summary>The largest sum of what a custom rule matches: what is above is written down on one line, beside the last of the lines that it caps.</summary>
/// <remarks>
/// Counted over the period's charges that the rule had a part in, before discounts and after other write-downs; an agreement's rule over its own lines, one of
/// the settings over all agreements of a currency, each currency by itself. Agreements' rules go first, then the settings', in their order; where
/// versions of an agreement have different amounts, the later holds. 500.00 and 300.00 under a cap of 600.00 are written down by 200.00.
/// </remarks>
internal static class RuleCaps
{
    public static List<RatedLine> WriteDown(IReadOnlyList<AgreementPart> parts, List<RatedLine> lines)
    {
        foreach (var (agreementId, rule) in Caps(parts))
        {
            var cap = ((CapAmount)rule.Effect).Amount;
            foreach (var currency in parts.Where(part => agreementId is null || part.Agreement.Id == agreementId).Select(part => part.Currency).Distinct().OrderBy(currency => currency.Code, StringComparer.Ordinal).ToList())
            {
                lines = WriteDown(agreementId, rule, Rounding.ToMoney(cap, currency), parts, lines);
            }
        }

        return lines;
    }

    /// <summary>The charges that the cap is counted over, by their places.</summary>
    /// <param name="agreementId">Whose line stands under the rule; the rule is its own, or else the settings'.</param>
    public static List<int> Capped(string agreementId, string ruleId, IReadOnlyList<AgreementPart> parts, IReadOnlyList<RatedLine> lines, Currency currency)
    {
        var isOwn = IsOwn(parts, agreementId, ruleId);
        return
        [
            .. Enumerable.Range(0, lines.Count).Where(i =>
                lines[i].Kind is LineKind.Charge && lines[i].Amount.Currency == currency && lines[i].Rules is { } rules && rules.Contains(ruleId)
                && (isOwn ? lines[i].AgreementId == agreementId : !IsOwn(parts, lines[i].AgreementId, ruleId))),
        ];
    }

    private static bool IsOwn(IReadOnlyList<AgreementPart> parts, string agreementId, string ruleId) =>
        parts.Any(part => part.Agreement.Id == agreementId && part.Version.Rules.Any(rule => rule.Id == ruleId));

    /// <summary>The rules that cap, with the agreement whose own they are.</summary>
    private static List<(string? AgreementId, CustomRule Rule)> Caps(IReadOnlyList<AgreementPart> parts)
    {
        var caps = new List<(string? AgreementId, CustomRule Rule)>();
        foreach (var part in parts)
        {
            foreach (var rule in part.Version.Rules.Where(rule => rule.Effect is CapAmount))
            {
                var known = caps.FindIndex(cap => cap.AgreementId == part.Agreement.Id && cap.Rule.Id == rule.Id);
                if (known < 0)
                {
                    caps.Add((part.Agreement.Id, rule));
                }
                else
                {
                    caps[known] = (part.Agreement.Id, rule);
                }
            }
        }

        if (parts.Count > 0)
        {
            caps.AddRange(parts[0].Case.Directory.Settings.Rules.Where(rule => rule.Effect is CapAmount).Select(rule => ((string?)null, rule)));
        }

        return caps;
    }

    private static List<RatedLine> WriteDown(string? agreementId, CustomRule rule, Money cap, IReadOnlyList<AgreementPart> parts, List<RatedLine> lines)
    {
        // Any line of the rule's tells whose it is; one of the settings has lines of several agreements.
        var first = lines.FindIndex(line => line.Rules is { } rules && rules.Contains(rule.Id) && (agreementId is null ? !IsOwn(parts, line.AgreementId, rule.Id) : line.AgreementId == agreementId));
        var capped = first < 0 ? [] : Capped(lines[first].AgreementId, rule.Id, parts, lines, cap.Currency);
        if (capped.Count == 0)
        {
            return lines;
        }

        var left = WrittenDown.LeftOf(parts, lines, withDrawn: false);
        var sum = Money.Sum(capped.Select(i => lines[i].Amount.IsNegative ? lines[i].Amount : new Money(left[i], cap.Currency)), cap.Currency);
        var above = sum - cap;
        if (above.Amount <= 0)
        {
            return lines;
        }

        var last = lines[capped[^1]];
        var writeDown = last with
        {
            Item = $"rule/{rule.Id}",
            Kind = LineKind.WriteDown,
            Description = $"{rule.Name}, above the limit",
            Sku = null,
            Quantity = 1,
            Unit = "limit",
            UnitPrice = new UnitPrice(-above.Amount, cap.Currency),
            Amount = -above,
            Rules = [rule.Id],
            Details = [],
            Explanation = new Explanation(
                nameof(RuleCaps),
                last.Explanation.Version,
                [new("amount", sum.Amount, cap.Currency.Code), new("cap", cap.Amount, cap.Currency.Code), new("writtenDown", above.Amount, cap.Currency.Code)],
                $"{rule.Name}: not to exceed {Figures.Of(cap)}. {Figures.Of(sum)} - {Figures.Of(cap)} = {Figures.Of(above)} above."),
        };
        var place = capped[^1] + 1;
        while (place < lines.Count && lines[place].Kind is (LineKind.WriteDown or LineKind.Drawn))
        {
            place++;
        }

        return [.. lines[..place], writeDown, .. lines[place..]];
    }
}
