using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.HaloPsa;
using Xunit;

namespace MspBilling.Tests.Capture.HaloPsa;

public sealed class HaloWebhooksTests
{
    public const string Path = "Zk3yQ0pS8vTn2LwX";
    public const string Password = "0123456789abcdef!#";

    public static HaloPsaOptions Options(bool isFromActions) => new()
    {
        TimeSource = isFromActions ? "Actions" : "TimesheetEvent",
        Webhooks = new HaloWebhookSettings { Path = Path, User = "halo", Password = Password, Events = [3] },
    };

    [Theory]
    [InlineData(Path, "halo:" + Password, WebhookProof.Genuine)]
    [InlineData(Path, "halo:0123456789abcdef!$", WebhookProof.NotGenuine)]
    [InlineData("other", "halo:" + Password, WebhookProof.NotGenuine)]
    [InlineData(null, "halo:" + Password, WebhookProof.NotGenuine)]
    public async Task Prove_OfADelivery_IsByPasswordAndAddress(string? path, string credentials, WebhookProof proof)
    {
        var header = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));

        Assert.Equal(proof, await new HaloWebhooks(Options(false)).ProveAsync(new WebhookDelivery("{}"u8.ToArray(), path, name => name == "Authorization" ? header : null), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("""{"event":"Ticket Updated","ticket":{"id":41551}}""", false, "Ticket Updated", "tickets/41551")]
    [InlineData("""{"event":"Ticket Updated","ticket":{"id":41551}}""", true, "Ticket Updated", "tickets/41551, actions/41551")]
    [InlineData("""{"event":"New Action","ticket":{"id":41551.0},"action":{"id":3,"ticket_id":41551}}""", false, "New Action", "tickets/41551, timesheet-events/41551/3")]
    [InlineData("""{"event_name":"Action deleted","action":{"id":3,"ticket_id":41551}}""", true, "Action deleted", "tickets/41551 deleted, actions/41551/3 deleted")]
    [InlineData("""{"ticket":{"id":60010,"is_project":true}}""", false, "unnamed event", "projects/60010")]
    [InlineData("""[{"event":"A","ticket":{"id":1}},{"event":"A","ticket":{"id":1}},{"event":"B","client":{"id":25},"asset":{"id":3301}}]""", false, "A", "tickets/1, clients/25, assets/3301")]
    [InlineData("""{"webhook_id":"x","events":[{"ticket":{"id":1}},{"ticket_id":2}]}""", false, "unnamed event", "tickets/1, tickets/2")]
    [InlineData("""{"event":"Stock moved","item":{"id":1}}""", false, "Stock moved", "")]
    [InlineData("""{"ticket":"41551","client":[1]}""", false, "unnamed event", "")]
    [InlineData("no json", false, "unreadable", "")]
    public void Read_OfABody_IsWhatToAskFor(string body, bool isFromActions, string what, string records)
    {
        var told = new HaloWebhooks(Options(isFromActions)).Read(Encoding.UTF8.GetBytes(body));

        Assert.Equal((null, null, what), (told.Key, told.At, told.What));
        Assert.Equal(records, WebhookTexts.Of(told));
    }

    [Theory]
    [InlineData("actions", "41551/3", "41551/3, 41551/3/non-billable, 41551/3/travel")]
    [InlineData("actions", "41551", "")]
    [InlineData("assets", "3301", "3301")]
    public void StoredAs_OfWhatIsFetched_IsAllOfItsRecords(string feed, string id, string stored) =>
        Assert.Equal(stored, string.Join(", ", new HaloWebhooks(Options(true)).StoredAs(new WebhookRecord(feed, id))));

    [Fact]
    public void Settings_ThatCannotBeWorkedWith_AreTold()
    {
        var settings = new HaloWebhookSettings { Path = "with blanks in it", User = "a:b", Password = "short", Events = [-1] };

        Assert.Equal(
            [
                "W:Path: make up the secret part of the webhook's address, 16 to 100 letters and digits.",
                "W:User: make up a user name of letters and digits.",
                "W:Password: make up a password of 16 to 100 letters, digits and symbols.",
                "W:Events: write the numbers of events, as webhooks list shows them.",
            ],
            settings.Problems("W:"));
    }
}
