namespace MspBilling.Core.Rating;

/// <summary>What became of the whole of an activity that no line prices; an object of its own, because few activities have one and all are asked for it.</summary>
/// <param name="Value">What it would have been billed at, where that is known.</param>
internal sealed record Settlement(DispositionKind Kind, Reason Reason, string? Detail = null, Money? Value = null);
