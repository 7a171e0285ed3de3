using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace MspBilling.Adapters.Http;

/// <summary>How patient a connector is with its vendor, and how many requests it sends.</summary>
/// <remarks>Section <c>Http</c> of a connector's settings; each connector sets defaults below what its vendor allows.</remarks>
public sealed class VendorLimits
{
    /// <summary>Requests in flight at once.</summary>
    public int Concurrent { get; set; } = 2;

    /// <summary>Requests a minute; those above it wait.</summary>
    public int PerMinute { get; set; } = 600;

    /// <summary>Tries of a request in all.</summary>
    public int Tries { get; set; } = 5;

    /// <summary>Tries of a request that is answered with 500: some vendors say so of requests that they will never answer.</summary>
    public int TriesOfError500 { get; set; } = int.MaxValue;

    /// <summary>The pause before the second try; it doubles with each, with jitter. <c>Retry-After</c> goes before it.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause, also where <c>Retry-After</c> asks for a longer one.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>For one try, from the request to the last byte of the answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>For a client that sends what must not be sent twice.</summary>
    public VendorLimits WithOneTry()
    {
        var limits = (VendorLimits)MemberwiseClone();
        limits.Tries = 1;
        return limits;
    }
}

/// <summary>HTTP clients for vendors: limited, timed out and tried again in one way.</summary>
/// <remarks>
/// Tried again are what was not reached, 408, 429 and 5xx, whatever the method: who sends what must not be sent twice takes a
/// client with one try. Headers are never logged, because they hold secrets, and redirects are not followed, because they would be sent there.
/// </remarks>
public static class VendorHttp
{
    public static IHttpClientBuilder AddVendorClient(this IServiceCollection services, string name, VendorLimits limits)
    {
        var builder = services.AddHttpClient(name, client =>
        {
            // The pipeline below has its own, for each try.
            client.Timeout = Timeout.InfiniteTimeSpan;
            client.DefaultRequestHeaders.UserAgent.ParseAdd("MspBilling/1.0");
        }).RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
        builder.AddResilienceHandler(name, pipeline =>
        {
            if (limits.Tries > 1)
            {
                pipeline.AddRetry(new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = limits.Tries - 1,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = limits.FirstPause,
                    MaxDelay = limits.LongestPause,
                    ShouldRetryAfterHeader = false,
                    ShouldHandle = arguments => ValueTask.FromResult(
                        HttpClientResiliencePredicates.IsTransient(arguments.Outcome)
                        && (arguments.Outcome.Result?.StatusCode != HttpStatusCode.InternalServerError || arguments.AttemptNumber + 1 < limits.TriesOfError500)),
                    DelayGenerator = arguments => ValueTask.FromResult(RetryAfter(arguments.Outcome.Result, limits)),
                });
            }

            pipeline.AddRateLimiter(new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
            {
                TokenLimit = Math.Max(1, limits.PerMinute / 60),
                TokensPerPeriod = Math.Max(1, limits.PerMinute / 60),
                ReplenishmentPeriod = limits.PerMinute >= 60 ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(60.0 / limits.PerMinute),
                QueueLimit = int.MaxValue,
            }));
            pipeline.AddConcurrencyLimiter(limits.Concurrent, int.MaxValue);
            pipeline.AddTimeout(limits.Timeout);
        });

        // Inside the pipeline, so that an answer that breaks off or never ends is tried again, too.
        return builder.AddHttpMessageHandler(() => new WholeAnswer());
    }

    // Null takes the growing pause. A date is counted from the answer's own, so that a wrong clock here does not matter.
    private static TimeSpan? RetryAfter(HttpResponseMessage? answer, VendorLimits limits)
    {
        var asked = answer?.Headers.RetryAfter switch
        {
            { Delta: { } seconds } => seconds,
            { Date: { } until } when answer.Headers.Date is { } now => until - now,
            _ => (TimeSpan?)null,
        };
        return asked is { } pause ? TimeSpan.FromTicks(Math.Clamp(pause.Ticks, 0, limits.LongestPause.Ticks)) : null;
    }

    private sealed class WholeAnswer : DelegatingHandler
    {
        private const long MostBytes = 256L * 1024 * 1024;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            try
            {
                await answer.Content.LoadIntoBufferAsync(MostBytes, cancellationToken).ConfigureAwait(false);
                return answer;
            }
            catch
            {
                answer.Dispose();
                throw;
            }
        }
    }
}
