using System.CommandLine;

namespace MspBilling.Local.Hosting;

/// <summary>Options that every command takes.</summary>
internal sealed record LocalOptions(DirectoryInfo Data, int StoragePort, bool Json)
{
    private const int AzuritePort = 10000;

    public static Option<DirectoryInfo> DataOption { get; } = new("--data")
    {
        Description = "Where Azurite keeps its files and PDFs are written to.",
        DefaultValueFactory = _ => new DirectoryInfo(".local"),
        Recursive = true,
    };

    public static Option<int> StoragePortOption { get; } = new("--storage-port")
    {
        Description = "First of the three ports of Azurite: blobs, queues, tables.",
        DefaultValueFactory = _ => AzuritePort,
        Recursive = true,
    };

    public static Option<bool> JsonOption { get; } = new("--json") { Description = "One JSON document on standard output; messages go to standard error.", Recursive = true };

    public DirectoryInfo AzuriteData => new(Path.Combine(Data.FullName, "azurite"));

    public DirectoryInfo Output => new(Path.Combine(Data.FullName, "output"));

    public static LocalOptions Of(ParseResult result) =>
        new(result.GetRequiredValue(DataOption), result.GetValue(StoragePortOption), result.GetValue(JsonOption));
}
