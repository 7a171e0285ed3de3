using Microsoft.Extensions.Configuration;

namespace MspBilling.Local.Hosting;

/// <summary>Settings as the Azure Functions tools keep them: <c>local.settings.json</c>, its <c>Values</c>, then the environment.</summary>
internal static class LocalSettings
{
    public static IConfigurationRoot Read(string folder)
    {
        var file = new ConfigurationBuilder().SetBasePath(folder).AddJsonFile("local.settings.json", optional: true).Build();
        var values = file.GetSection("Values").GetChildren().Select(value => KeyValuePair.Create(value.Key.Replace("__", ":", StringComparison.Ordinal), value.Value));
        return new ConfigurationBuilder().AddInMemoryCollection(values).AddEnvironmentVariables().Build();
    }
}
