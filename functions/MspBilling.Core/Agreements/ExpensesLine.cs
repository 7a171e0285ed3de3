namespace MspBilling.Core.Agreements;

/// <summary>Expenses and products that were bought for the client, in the period of their day.</summary>
/// <param name="MarkupPercent">On the cost of what comes without a price: 10 turns 50.00 into 55.00; null holds it. A price of 0 on what has a cost counts as missing.</param>
public sealed record ExpensesLine(decimal? MarkupPercent) : AgreementLine;
