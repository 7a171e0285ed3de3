using System.Threading.RateLimiting;

namespace MspBilling.App.Capture;

/// <summary>How many requests the usage API works on at once, and how many a second: a flood is sent away before its bodies are read.</summary>
public sealed class UsageLimiter : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ConcurrencyLimiter _atOnce;
    private readonly TokenBucketRateLimiter _rate;

    public UsageLimiter(UsageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _atOnce = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = options.RequestsAtOnce, QueueLimit = 0 });
        _rate = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(options.Burst, options.RequestsPerSecond),
            TokensPerPeriod = options.RequestsPerSecond,
            ReplenishmentPeriod = Second,
            QueueLimit = 0,
        });
    }

    /// <summary>A leave to go on, to be given back; or null and after what time to ask again.</summary>
    public (IDisposable? Leave, TimeSpan RetryAfter) Enter()
    {
        var place = _atOnce.AttemptAcquire();
        if (!place.IsAcquired)
        {
            return (null, Second);
        }

        using var token = _rate.AttemptAcquire();
        if (token.IsAcquired)
        {
            return (place, default);
        }

        place.Dispose();
        return (null, token.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Second);
    }

    public void Dispose()
    {
        _atOnce.Dispose();
        _rate.Dispose();
    }
}
