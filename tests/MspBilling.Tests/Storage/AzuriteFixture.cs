using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Storage;
using MspBilling.App;
using MspBilling.Local.Azurite;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace MspBilling.Tests.Storage;

/// <summary>One Azurite for the whole test run, in memory and on free ports; each test gets names of its own in it.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private AzuriteEmulator? _azurite;
    private TestStorage? _closed;

    public string ConnectionString => _azurite?.ConnectionString ?? throw new InvalidOperationException("Azurite was not started.");

    public async ValueTask InitializeAsync() =>
        _azurite = await AzuriteEmulator.StartAsync(FreePorts.ThreeInARow(), data: null, notice: _ => { }, CancellationToken.None);

    /// <summary>A storage of its own, made and empty.</summary>
    public async Task<TestStorage> CreateAsync(Action<IServiceCollection>? configure = null)
    {
        var storage = new TestStorage(ConnectionString, "t" + Guid.NewGuid().ToString("N")[..12], configure);
        await storage.Get<BillingStorage>().CreateAsync(TestContext.Current.CancellationToken);
        return storage;
    }

    /// <summary>The sample month, imported, closed and booked once for all tests that only read it.</summary>
    public async Task<TestStorage> ClosedSampleAsync()
    {
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_closed is null)
            {
                var storage = await CreateAsync();
                await SampleRun.ImportAsync(storage, SampleRun.Month);
                await SampleRun.CloseAsync(storage);
                await SampleRun.BookAsync(storage);
                _closed = storage;
            }

            return _closed;
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_closed?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_azurite?.DisposeAsync() ?? ValueTask.CompletedTask);
        _one.Dispose();
    }
}

/// <summary>The program on a storage of its own, which is removed with everything in it.</summary>
public sealed class TestStorage : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TestStorage(string connectionString, string prefix, Action<IServiceCollection>? configure = null)
    {
        Prefix = prefix;
        Configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Storage:ConnectionString", connectionString), new("Storage:Prefix", prefix)])
            .Build();
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.None)).AddMspBilling(Configuration);
        configure?.Invoke(services);
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    /// <summary>Whether it is another's storage, who removes it.</summary>
    public bool IsShared { get; init; }

    public string Prefix { get; }

    public IConfiguration Configuration { get; }

    public IServiceProvider Services => _services;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        if (!IsShared)
            await Get<BillingStorage>().DeleteAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
