using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Configuration;
using MspBilling.Adapters.Storage;

namespace MspBilling.Tests.Storage;

/// <summary>Counts the requests that reach a storage, and lets no more than so many through: as if the process ended there.</summary>
internal sealed class StorageRequests : HttpPipelinePolicy
{
    private int _count;

    public int Most { get; init; } = int.MaxValue;

    public int Count => _count;

    /// <summary>What others do before a request goes out, told which one it is, from 1.</summary>
    public Func<int, Task> Meanwhile { get; init; } = _ => Task.CompletedTask;

    /// <summary>After how many of the requests that were counted to cut another run short; see <see cref="SweepSample"/>.</summary>
    public IEnumerable<int> Cuts(int usual, bool atTheEnd = false) => atTheEnd ? SweepSample.AtTheEnd(_count, usual) : SweepSample.Of(_count, usual);

    /// <summary>The storage, reached through here.</summary>
    public BillingStorage On(TestStorage storage) => On(storage.Configuration);

    public BillingStorage On(IConfiguration configuration) => new(
        configuration.GetSection(StorageOptions.Section).Get<StorageOptions>()!, options => options.AddPolicy(this, HttpPipelinePosition.PerCall));

    public bool IsCut(Exception e) => e is CutException || (e is AggregateException all && all.InnerExceptions.All(IsCut));

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Meanwhile(Pass()).GetAwaiter().GetResult();
        ProcessNext(message, pipeline);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await Meanwhile(Pass());
        await ProcessNextAsync(message, pipeline);
    }

    private int Pass()
    {
        var request = Interlocked.Increment(ref _count);
        return request <= Most ? request : throw new CutException();
    }

    private sealed class CutException : Exception;
}
