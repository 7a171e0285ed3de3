namespace MspBilling.Core.Documents.EInvoice;

/// <summary>What keeps an electronic invoice from being made. The printed one is not kept from anything by it.</summary>
/// <param name="Term">The business term of EN 16931, such as <c>BT-34</c>.</param>
/// <param name="What">What is missing or cannot be said.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record EInvoiceProblem(string Term, string What, string Remedy)
{
    public override string ToString() => $"{Term}: {What} {Remedy}";
}
