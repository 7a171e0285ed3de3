namespace MspBilling.Adapters.Rating;

/// <summary>The published JSON Schema of a case file, <c>case.schema.json</c>.</summary>
public static class CaseSchema
{
    private const string Resource = "case.schema.json";

    public static byte[] Read()
    {
        using var resource = typeof(CaseSchema).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
