using static MspBilling.Tests.Documents.EInvoice.CoreRules;

namespace MspBilling.Tests.Documents.EInvoice;

/// <summary>The rules of EN 16931-1 that each VAT category has: BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G and BR-O, whose numbers mean the same in each.</summary>
internal static class VatRules
{
    private static readonly (string Code, string Prefix)[] Categories = [("S", "BR-S"), ("Z", "BR-Z"), ("E", "BR-E"), ("AE", "BR-AE"), ("K", "BR-IC"), ("G", "BR-G"), ("O", "BR-O")];

    public static IReadOnlyList<Rule> All { get; } =
    [
        .. Categories.SelectMany(category => RulesOf(category.Code, category.Prefix)),
        new("BR-IC-11", "An intra-community supply a delivery date or a period (BT-72, BG-14)", i => !Has(i, "K") || i.PeriodStart is not null || i.PeriodEnd is not null),
        new("BR-IC-12", "An intra-community supply the country that it is delivered to (BT-80)", i => !Has(i, "K") || i.DeliverTo is not null),
        new("BR-O-11", "Beside what is outside the scope of VAT no other breakdown", i => !Has(i, "O") || i.Breakdown.All(v => v.Category == "O")),
        new("BR-O-12", "Nor another line", i => !Has(i, "O") || i.Lines.All(l => l.Category == "O")),
        new("BR-O-13", "Nor an allowance of another category", i => !Has(i, "O") || i.Allowances.All(a => a.Category == "O")),
    ];

    private static IEnumerable<Rule> RulesOf(string code, string prefix)
    {
        yield return new(prefix + "-01", $"A line of {code} has a breakdown of {code}, and the other way round", i => Lines(i, code).Any() || i.Allowances.Any(a => a.Category == code) ? Breakdowns(i, code).Any() && (code == "S" || Breakdowns(i, code).Count() == 1) : !Breakdowns(i, code).Any());
        yield return new(prefix + "-02", $"Who has to be registered where a line is {code}", i => !Lines(i, code).Any() || AreRegistered(i, code));
        if (code != "O")
        {
            yield return new(prefix + "-05", $"The rate of a line of {code} (BT-152)", i => Lines(i, code).All(l => code == "S" ? Of(l.Percent) > 0 : l.Percent is not null && Of(l.Percent) == 0));
            yield return new(prefix + "-06", $"The rate of an allowance of {code} (BT-96)", i => i.Allowances.Where(a => a.Category == code).All(a => code == "S" ? Of(a.Percent) > 0 : a.Percent is not null && Of(a.Percent) == 0));
        }
        else
        {
            yield return new("BR-O-05", "No rate on a line outside the scope of VAT (BT-152)", i => Lines(i, code).All(l => l.Percent is null));
            yield return new("BR-O-06", "No rate on such an allowance (BT-96)", i => i.Allowances.Where(a => a.Category == code).All(a => a.Percent is null));
        }

        yield return new(prefix + "-08", $"BT-116 of {code} = sum of its lines less its allowances, by rate", i => Breakdowns(i, code).All(v => Of(v.Taxable)
            == Lines(i, code).Where(l => Of(l.Percent) == Of(v.Percent)).Sum(l => Of(l.Net)) - i.Allowances.Where(a => a.Category == code && Of(a.Percent) == Of(v.Percent)).Sum(a => Of(a.Amount))));
        yield return new(prefix + "-09", $"BT-117 of {code}", i => Breakdowns(i, code).All(v => code == "S" ? IsPercent(v) : Of(v.Tax) == 0));
        yield return code is "S" or "Z"
            ? new(prefix + "-10", $"No reason for {code} (BT-120, BT-121)", i => Breakdowns(i, code).All(v => v.Reason is null && v.ReasonCode is null))
            : new(prefix + "-10", $"A reason for {code} (BT-120, BT-121)", i => Breakdowns(i, code).All(v => v.Reason is not null || v.ReasonCode is not null));
    }

    private static bool AreRegistered(ReadInvoice i, string code) => code switch
    {
        "O" => i.Seller?.VatNumber is null && i.Buyer?.VatNumber is null,
        "G" => i.Seller?.VatNumber is not null,
        "K" => i.Seller?.VatNumber is not null && i.Buyer?.VatNumber is not null,
        "AE" => (i.Seller?.VatNumber ?? i.Seller?.TaxRegistration) is not null && (i.Buyer?.VatNumber ?? i.Buyer?.Registration) is not null,
        _ => (i.Seller?.VatNumber ?? i.Seller?.TaxRegistration) is not null,
    };

    private static bool Has(ReadInvoice i, string code) => Breakdowns(i, code).Any();

    private static IEnumerable<ReadLine> Lines(ReadInvoice i, string code) => i.Lines.Where(l => l.Category == code);

    private static IEnumerable<ReadVat> Breakdowns(ReadInvoice i, string code) => i.Breakdown.Where(v => v.Category == code);
}
