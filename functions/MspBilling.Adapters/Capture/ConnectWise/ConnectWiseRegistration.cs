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
        return services
            .AddSingleton(provider => new ConnectWiseSource(options, provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IRecordSource>(provider => provider.GetRequiredService<ConnectWiseSource>())
            .AddSingleton<IInvoiceReferenceWriter>(provider => provider.GetRequiredService<ConnectWiseSource>());
    }
}
