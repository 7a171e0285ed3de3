using MspBilling.Adapters.Agreements;
using MspBilling.Core.Agreements;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>The settings' <c>agreementTypes</c>: the lines that price each of the PSA's agreement types.</summary>
/// <remarks>
/// Lines are those of an agreement in the MSP's own form, but for two things: an id may be left out, and is the line's kind then, with
/// -2, -3 for further ones; and a flat recurring line may leave out its price, which is the fee of the PSA's agreement then.
/// </remarks>
internal static class AgreementTypes
{
    public static IReadOnlyList<AgreementType> Read(JsonRecord json) =>
        json.DistinctRecords("agreementTypes", Type, type => type.Name, "name", "each agreement type once");

    private static AgreementType Type(JsonRecord json) => new(json.Text("name"), [.. LineList.Read(json, LineScope.OfType).Select(line => line.Line)]);
}
