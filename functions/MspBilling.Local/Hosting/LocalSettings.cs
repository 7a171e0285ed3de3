using Microsoft.Extensions.Configuration;

namespace MspBilling.Local.Hosting;

/// <summary>Settings as the Azure Functions tools keep them: <c>local.settings.json</c>, its <c>Values</c>, then the environment.</summary>
internal static class LocalSettings
{
    private const string FileName = "local.settings.json";

    /// <exception cref="BadInputException">The file is there and is no JSON.</exception>
    public static IConfigurationRoot Read(string folder)
    {
        var file = ReadFile(folder);
        var values = file.GetSection("Values").GetChildren().Select(value => KeyValuePair.Create(value.Key.Replace("__", ":", StringComparison.Ordinal), value.Value));
        return new ConfigurationBuilder().AddInMemoryCollection(values).AddEnvironmentVariables().Build();
    }

    private static IConfigurationRoot ReadFile(string folder)
    {
        try
        {
            return new ConfigurationBuilder().SetBasePath(folder).AddJsonFile(FileName, optional: true).Build();
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException($"{Path.Combine(folder, FileName)} cannot be read as JSON: {e.GetBaseException().Message}");
        }
    }
}
