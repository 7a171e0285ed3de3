using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.HaloPsa;

public static class HaloPsaRegistration
{
    /// <param name="section"><c>Sources:HaloPsa</c>; where it does not exist there is no such source.</param>
    /// <exception cref="InvalidDataException">A setting is wrong; the message says which and what to write.</exception>
    public static IServiceCollection AddHaloPsa(this IServiceCollection services, IConfigurationSection section)
    {
        if (!section.Exists())
            return services;

        var options = section.Get<HaloPsaOptions>() ?? new HaloPsaOptions();
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new InvalidDataException(string.Join('\n', problems));

        services.AddVendorClient(HaloWire.ClientName, options.Http);
        services.AddVendorClient(HaloWire.OnceName, options.Http.WithOneTry());
        if (options.Webhooks is not null)
        {
            services.AddSingleton<IWebhookSource>(new HaloWebhooks(options));
            services.AddSingleton<IWebhookRegistration>(provider => new HaloWebhookRegistration(options, provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>()));
        }

        return services
            .AddSingleton(provider => new HaloPsaSource(options, provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IRecordSource>(provider => provider.GetRequiredService<HaloPsaSource>())
            .AddSingleton<IInvoiceReferenceWriter>(provider => provider.GetRequiredService<HaloPsaSource>());
    }
}
