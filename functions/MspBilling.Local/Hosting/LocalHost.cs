using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using MspBilling.Adapters.Storage;
using MspBilling.App;
using MspBilling.App.Api;
using MspBilling.App.Capture;
using MspBilling.App.Dashboard;
using MspBilling.Local.Azurite;

namespace MspBilling.Local.Hosting;

/// <summary>The embedded host: one process with the storage emulator, the jobs, the API and the dashboard.</summary>
public sealed class LocalHost : IAsyncDisposable
{
    private const string ConnectionString = $"{StorageOptions.Section}:{nameof(StorageOptions.ConnectionString)}";

    private readonly AzuriteEmulator? _azurite;
    private readonly WebApplication _app;

    private LocalHost(AzuriteEmulator? azurite, WebApplication app, bool isEmulated) => (_azurite, _app, IsEmulated) = (azurite, app, isEmulated);

    /// <summary>Whether the storage is an Azurite's, and not somebody's account.</summary>
    public bool IsEmulated { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Brings storage up, or finds it, and puts the program together; nothing is served yet.</summary>
    /// <param name="port">Where the dashboard is going to be served; 0 when nothing is.</param>
    /// <exception cref="BadInputException">A setting cannot be read.</exception>
    /// <exception cref="LocalStorageException">Storage cannot be had, or the port is taken.</exception>
    internal static async Task<LocalHost> CreateAsync(LocalOptions options, int port, Action<string> notice, CancellationToken cancellationToken)
    {
        if (port != 0)
        {
            RequireFreePort(port);
        }

        var configuration = LocalSettings.Read(Directory.GetCurrentDirectory());
        AzuriteEmulator? azurite = null;
        if (configuration[ConnectionString] is null)
        {
            azurite = await AzuriteEmulator.StartAsync(options.StoragePort, options.AzuriteData, notice, cancellationToken).ConfigureAwait(false);
            configuration[ConnectionString] = azurite.ConnectionString;
        }
        else
        {
            await ReachableStorage.RequireAsync(configuration[ConnectionString]!, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var app = Build(configuration, port);
            await app.Services.GetRequiredService<BillingStorage>().CreateAsync(cancellationToken).ConfigureAwait(false);
            return new LocalHost(azurite, app, AzuriteEmulator.IsEmulated(configuration[ConnectionString]!));
        }
        catch
        {
            if (azurite is not null)
            {
                await azurite.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <summary>The program, put together: what the local host serves, and what tests drive.</summary>
    public static WebApplication Build(IConfiguration configuration, int port, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Error).AddFilter("Azure", LogLevel.Error);

        // Standard output is for answers alone. What an import refused or a pull failed at is told to who asked for it.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddFilter(typeof(ImportJob).FullName, LogLevel.Error).AddFilter(typeof(PullJob).FullName, LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));

        // Who is not addressed by a local name came through a page that lies about where it is from.
        builder.Services.AddHostFiltering(filter => filter.AllowedHosts = ["127.0.0.1", "localhost", "[::1]"]);
        builder.Services.AddProblemDetails();
        AddMspBilling(builder.Services, configuration);
        builder.Services.AddHostedService<AccountingWorker>();
        builder.Services.AddHostedService<WebhookWorker>();
        builder.Services.AddHostedService<TimerWorker>();
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseHostFiltering();
        foreach (var endpoint in Endpoints.All)
        {
            Task<IResult> HandleAsync(HttpContext http) => endpoint.HandleAsync(http.RequestServices, http.Request, http.RequestAborted);
            app.MapMethods($"/api/{endpoint.Route}", [endpoint.Method], (Delegate)HandleAsync);
        }

        app.MapDashboard();
        return app;
    }

    /// <exception cref="BadInputException">A setting cannot be worked with.</exception>
    private static void AddMspBilling(IServiceCollection services, IConfiguration configuration)
    {
        try
        {
            services.AddMspBilling(configuration);
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidDataException)
        {
            throw new BadInputException($"{e.Message.TrimEnd('.')}. Mend it in local.settings.json or in the environment.");
        }
    }

    /// <summary>Tells before any work is done whether the dashboard can be served, so that nobody waits for a close and is refused then.</summary>
    /// <exception cref="LocalStorageException">The port is taken.</exception>
    private static void RequireFreePort(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException)
        {
            throw PortTaken(port);
        }
    }

    /// <exception cref="LocalStorageException">The port is taken.</exception>
    public async Task ServeAsync(int port, Action ready, CancellationToken cancellationToken)
    {
        try
        {
            await _app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw PortTaken(port);
        }

        await AnswerOnceAsync(port, cancellationToken).ConfigureAwait(false);
        ready();
        await _app.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
    }

    // The first request waits for code to be compiled, and a webhook that is the first has to be answered in a tenth of a second.
    private static async Task AnswerOnceAsync(int port, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var http = new HttpClient(handler);
        using var answer = await http.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/api/health")), cancellationToken).ConfigureAwait(false);
    }

    private static LocalStorageException PortTaken(int port) => new(string.Create(
        CultureInfo.InvariantCulture, $"Port {port} is taken by another program. Stop it, or choose another with --port, or do not serve the dashboard: --no-serve."));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync().ConfigureAwait(false);
        }
    }
}
