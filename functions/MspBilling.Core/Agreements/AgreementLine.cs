using System.Text.Json.Serialization;

namespace MspBilling.Core.Agreements;

/// <summary>One pricing rule of an agreement, with what it matches. Each kind is priced by the rules of its folder in <c>Rating</c>.</summary>
[JsonDerivedType(typeof(RecurringLine), "recurring")]
[JsonDerivedType(typeof(TimeLine), "time")]
[JsonDerivedType(typeof(RetainerLine), "retainer")]
[JsonDerivedType(typeof(UsageLine), "usage")]
[JsonDerivedType(typeof(MilestonesLine), "milestones")]
[JsonDerivedType(typeof(ExpensesLine), "expenses")]
[JsonDerivedType(typeof(DiscountLine), "discount")]
public abstract record AgreementLine
{
    /// <summary>Unique in the version and the same in every version: balances and adjustments know the line by it.</summary>
    public required string Id { get; init; }

    /// <summary>The group that it stands under on the invoice and in reports.</summary>
    public required string Service { get; init; }

    /// <summary>As printed; null lets the rule name the line by what it prices.</summary>
    public string? Description { get; init; }

    /// <summary>Which activities of its kind it prices; null is all of them.</summary>
    public ActivityMatch? Match { get; init; }
}
