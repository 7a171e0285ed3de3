using System.Security.Cryptography;
using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Capture.Autotask;
using Xunit;

namespace MspBilling.Tests.Capture.Autotask;

public sealed class AutotaskWebhookTests
{
    public const string Path = "Zk3yQ0pS8vTn2LwX";
    public const string Secret = "0123456789abcdef!#";

    private static AutotaskWebhooks Webhooks { get; } = new(Options());

    public static AutotaskOptions Options()
    {
        var options = AutotaskPulls.Options();
        options.Webhooks = new AutotaskWebhookSettings { Path = Path, Secret = Secret };
        return options;
    }

#pragma warning disable CA5350 // The vendor signs with SHA-1 and offers nothing else.
    public static string SignatureOf(byte[] body, string secret) => "sha1=" + Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), body));
#pragma warning restore CA5350

    [Theory]
    [InlineData(Path, Secret, "", WebhookProof.Genuine)]
    [InlineData(Path, Secret, " ", WebhookProof.NotGenuine)]
    [InlineData(Path, "0123456789abcdef!$", "", WebhookProof.NotGenuine)]
    [InlineData("Zk3yQ0pS8vTn2Lwx", Secret, "", WebhookProof.NotGenuine)]
    [InlineData(null, Secret, "", WebhookProof.NotGenuine)]
    public async Task Prove_OfABody_IsBySignatureAndAddress(string? path, string secret, string added, WebhookProof proof)
    {
        var body = """{"Action":"Update","Id":7}"""u8.ToArray();
        var signature = SignatureOf(body, secret);

        Assert.Equal(proof, await Webhooks.ProveAsync(new WebhookDelivery(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body) + added), path, header => header == "X-Hook-Signature" ? signature : null), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("""{"Action":"Update","Guid":"g","EntityType":"Ticket","Id":8001,"EventTime":"2026-08-03T15:45:00Z","SequenceNumber":12}""", "g 12 Ticket Update 8001 2026-08-03T15:45:00Z", "2026-08-03T15:45:00", "Ticket Update", "tickets/8001")]
    [InlineData("""{"Action":"Create","Guid":"g","EntityType":"Account","Id":8001,"EventTime":"2026-08-03T15:45:00.123"}""", null, "2026-08-03T15:45:00.123", "Account Create", "companies/8001")]
    [InlineData("""{"action":"Delete","entityType":"InstalledProduct","id":5,"eventTime":"2026-08-03T17:45:00+02:00"}""", null, "2026-08-03T15:45:00", "InstalledProduct Delete", "configuration-items/5 deleted")]
    [InlineData("""{"Action":"Deactivated","Guid":"g","EntityType":"Ticket","Id":8001,"SequenceNumber":3}""", "g 3 Ticket Deactivated 8001 ", null, "Ticket Deactivated", "")]
    [InlineData("""{"Action":"Update","EntityType":"Contact","Id":5}""", null, null, "Contact Update", "")]
    [InlineData("""{"Action":"Update","EntityType":"TicketNote","Id":5}""", null, null, "TicketNote Update", "")]
    [InlineData("""{"Action":"Update","EntityType":"Ticket","Id":"x","EventTime":"yesterday"}""", null, null, "Ticket Update", "")]
    [InlineData("null", null, null, "nothing told", "")]
    [InlineData("", null, null, "unreadable", "")]
    public void Read_OfABody_IsWhatToAskFor(string body, string? key, string? at, string what, string records)
    {
        var told = Webhooks.Read(Encoding.UTF8.GetBytes(body));

        Assert.Equal((key, what), (told.Key, told.What));
        Assert.Equal(at is null ? null : DateTimeOffset.Parse(at + "Z", System.Globalization.CultureInfo.InvariantCulture), told.At);
        Assert.Equal(records, WebhookTexts.Of(told));
    }

    [Fact]
    public void Settings_ThatCannotBeWorkedWith_AreTold()
    {
        var options = Options();
        options.Webhooks = new AutotaskWebhookSettings { Path = "short", Secret = "short", Entities = ["TimeEntries"], Fields = [" "], NotificationEmail = "nobody" };

        Assert.Equal(
            [
                "Sources:Autotask:Webhooks:Path: make up the secret part of the webhook's address, 16 to 100 letters and digits.",
                "Sources:Autotask:Webhooks:Secret: make up a key of 16 to 64 letters, digits and symbols.",
                "Sources:Autotask:Webhooks:Entities: write some of Companies, ConfigurationItems, Tickets, or leave them out for all.",
                "Sources:Autotask:Webhooks:Fields: write labels of fields, none of them blank, or leave them out for all.",
                "Sources:Autotask:Webhooks:NotificationEmail: write an e-mail address, or leave it out for the API user's.",
            ],
            options.Problems());
    }
}
