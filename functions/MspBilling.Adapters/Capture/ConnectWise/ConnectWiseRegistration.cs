using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.ConnectWise;

public static class ConnectWiseRegistration
{
    /// <param name="section"><c>Sources:ConnectWise</c>; where it does not exist there is no such source.</param>
    /// <exception cref="InvalidDataException">A setting is wrong; the message says which and what to write.</exception>
    public static IServiceCollection AddConnectWise(this IServiceCollection services, IConfigurationSection section)
    {
        if (!section.Exists())
            return services;

        var options = section.Get<ConnectWiseOptions>() ?? new ConnectWiseOptions();
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new InvalidDataException(string.Join('\n', problems));

        services.AddVendorClient(ConnectWiseWire.ClientName, options.Http);
        if (options.Webhooks is not null)
            services.AddCallbacks(options);
        return services
            .AddSingleton(provider => new ConnectWiseSource(options, provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IRecordSource>(provider => provider.GetRequiredService<ConnectWiseSource>())
            .AddSingleton<IInvoiceReferenceWriter>(provider => provider.GetRequiredService<ConnectWiseSource>());
    }

    private static void AddCallbacks(this IServiceCollection services, ConnectWiseOptions options)
    {
        // The vendor waits five seconds for an answer (developer guide, "When Callbacks Fail to POST to Target Host").
        services.AddVendorClient(CallbackKeys.ClientName, new VendorLimits { Tries = 1, PerMinute = options.Http.PerMinute, Timeout = TimeSpan.FromSeconds(4) });
        services
            .AddSingleton<IWebhookSource>(provider => new ConnectWiseWebhooks(options, provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IWebhookRegistration>(provider => new Callbacks(options, provider.GetRequiredService<IHttpClientFactory>()));
    }
}
