namespace MspBilling.Adapters.Storage;

/// <summary>A file for bytes that are too many for memory; it goes when it is closed.</summary>
public static class TemporaryFile
{
    public static FileStream Create() => new(
        Path.GetTempFileName(),
        new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
}
