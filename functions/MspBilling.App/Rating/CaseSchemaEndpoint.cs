using Microsoft.AspNetCore.Http;
using MspBilling.Adapters.Rating;

namespace MspBilling.App.Rating;

/// <summary>The JSON Schema of a case, for editors and for who writes one.</summary>
public sealed class CaseSchemaEndpoint
{
    private readonly byte[] _schema = CaseSchema.Read();

    public Task<IResult> GetAsync() => Task.FromResult(Results.Bytes(_schema, "application/json"));
}
