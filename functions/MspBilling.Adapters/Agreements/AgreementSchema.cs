namespace MspBilling.Adapters.Agreements;

/// <summary>The published JSON Schema of an agreement, <c>agreement.schema.json</c>.</summary>
public static class AgreementSchema
{
    private const string Resource = "agreement.schema.json";

    public static byte[] Read()
    {
        using var resource = typeof(AgreementSchema).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
