namespace MspBilling.Adapters.Capture.CloudEvents;

/// <summary>The published JSON Schema of an event of the usage API, <c>usage-event.schema.json</c>.</summary>
public static class UsageEventSchema
{
    private const string Resource = "usage-event.schema.json";

    public static byte[] Read()
    {
        using var resource = typeof(UsageEventSchema).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
