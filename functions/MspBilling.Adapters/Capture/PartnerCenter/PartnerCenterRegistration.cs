using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.PartnerCenter;

public static class PartnerCenterRegistration
{
    /// <param name="section"><c>Sources:PartnerCenter</c>; where it does not exist there is no such source.</param>
    /// <exception cref="InvalidDataException">A setting is wrong; the message says which and what to write.</exception>
    public static IServiceCollection AddPartnerCenter(this IServiceCollection services, IConfigurationSection section)
    {
        if (!section.Exists())
            return services;

        var options = section.Get<PartnerCenterOptions>() ?? new PartnerCenterOptions();
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new InvalidDataException(string.Join('\n', problems));

        services.AddVendorClient(PartnerWire.ClientName, options.Http);
        return services
            .AddSingleton(provider => new PartnerCenterSource(options, provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IRecordSource>(provider => provider.GetRequiredService<PartnerCenterSource>());
    }
}
