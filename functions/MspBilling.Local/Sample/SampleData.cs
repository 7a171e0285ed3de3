namespace MspBilling.Local.Sample;

/// <summary>The files that are kept, not generated; see the README beside them.</summary>
internal static class SampleData
{
    public static byte[] Read(string name)
    {
        using var stream = typeof(SampleData).Assembly.GetManifestResourceStream("Sample." + name)
            ?? throw new FileNotFoundException($"The program was built without its sample file {name}; build functions/MspBilling.Local again.", name);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
