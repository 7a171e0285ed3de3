using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Http;

namespace MspBilling.Adapters.Capture.Pax8;

public static class Pax8Registration
{
    /// <param name="section"><c>Sources:Pax8</c>; where it does not exist there is no such source.</param>
    /// <exception cref="InvalidDataException">A setting is wrong; the message says which and what to write.</exception>
    public static IServiceCollection AddPax8(this IServiceCollection services, IConfigurationSection section)
    {
        if (!section.Exists())
            return services;

        var options = section.Get<Pax8Options>() ?? new Pax8Options();
        var problems = options.Problems().ToList();
        if (problems.Count > 0)
            throw new InvalidDataException(string.Join('\n', problems));

        services.AddVendorClient(Pax8Wire.ClientName, options.Http);
        return services
            .AddSingleton(provider => new Pax8Source(options, provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<IRecordSource>(provider => provider.GetRequiredService<Pax8Source>());
    }
}
