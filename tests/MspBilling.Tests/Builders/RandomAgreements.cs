using System.Globalization;
using CsCheck;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Tests.Builders;

/// <summary>Agreements at random: in the own form, of one to three versions that change in and about a month, and of the PSA.</summary>
internal sealed class RandomAgreements(RandomDays days)
{
    private readonly RandomLines _lines = new(days);

    private Gen<Period[]> Versions => Gen.Select(
        Gen.OneOf(Gen.Const(days.Month.Start.AddDays(-200)), days.Day.Select(day => day.AddDays(-20))), Gen.Int[1, 45].Array[0, 2], Gen.Int[1, 60].OrNone(2)).Select((start, gaps, last) =>
        {
            var starts = new List<DateOnly> { start };
            foreach (var gap in gaps)
            {
                starts.Add((starts[^1] < days.Before.Start ? days.Before.Start : starts[^1]).AddDays(gap));
            }

            var end = last is { } length ? starts[^1].AddDays(length) : Period.NoEnd;
            return starts.Zip(starts.Skip(1).Append(end), (from, to) => new Period(from, to)).ToArray();
        });

    /// <summary>In euro, and some in the currencies with no and with three places.</summary>
    public Gen<AgreementDocument> Document(string id, int fewest = 1, int most = 5, Gen<AgreementLine>? line = null) => Gen.Select(
        Versions,
        Gen.Select((line ?? _lines.Any).Array[fewest, most], _lines.Rule.Array[0, 2], Gen.Bool).Array[3],
        RandomGens.Of("EUR", "EUR", "EUR", "USD", "JPY", "KWD"),
        RandomGens.Of<string?>("shifts", null),
        RandomGens.Of<string?>("101", null, null))
        .Select((versions, terms, currency, calendar, replaced) =>
        {
            var (lines, all) = (new List<AgreementLine>(), new List<AgreementVersion>());
            for (var i = 0; i < versions.Length; i++)
            {
                var (own, rules, isAmendment) = terms[i];

                // A later version is mostly the one before with something more or less.
                lines = isAmendment && i > 0 ? [.. lines.Skip(lines.Count > 3 ? 1 : 0), own[0]] : [.. own];
                all.Add(new AgreementVersion(i + 1, versions[i], Named(lines, Currency.Of(currency), versions[^1].End), Numbered(rules)));
            }

            return new AgreementDocument
            {
                Id = new RecordId("msp", RecordKind.AgreementDocument, id),
                Client = "CO250",
                PsaAgreement = id == "201" ? replaced : null,
                Name = "Agreement " + id,
                Currency = Currency.Of(currency),
                Calendar = calendar,
                Versions = all,
            };
        });

    /// <summary>Of the PSA, of the settings' type Gold, Silver, or one that nobody has heard of.</summary>
    public Gen<PsaAgreement> Psa => Gen.Select(
        days.Span, RandomGens.Of<string?>(null, null, null, "US Dollar", "JPY"), Gen.Int[0, 500_000], Gen.Bool, RandomGens.Of<decimal?>(null, 0, 3, 7.3m, 40), RandomGens.Of("Gold", "Gold", "Silver", "Unheard of"),
        Gen.Select(RandomGens.Of(null, "Monthly", "Quarterly", "Annual"), RandomGens.Of(null, "Monthly", "Semi-Annual"), RandomGens.Of(false, false, false, true)))
        .Select((term, currency, fee, prorate, included, type, cycles) => Records.Agreement() with
        {
            Term = term,
            CurrencyName = currency,
            MonthlyFee = fee / 100m,
            Prorate = prorate,
            IncludedHours = included,
            TypeName = type,
            BillingCycle = cycles.Item1,
            IncludedHoursCycle = cycles.Item2,
            CoversAllTime = cycles.Item3,
        });

    /// <summary>Lines as of a type of the settings.</summary>
    public Gen<IReadOnlyList<AgreementLine>> Type => _lines.Any.Array[0, 3].Select(lines => Named(lines, null, Period.NoEnd));

    public Gen<IReadOnlyList<CustomRule>> Rules => _lines.Rule.Array[0, 2].Select(rules => Numbered(rules));

    public RandomLines Lines => _lines;

    private static IReadOnlyList<CustomRule> Numbered(IReadOnlyList<CustomRule> rules) => [.. rules.Select((rule, i) => rule with { Id = $"rule-{i}", Name = $"Rule {i}" })];

    /// <summary>With ids of their own, and with what they refer to.</summary>
    private static IReadOnlyList<AgreementLine> Named(IReadOnlyList<AgreementLine> lines, Currency? currency, DateOnly end)
    {
        var counts = new Dictionary<Type, int>();
        var named = lines.Select(line => line with { Id = $"{line.GetType().Name}-{counts[line.GetType()] = counts.GetValueOrDefault(line.GetType()) + 1}" }).ToList();
        var priced = named.Where(line => line is not DiscountLine).ToList();
        var time = named.OfType<TimeLine>().ToList();
        return [.. named.Select(AgreementLine (line) => line switch
        {
            UsageLine usage => usage with { Conversions = [.. usage.Conversions.Where(rate => rate.Currency != currency)] },
            RecurringLine { Trial: { } trial } recurring when trial.Until > end => recurring with { Trial = null },
            RetainerLine { Services: [var place] } retainer => retainer with { Services = time.Count == 0 ? null : [time[Place(place) % time.Count].Service] },
            DiscountLine { Targets.Count: > 0 } discount when priced.Count == 0 => discount with { Scope = DiscountScope.Agreement, Targets = [] },
            DiscountLine { Targets: [var place] } discount => discount with { Targets = [priced[Place(place) % priced.Count] is var target && discount.Scope == DiscountScope.Lines ? target.Id : target.Service] },
            _ => line,
        })];
    }

    private static int Place(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
