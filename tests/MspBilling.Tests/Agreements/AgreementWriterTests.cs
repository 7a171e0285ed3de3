using MspBilling.Adapters.Agreements;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Agreements;

public sealed class AgreementWriterTests
{
    [Fact]
    public void Write_FullDocument_IsReadBackAsTheSame()
    {
        var json = AgreementWriter.Write(AgreementFiles.Document);

        Assert.Equal(RecordJson.ContentHash(AgreementFiles.Document), RecordJson.ContentHash(AgreementFiles.Read(json)));
        Assert.Equal(json, AgreementWriter.Write(AgreementFiles.Read(json)));
    }

    [Fact]
    public void Write_SmallDocument_SaysNoMoreThanIsAgreed() => Assert.Equal(
        """
        {
          "id": "a",
          "client": "ATLAS",
          "name": "A",
          "currency": "EUR",
          "versions": [
            {
              "from": "2026-01-01",
              "lines": [
                {
                  "kind": "expenses",
                  "id": "e",
                  "service": "Expenses",
                  "markupPercent": 10
                }
              ]
            }
          ]
        }
        """,
        System.Text.Encoding.UTF8.GetString(AgreementWriter.Write(AgreementFiles.Read(
            """{"id":"a","client":"ATLAS","name":"A","currency":"EUR","versions":[{"from":"2026-01-01","lines":[{"kind":"expenses","id":"e","service":"Expenses","markupPercent":10.00}]}]}"""))));
}
