using System.CommandLine;
using MspBilling.Local.Commands;

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

    public static Option<int> StoragePortOption { get; } = CreateStoragePortOption();

    public static Option<bool> JsonOption { get; } = new("--json") { Description = "One JSON document on standard output; messages go to standard error.", Recursive = true };

    public DirectoryInfo AzuriteData => new(Path.Combine(Data.FullName, "azurite"));

    public DirectoryInfo Output => new(Path.Combine(Data.FullName, "output"));

    private static Option<int> CreateStoragePortOption()
    {
        // Two more ports follow the first.
        var option = PortOption.Create("--storage-port", "First of the three ports of Azurite: blobs, queues, tables.", AzuritePort, PortOption.Last - 2);
        option.Recursive = true;
        return option;
    }

    public static LocalOptions Of(ParseResult result) =>
        new(result.GetRequiredValue(DataOption), result.GetValue(StoragePortOption), result.GetValue(JsonOption));
}
