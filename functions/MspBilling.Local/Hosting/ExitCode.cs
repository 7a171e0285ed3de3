namespace MspBilling.Local.Hosting;

/// <summary>What the process answers to who started it.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Something is held, quarantined, refused by accounting, or differs.</summary>
    public const int HeldOrFailed = 1;

    public const int BadInput = 2;

    public const int NotReachable = 3;
}
