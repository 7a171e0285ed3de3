using System.Text;
using CsCheck;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.Autotask;
using MspBilling.Adapters.Capture.ConnectWise;
using MspBilling.Adapters.Capture.HaloPsa;
using MspBilling.Tests.Capture.Autotask;
using MspBilling.Tests.Capture.ConnectWise;
using MspBilling.Tests.Capture.HaloPsa;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Bodies of webhooks that were damaged in any way are read, and never end in an exception or in an id that no record can have.</summary>
public sealed class WebhookFuzzTests
{
    public static TheoryData<string, string> Bodies => new()
    {
        { "connectwise", """{"MessageId":"m1","FromUrl":"na.myconnectwise.net","CompanyId":"harbour","MemberId":"Admin","Action":"updated","Type":"time","ID":80121,"ProductInstanceId":null,"Entity":"{\"Id\":80121,\"_info\":{\"lastUpdated\":\"2026-08-03T15:45:00Z\"}}","Metadata":{"key_url":"https://na.myconnectwise.net/v4_6_release/apis/3.0/system/callbacks/keys/7"}}""" },
        { "autotask", """{"Action":"Update","Guid":"0c5ad1c6","EntityType":"Ticket","Id":8001,"Fields":{"status":"5","queueID":"8"},"EventTime":"2026-08-03T15:45:00Z","SequenceNumber":12,"PersonID":4}""" },
        { "halopsa", """{"webhook_id":"x","event":"New Action","events":[{"ticket":{"id":41551.0,"is_project":false},"action":{"id":3,"ticket_id":41551}},{"ticket_id":"2","client":{"id":25},"asset":{"id":3301}}]}""" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Read_DamagedBody_AlwaysTellsSomething(string source, string body)
    {
        using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddConnectWise(Settings.GetSection("Sources:ConnectWise")).BuildServiceProvider();
        var webhooks = source switch
        {
            "autotask" => new AutotaskWebhooks(AutotaskWebhookTests.Options()),
            "halopsa" => new HaloWebhooks(HaloWebhooksTests.Options(isFromActions: true)),
            _ => services.GetRequiredService<IWebhookSource>(),
        };
        var whole = Encoding.UTF8.GetBytes(body);
        Assert.NotEmpty(webhooks.Read(whole).Records);

        ImportFuzzTests.Damage.Array[1, 5].Sample(
            damages =>
            {
                var told = webhooks.Read(damages.Aggregate(whole, (damaged, damage) => damage(damaged)));

                Assert.NotEmpty(told.What);
                Assert.All(told.Records, record => Assert.Matches("^[0-9]+(/[0-9]+)?\\z", record.ExternalId));
            },
            iter: 6_000,
            threads: 1);
    }

    private static IConfiguration Settings => new ConfigurationBuilder().AddInMemoryCollection(ConnectedSource.SettingsFor("https://na.myconnectwise.net/", "Webhooks:Path=" + ConnectWiseWebhookTests.Path)).Build();
}
