namespace MspBilling.Adapters.Documents;

/// <summary>What the head of the first page says of the document.</summary>
/// <param name="Title">What it is: Invoice.</param>
/// <param name="Facts">In order; one without a value is left out.</param>
/// <param name="Box">The figure that counts.</param>
/// <param name="Sentences">Below the box, before the template's own.</param>
internal sealed record Head(string Title, IReadOnlyList<(string Label, string? Value)> Facts, HeadBox Box, IReadOnlyList<string> Sentences);

/// <param name="Label">Over the figure.</param>
/// <param name="Figure">Large.</param>
/// <param name="Aside">At the other end of the box, such as the due date; null for nothing.</param>
internal sealed record HeadBox(string Label, string Figure, (string Label, string Value)? Aside);
