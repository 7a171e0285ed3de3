namespace MspBilling.Local.Sample;

/// <summary>One file of the sample month, named as an import expects it.</summary>
public sealed record SampleFile(string Name, byte[] Content);
