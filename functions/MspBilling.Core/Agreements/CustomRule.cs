using System.Text.Json.Serialization;
using MspBilling.Core.Time;

namespace MspBilling.Core.Agreements;

/// <summary>An exception: what it matches, and what becomes of it.</summary>
/// <remarks>
/// Rules of the agreement are tried in order, then those of the settings; a rule of the settings is not tried where the agreement has one of the same id,
/// which stands in its place. Each works on what the ones before it made of the activity: a later price replaces the price with all factors on it, a
/// later factor multiplies it. After a rule that ends, waives or holds no further is tried. Weekday and time of day are those of the start.
/// </remarks>
/// <param name="Id">Unique in its list; named in explanations and in the dry run.</param>
/// <param name="Name">For people, and printed.</param>
/// <param name="InForce">Days of the activity that it holds for, half-open; for what stands, the period's last day.</param>
/// <param name="Ends">Whether rules after it are not tried where it matches.</param>
public sealed record CustomRule(string Id, string Name, Period InForce, ActivityMatch Match, RuleEffect Effect, bool Ends = false);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(SetPrice), "setPrice")]
[JsonDerivedType(typeof(MultiplyPrice), "multiply")]
[JsonDerivedType(typeof(CapAmount), "cap")]
[JsonDerivedType(typeof(Waive), "waive")]
[JsonDerivedType(typeof(Reclassify), "reclassify")]
[JsonDerivedType(typeof(HoldIt), "hold")]
public abstract record RuleEffect;

/// <param name="Price">Per hour or unit, in the agreement's currency, instead of any other and of what earlier rules made of it.</param>
public sealed record SetPrice(decimal Price) : RuleEffect;

/// <param name="Factor">Times the price that it would have.</param>
public sealed record MultiplyPrice(decimal Factor) : RuleEffect;

/// <param name="Amount">
/// Largest sum of all that the rule matches in the period, before discounts; what is above is written down. A rule of the settings counts over all of the
/// client's agreements of one currency, and is an amount of each.
/// </param>
public sealed record CapAmount(decimal Amount) : RuleEffect;

/// <summary>Not billed, with the rule's name as the reason.</summary>
public sealed record Waive : RuleEffect;

/// <summary>Priced as if it were something else; what is null stays.</summary>
public sealed record Reclassify(string? Role = null, string? WorkType = null, string? Sku = null, string? DeviceType = null) : RuleEffect;

/// <param name="Because">What a person has to look at.</param>
public sealed record HoldIt(string Because) : RuleEffect;
