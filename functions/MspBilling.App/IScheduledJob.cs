namespace MspBilling.App;

/// <summary>Work that is done by the clock, in both hosts.</summary>
public interface IScheduledJob
{
    string Name { get; }

    /// <summary>A cron expression of five fields, in UTC.</summary>
    string Schedule { get; }

    Task RunAsync(CancellationToken cancellationToken);
}
