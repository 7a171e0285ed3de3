using MspBilling.Core.Capture;
using MspBilling.Tests.Agreements;
using Xunit;

namespace MspBilling.Tests.Capture;

public sealed class AgreementChangesTests
{
    private const string Line = """{ "kind": "time", "id": "time", "service": "Support", "rates": [ { "price": 100 } ] }""";
    private const string Rule = """{ "id": "free", "name": "Free", "match": {}, "effect": { "do": "waive" } }""";
    private const string First = $$"""{ "from": "2024-01-01", "to": "2024-07-01", "lines": [ {{Line}} ], "rules": [ {{Rule}} ] }""";
    private const string Open = $$"""{ "from": "2024-07-01", "lines": [ {{Line}} ] }""";

    private static readonly AgreementDocument Stored = Document($"{First}, {Open}");

    [Fact]
    public void Check_Same_IsAllowed() => Assert.Empty(Check(Document($"{First}, {Open}")));

    [Fact]
    public void Check_NameAndPurchaseOrder_MayChange() => Assert.Empty(Check(Stored with { Name = "New", PurchaseOrder = "PO-9" }));

    // September is billed: the first day that is not is 1 October.
    [Theory]
    [InlineData("2024-09-30", "versions[1].to is 2024-09-30, expected 2024-10-01 or later, as the days before it are billed")]
    [InlineData("2024-10-01", "")]
    [InlineData("2025-01-01", "")]
    public void Check_OpenEndIsSet_IsAllowedAfterTheLastDayBilled(string end, string refusal) => Assert.Equal(
        refusal, Said(Document(First + ", " + Open.Replace("\"2024-07-01\",", $"\"2024-07-01\", \"to\": \"{end}\",", StringComparison.Ordinal))));

    [Fact]
    public void Check_OpenEndIsSetAndAVersionFollows_IsAllowed() => Assert.Empty(Check(Document(
        $$"""{{First}}, { "from": "2024-07-01", "to": "2024-11-01", "lines": [ {{Line}} ] }, { "from": "2024-11-01", "lines": [ {{Line.Replace("100", "110", StringComparison.Ordinal)}} ] }""")));

    [Fact]
    public void Check_NothingBilledYet_AnyEndIsAllowed() => Assert.Empty(AgreementChanges.Check(
        Stored, Document(First + ", " + Open.Replace("\"2024-07-01\",", "\"2024-07-01\", \"to\": \"2024-07-02\",", StringComparison.Ordinal)), null));

    [Theory]
    [InlineData("\"price\": 100", "\"price\": 101", "versions[0].lines[0] is time, expected time as it is stored; append a version with other terms | versions[1].lines[0] is time, expected time as it is stored; append a version with other terms")]
    [InlineData("\"name\": \"Free\"", "\"name\": \"Gratis\"", "versions[0].rules[0] is free, expected free as it is stored; append a version with other terms")]
    [InlineData(", \"rules\": [ " + Rule + " ]", "", "versions[0].rules[0], expected free as it is stored; append a version without it")]
    [InlineData("[ " + Rule + " ]", "[ " + Rule + ", { \"id\": \"more\", \"name\": \"More\", \"match\": {}, \"effect\": { \"do\": \"waive\" } } ]", "versions[0].rules[1] is more, expected nothing more than is stored; append a version with it")]
    [InlineData("{ \"from\": \"2024-01-01\", \"to\": \"2024-07-01\"", "{ \"from\": \"2024-02-01\", \"to\": \"2024-07-01\"", "versions[0].from is 2024-02-01, expected 2024-01-01 as before")]
    [InlineData("\"currency\": \"EUR\"", "\"currency\": \"USD\"", "currency is USD, expected EUR as before; make an agreement with an id of its own")]
    [InlineData("\"client\": \"ATLAS\"", "\"client\": \"OTHER\"", "client is OTHER, expected ATLAS as before; make an agreement with an id of its own")]
    [InlineData("\"client\"", "\"psaAgreement\": \"88\", \"client\"", "psaAgreement is 88, expected nothing as before; make an agreement with an id of its own")]
    [InlineData("\"client\"", "\"calendar\": \"ireland\", \"client\"", "calendar is ireland, expected nothing as before; make an agreement with an id of its own")]
    [InlineData(", " + Open, "", "versions[1], expected version 2 as it is stored; a version cannot be taken away")]
    public void Check_AnythingElse_IsRefusedWithPathAndReason(string right, string wrong, string refusals)
    {
        var text = Text($"{First}, {Open}");
        Assert.Contains(right, text, StringComparison.Ordinal);

        Assert.Equal(refusals, Said(AgreementFiles.Read(text.Replace(right, wrong, StringComparison.Ordinal))));
    }

    // A version that has ended stays ended: other days are another version's.
    [Fact]
    public void Check_ClosedEndMoves_IsRefused()
    {
        var stored = Document(First);
        var longer = Document(First.Replace("2024-07-01", "2024-08-01", StringComparison.Ordinal));

        Assert.Equal(["versions[0].to"], AgreementChanges.Check(stored, longer, null).Select(refusal => refusal.Path));
        Assert.Empty(AgreementChanges.Check(stored, Document($"{First}, {Open}"), new DateOnly(2024, 10, 1)));
    }

    private static IEnumerable<AgreementChanges.Refusal> Check(AgreementDocument given) => AgreementChanges.Check(Stored, given, new DateOnly(2024, 10, 1));

    private static string Said(AgreementDocument given) =>
        string.Join(" | ", Check(given).Select(refusal => $"{refusal.Path}{(refusal.Value is null ? "" : " is " + refusal.Value)}, expected {refusal.Expected}"));

    private static AgreementDocument Document(string versions) => AgreementFiles.Read(Text(versions));

    private static string Text(string versions) => $$"""{ "id": "a", "client": "ATLAS", "name": "A", "currency": "EUR", "versions": [ {{versions}} ] }""";
}
