using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Storage;
using MspBilling.App;
using MspBilling.Local.Azurite;
using MspBilling.Tests.Storage;
using Xunit;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace MspBilling.Tests.Storage;

/// <summary>One Azurite for the whole test run, in memory and on free ports; each test gets names of its own in it.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteEmulator? _azurite;

    public string ConnectionString => _azurite?.ConnectionString ?? throw new InvalidOperationException("Azurite was not started.");

    public async ValueTask InitializeAsync() =>
        _azurite = await AzuriteEmulator.StartAsync(AzuriteEmulator.FreePorts(), data: null, notice: _ => { }, CancellationToken.None);

    /// <summary>A storage of its own, made and empty.</summary>
    public async Task<TestStorage> CreateAsync()
    {
        var storage = new TestStorage(ConnectionString, "t" + Guid.NewGuid().ToString("N")[..12]);
        await storage.Get<BillingStorage>().CreateAsync(TestContext.Current.CancellationToken);
        return storage;
    }

    public ValueTask DisposeAsync() => _azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
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

    public string Prefix { get; }

    public IConfiguration Configuration { get; }

    public IServiceProvider Services => _services;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await Get<BillingStorage>().DeleteAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
