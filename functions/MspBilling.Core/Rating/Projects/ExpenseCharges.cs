using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>Expenses and products: at their own price, else at their cost and the agreed mark-up; else held.</summary>
/// <remarks>
/// A line for each expense; those of one SKU, description and price are one line. The unit price keeps its places and the line is rounded once: 3 at a cost of
/// 49.99 and 10 % are 3 x 54.989 = 164.97. A return has a quantity below zero and is a credit. A price of 0 on what has a cost is a
/// price that is missing, unless somebody releases it as no charge. The sentence tells the price alone; the cost is among the figures, where all of the line's is known.
/// </remarks>
internal static class ExpenseCharges
{
    public static void Rate(AgreementPart part, ExpensesLine line, ArraySegment<Matched> activities, RatingOutput output)
    {
        var priced = new List<(Matched Matched, decimal Price)>();
        foreach (var matched in activities)
        {
            var expense = (Expense)matched.Activity;
            if (PriceOf(expense, line) is (var own, null))
            {
                priced.Add((matched, own));
            }
            else if (matched.Effects?.Price is not null)
            {
                priced.Add((matched, 0));
            }
            else if (PriceOf(expense, line).Held is var held && held == Reason.ZeroPrice && part.Case.Decisions?.Release(expense.Id, held) is { } accepted)
            {
                output.Whole(matched, DispositionKind.NonBillable, Reason.AcceptedNoCharge, accepted.Words);
            }
            else
            {
                output.Held(matched, held!, expense.Description, Worth.Of(expense, part.Case));
            }
        }

        // In the order of days; of one day in that of the ids.
        foreach (var group in priced.OrderBy(p => ((Expense)p.Matched.Activity).Day).GroupBy(p => (Sku(p.Matched), ((Expense)p.Matched.Activity).Description, p.Price, p.Matched.Effects)))
        {
            Charge(part, line, [.. group.Select(p => p.Matched)], new UnitPrice(group.Key.Price, part.Currency), output);
        }
    }

    private static void Charge(AgreementPart part, ExpensesLine line, IReadOnlyList<Matched> group, UnitPrice own, RatingOutput output)
    {
        var (first, effects) = ((Expense)group[0].Activity, group[0].Effects);
        var expenses = group.Select(matched => (Expense)matched.Activity).ToList();
        var price = effects is null ? own : own with { Amount = effects.On(own.Amount) };
        var quantity = expenses.Sum(expense => expense.Quantity);
        var amount = price.Extend(quantity);
        List<ExplainedFigure> figures = [new("quantity", quantity, "item"), new("unitPrice", price.Amount, part.Currency.Code), new("amount", amount.Amount, part.Currency.Code)];
        if (expenses.TrueForAll(expense => expense.UnitCost is not null))
        {
            figures.Add(new("cost", expenses.Sum(expense => expense.Captured.Cost), part.Currency.Code));
        }

        var rated = part.Line(
            line,
            string.Create(CultureInfo.InvariantCulture, $"{first.Sku}/{first.Description}@{own.Amount:G29}{(effects is null ? "" : "+" + string.Join('+', effects.Ids))}"),
            line.Description is { } named ? $"{named}: {first.Description}" : first.Description,
            quantity,
            "item",
            price,
            amount,
            part.Explain(nameof(ExpenseCharges), $"{Figures.Quantity(quantity)} x {Figures.Of(price)} = {Figures.Of(amount)}.{effects?.Arithmetic(own)}", figures),
            [.. expenses.Select(expense => DetailOf(expense, part))]) with
        { Sku = first.Sku, Rules = effects?.Ids };
        output.Add(part, line, rated);
        foreach (var matched in group)
        {
            output.Billed(matched, rated.Description);
        }
    }

    private static (decimal Price, Reason? Held) PriceOf(Expense expense, ExpensesLine line) => (expense.UnitPrice, expense.UnitCost, line.MarkupPercent) switch
    {
        (0, not (null or 0), _) => (0, Reason.ZeroPrice),
        ({ } price, _, _) => (price, null),
        (null, { } cost, { } percent) => (cost * (100 + percent) / 100, null),
        (null, null, not null) => (0, Reason.MissingCost),
        _ => (0, Reason.MissingExpensePrice),
    };

    private static LineDetail DetailOf(Expense expense, AgreementPart part) => new(
        expense.Day,
        expense.TechnicianName,
        expense.TicketId is { } ticket ? $"#{ticket}" : expense.ProjectId is { } project ? part.Case.Directory.Project(project)?.Name ?? project : expense.Sku,
        expense.Description,
        expense.Quantity,
        "item");

    private static string? Sku(in Matched matched) => ((Expense)matched.Activity).Sku;
}
