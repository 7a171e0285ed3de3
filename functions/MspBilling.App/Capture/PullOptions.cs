namespace MspBilling.App.Capture;

/// <summary>How sources are pulled: section <c>Pull</c>.</summary>
public sealed class PullOptions
{
    public const string Section = "Pull";

    /// <summary>After how many hours it is looked for records that were deleted at their source.</summary>
    public int SweepHours { get; set; } = 24;

    /// <summary>How many months back, with the current one, it is looked for them; months that are closed only when all is asked for.</summary>
    public int SweepMonths { get; set; } = 3;

    /// <summary>The share of what is stored that may be missing at its source; more is taken for a fault there, and nothing is marked.</summary>
    public decimal MostMissingShare { get; set; } = 0.1m;

    /// <summary>So many may be missing whatever share they are: of nine entries, one is more than a tenth.</summary>
    public int MostMissing { get; set; } = 3;

    /// <summary>How many records of pages that came in the meantime are stored together.</summary>
    public int BatchRecords { get; set; } = 20_000;

    /// <exception cref="InvalidOperationException">A setting cannot be worked with.</exception>
    public PullOptions Checked()
    {
        Require(SweepHours >= 1, nameof(SweepHours), "1 or more");
        Require(SweepMonths is >= 1 and <= 36, nameof(SweepMonths), "1 to 36");
        Require(MostMissingShare is >= 0 and <= 1, nameof(MostMissingShare), "a share from 0 to 1, such as 0.1");
        Require(MostMissing >= 0, nameof(MostMissing), "0 or more");
        Require(BatchRecords >= 1, nameof(BatchRecords), "1 or more");
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
