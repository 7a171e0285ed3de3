namespace MspBilling.App.Capture;

/// <summary>What the usage API takes at most: section <c>Usage</c>.</summary>
public sealed class UsageOptions
{
    public const string Section = "Usage";

    /// <summary>Of a request's body.</summary>
    public int MostBytes { get; set; } = 4_000_000;

    /// <summary>Requests that are worked on at the same time.</summary>
    public int RequestsAtOnce { get; set; } = 64;

    /// <summary>Requests that are taken each second for long.</summary>
    public int RequestsPerSecond { get; set; } = 100;

    /// <summary>Requests that are taken in one burst.</summary>
    public int Burst { get; set; } = 200;

    /// <summary>How many seconds a request waits for a long import to be stored before it is sent away.</summary>
    public int PatienceSeconds { get; set; } = 20;

    /// <exception cref="InvalidOperationException">A setting cannot be worked with.</exception>
    public UsageOptions Checked()
    {
        Require(MostBytes is >= 1_000 and <= 30_000_000, nameof(MostBytes), "1000 to 30000000");
        Require(RequestsAtOnce >= 1, nameof(RequestsAtOnce), "1 or more");
        Require(RequestsPerSecond >= 1, nameof(RequestsPerSecond), "1 or more");
        Require(Burst >= 1, nameof(Burst), "1 or more");
        Require(PatienceSeconds is >= 1 and <= 300, nameof(PatienceSeconds), "1 to 300");
        return this;
    }

    private static void Require(bool isRight, string name, string expected)
    {
        if (!isRight)
        {
            throw new InvalidOperationException($"The setting {Section}__{name} must be {expected}.");
        }
    }
}
