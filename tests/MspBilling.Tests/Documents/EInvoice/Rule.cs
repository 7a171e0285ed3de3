namespace MspBilling.Tests.Documents.EInvoice;

/// <summary>A rule of EN 16931-1 or of Peppol BIS Billing 3.0, by its number there.</summary>
/// <param name="Id">As the public rules call it: <c>BR-CO-10</c>, <c>PEPPOL-EN16931-R120</c>.</param>
/// <param name="Says">What it wants.</param>
/// <param name="Holds">Whether an invoice keeps it.</param>
internal sealed record Rule(string Id, string Says, Func<ReadInvoice, bool> Holds);
