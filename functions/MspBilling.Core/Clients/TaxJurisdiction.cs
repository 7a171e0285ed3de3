using MspBilling.Core.Time;

namespace MspBilling.Core.Clients;

/// <summary>Where a client is taxed, with the rates in force by date.</summary>
/// <param name="Id">The PSA's tax code.</param>
/// <param name="Name">For people.</param>
/// <param name="Note">The text that the law wants on the invoice, such as that of the reverse charge.</param>
/// <param name="Rates">Each by itself on the same net amount; rates in force on the same day add up.</param>
public sealed record TaxJurisdiction(string Id, string Name, string? Note, IReadOnlyList<TaxRate> Rates);

/// <param name="Name">As printed.</param>
/// <param name="Percent">23 for 23 %.</param>
/// <param name="InForce">Days it holds, half-open.</param>
public sealed record TaxRate(string Name, decimal Percent, Period InForce);
