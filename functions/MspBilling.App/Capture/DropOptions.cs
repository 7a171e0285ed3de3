namespace MspBilling.App.Capture;

/// <summary>How the drop is looked at.</summary>
public sealed class DropOptions
{
    public const string Section = "Drop";

    /// <summary>A file that was changed less long ago may still be written.</summary>
    public int SettleSeconds { get; set; } = 60;

    public DropOptions Checked() => SettleSeconds is >= 0 and <= 86_400
        ? this
        : throw new InvalidOperationException($"{Section}__{nameof(SettleSeconds)} is {SettleSeconds}; write a number of seconds from 0 to 86400.");
}
