using MspBilling.Core.Capture;

namespace MspBilling.Core.Reports;

/// <summary>Who loses by a discrepancy.</summary>
public enum DiscrepancySide
{
    /// <summary>The MSP: less is invoiced than there is.</summary>
    UnderBilling,

    /// <summary>The client: more is invoiced than there is.</summary>
    OverBilling,

    /// <summary>The MSP, at its vendor: more is bought than is of use.</summary>
    Waste,
}

/// <summary>Where the sides of a client's product do not agree, by how much, what that is worth a month, and what settles it.</summary>
/// <param name="Difference">Units, above 0.</param>
/// <param name="Percent">Of the larger of the two quantities that differ.</param>
/// <param name="Revenue">The difference at the agreement's price; null where no agreement has a price.</param>
/// <param name="Cost">The difference at the vendor's price; null where the vendor charged nothing.</param>
/// <param name="Actions">Any of them settles it.</param>
/// <param name="Suggestions">What of ours it may be; only of what is to be confirmed.</param>
public sealed record Discrepancy(
    string ClientId,
    string ClientName,
    string Product,
    string Name,
    DiscrepancyKind Kind,
    DiscrepancySide Side,
    decimal? Bought,
    decimal? InUse,
    decimal? Agreed,
    decimal Invoiced,
    decimal Difference,
    decimal Percent,
    Money? Revenue,
    Money? Cost,
    IReadOnlyList<SettlingAction> Actions,
    IReadOnlyList<Suggestion> Suggestions)
{
    /// <summary>What it is worth a month: to the client's invoice where a price is known, else at the vendor.</summary>
    public Money? Worth => Revenue ?? Cost;

    /// <summary>What is the matter, in words for people.</summary>
    public string Title => TitleOf(Kind);

    public static DiscrepancySide SideOf(DiscrepancyKind kind) => kind switch
    {
        DiscrepancyKind.OverBilled or DiscrepancyKind.BilledTwice or DiscrepancyKind.SoldNotBought => DiscrepancySide.OverBilling,
        DiscrepancyKind.BoughtTwice => DiscrepancySide.Waste,
        _ => DiscrepancySide.UnderBilling,
    };

    public static string TitleOf(DiscrepancyKind kind) => kind switch
    {
        DiscrepancyKind.UnderBilled => "Less invoiced than there is",
        DiscrepancyKind.OverBilled => "More invoiced than there is",
        DiscrepancyKind.BilledTwice => "Invoiced twice",
        DiscrepancyKind.BoughtTwice => "Bought twice",
        DiscrepancyKind.BoughtNotSold => "Bought and not sold",
        DiscrepancyKind.SoldNotBought => "Sold and not bought",
        DiscrepancyKind.EndedStillBought => "Agreement ended, still bought",
        DiscrepancyKind.ZeroQuantity => "Agreed with a quantity of 0",
        DiscrepancyKind.HeldNotInvoiced => "Agreed, and held",
        DiscrepancyKind.UsedBeyondBought => "More in use than bought",
        DiscrepancyKind.ToConfirm => "Which product is this?",
        _ => throw new InvalidOperationException($"{kind} has no title."),
    };
}

public enum SettlingKind
{
    /// <summary>Of an addition or an agreed line, from a day.</summary>
    ChangeQuantity,

    /// <summary>Sell it: there is nothing to change a quantity of.</summary>
    AddToAgreement,

    /// <summary>At the vendor.</summary>
    ChangePurchase,

    /// <summary>What holds it.</summary>
    Release,

    /// <summary>Say which product it is.</summary>
    Map,

    Accept,
}

/// <summary>One thing that settles a discrepancy.</summary>
/// <param name="Words">What to do and where, in a sentence.</param>
/// <param name="AgreementId">Whose quantity is changed.</param>
/// <param name="Item">The addition's id or the line's, whose quantity is changed.</param>
/// <param name="From">The first day of the new quantity.</param>
/// <param name="Quantity">The new one.</param>
/// <param name="Mapping">The name that is to be mapped: source, name and, where one is suggested, our SKU.</param>
/// <param name="Agreement">The agreement with a version for the new quantity, where it is one of the MSP's own.</param>
public sealed record SettlingAction(
    SettlingKind Do, string Words, string? AgreementId = null, string? Item = null, DateOnly? From = null, decimal? Quantity = null, ProductMapping? Mapping = null, AgreementDocument? Agreement = null);

/// <param name="To">Null where nothing is suggested.</param>
public sealed record ProductMapping(string Source, string From, string? To);
