using System.Text.Json.Serialization;
using MspBilling.Core.Time;

namespace MspBilling.Core.Agreements;

/// <summary>One pricing rule of an agreement. Each kind is priced by the rule of the same name in <c>Rating</c>.</summary>
/// <param name="Service">The group that its lines stand under on the invoice and in reports.</param>
[JsonDerivedType(typeof(FixedFeeLine), "fixedFee")]
[JsonDerivedType(typeof(AdditionsLine), "additions")]
[JsonDerivedType(typeof(DevicesLine), "devices")]
[JsonDerivedType(typeof(TimeLine), "time")]
[JsonDerivedType(typeof(CloudUsageLine), "cloudUsage")]
[JsonDerivedType(typeof(MilestonesLine), "milestones")]
[JsonDerivedType(typeof(DiscountLine), "discount")]
public abstract record AgreementLine(string Service);

/// <summary>A fee a month, of the amount that the PSA agreement carries.</summary>
public sealed record FixedFeeLine(string Service, string Description) : AgreementLine(Service);

/// <summary>The recurring additions of the PSA agreement, at their own unit prices.</summary>
public sealed record AdditionsLine(string Service) : AgreementLine(Service);

/// <summary>A price a month for each managed device of a type.</summary>
public sealed record DevicesLine(string Service, IReadOnlyList<DevicePrice> Prices) : AgreementLine(Service);

/// <param name="DeviceType">The PSA's configuration type.</param>
/// <param name="Price">Per device and month, in the agreement's currency.</param>
public sealed record DevicePrice(string DeviceType, decimal Price);

/// <summary>Technicians' time by role, raised to a minimum and then to a whole increment, each entry by itself.</summary>
public sealed record TimeLine(string Service, decimal MinimumHours, decimal IncrementHours) : AgreementLine(Service);

/// <summary>Cloud cost with a mark-up: 15 turns 100.00 into 115.00.</summary>
public sealed record CloudUsageLine(string Service, decimal MarkupPercent) : AgreementLine(Service);

/// <summary>Milestones of the client's projects, when they are completed.</summary>
public sealed record MilestonesLine(string Service) : AgreementLine(Service);

/// <summary>A percentage off every line of the named services while it is in force, before tax.</summary>
/// <param name="Description">As printed.</param>
/// <param name="Services">The services it is taken off.</param>
/// <param name="Percent">5 for 5 %, between 0 and 100.</param>
/// <param name="InForce">Days on which a billing period may start to get it, half-open.</param>
public sealed record DiscountLine(string Description, IReadOnlyList<string> Services, decimal Percent, Period InForce) : AgreementLine(Description);

/// <summary>How agreements of one PSA type are priced.</summary>
/// <param name="Name">The PSA's agreement type.</param>
/// <param name="Lines">At most one of each kind but discounts.</param>
public sealed record AgreementType(string Name, IReadOnlyList<AgreementLine> Lines);
