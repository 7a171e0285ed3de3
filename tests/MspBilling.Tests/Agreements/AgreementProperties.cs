using System.Text;
using System.Text.Json;
using CsCheck;
using MspBilling.Adapters.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Agreements;

/// <summary>What holds of every agreement in the own form.</summary>
public sealed class AgreementProperties
{
    private static readonly SchemaCheck Schema = new(JsonDocument.Parse(AgreementSchema.Read()).RootElement);

    [Fact]
    public void AnyAgreement_Written_IsAllowedBySchemaAndReadAsTheSame() => new RandomAgreements(new RandomDays(Days.September)).Document("201").Sample(
        agreement =>
        {
            var written = AgreementWriter.Write(agreement);

            Assert.Equal(Encoding.UTF8.GetString(RecordJson.Serialize(agreement)), Encoding.UTF8.GetString(RecordJson.Serialize(AgreementFiles.Read(written))));
            using var json = JsonDocument.Parse(written);
            Assert.True(Schema.Allows(json.RootElement));
        },
        iter: 10_000);
}
