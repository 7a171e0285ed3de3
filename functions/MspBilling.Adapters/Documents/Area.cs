namespace MspBilling.Adapters.Documents;

/// <summary>A rectangle on a page, in points from the page's top left.</summary>
internal readonly record struct Area(float Left, float Top, float Right, float Bottom);
