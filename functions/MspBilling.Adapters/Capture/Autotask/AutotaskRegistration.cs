using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.Autotask;

public static class AutotaskRegistration
{
    /// <param name="section"><c>Sources:Autotask</c>; where it does not exist there is no such source.</param>
    /// <exception cref="InvalidDataException">A setting is wrong; the message says which and what to write.</exception>
    public static IServiceCollection AddAutotask(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return section.Exists() ? services.AddAutotask(section.Get<AutotaskOptions>() ?? new AutotaskOptions()) : services;
    }

    internal static IServiceCollection AddAutotask(this IServiceCollection services, AutotaskOptions options)
    {
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new InvalidDataException(string.Join('\n', problems));

        services.AddVendorClient(AutotaskWire.ClientName, options.Http);
        services.AddVendorClient(AutotaskWire.OnceClientName, options.Http.WithOneTry());
        if (options.Webhooks is not null)
        {
            services.AddSingleton<IWebhookSource>(new AutotaskWebhooks(options));
            services.AddSingleton<IWebhookRegistration>(provider => new AutotaskWebhookRegistration(options, provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>()));
        }

        return services
            .AddSingleton(provider => new AutotaskSource(options, provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IRecordSource>(provider => provider.GetRequiredService<AutotaskSource>())
            .AddSingleton<IInvoiceReferenceWriter>(provider => provider.GetRequiredService<AutotaskSource>());
    }
}
