using System.Text.Json;
using System.Xml.Linq;
using MspBilling.Adapters.Documents.EInvoice;
using MspBilling.Core.Clients;
using MspBilling.Core.Documents.EInvoice;
using Xunit;

namespace MspBilling.Tests.Documents.EInvoice;

/// <summary>What is written keeps the public rules, and each of these was seen to fail on a damaged document.</summary>
public sealed class EInvoiceRulesTests
{
    private static readonly IReadOnlyList<Rule> EuropeanRules = [.. CoreRules.All, .. VatRules.All, .. CodeLists.Rules];

    public static TheoryData<string> Cases => [.. EInvoiceCases.All.Keys];

    public static TheoryData<int> Damages => [.. Enumerable.Range(0, RuleDamages.All.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void UblWriter_Case_KeepsTheRulesOfEn16931AndPeppol(string name) =>
        Assert.Empty(Broken(UblReading.Read(Ubl(name, EInvoiceProfile.Peppol)), [.. EuropeanRules, .. PeppolRules.All]));

    [Theory]
    [MemberData(nameof(Cases))]
    public void CiiWriter_Case_KeepsTheRulesOfEn16931(string name) => Assert.Empty(Broken(CiiReading.Read(Cii(name)), EuropeanRules));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Writers_Case_SayTheSameInBothForms(string name) =>
        Assert.Equal(JsonSerializer.Serialize(UblReading.Read(Ubl(name, EInvoiceProfile.En16931))), JsonSerializer.Serialize(CiiReading.Read(Cii(name)) with { AmountCurrencies = [EInvoiceCases.All[name].Currency.Code] }));

    [Theory]
    [MemberData(nameof(Damages))]
    public void Rule_DamagedDocument_IsBroken(int index)
    {
        var (id, name, damage) = RuleDamages.All[index];
        var rule = Assert.Single(EuropeanRules.Concat(PeppolRules.All), rule => rule.Id == id);
        var xml = Ubl(name, EInvoiceProfile.Peppol);

        damage(xml);

        Assert.False(rule.Holds(UblReading.Read(xml)), $"{id} ({rule.Says}) did not notice it.");
    }

    [Fact]
    public void Rules_AreAllSeenToFail() =>
        Assert.Equal(EuropeanRules.Concat(PeppolRules.All).Select(rule => rule.Id).Order(StringComparer.Ordinal), RuleDamages.All.Select(damage => damage.Rule).Order(StringComparer.Ordinal));

    [Fact]
    public void Writers_SameInvoiceTwice_AreTheSameBytes()
    {
        var (first, second) = (Mapped("300 lines", EInvoiceProfile.Peppol), Mapped("300 lines", EInvoiceProfile.Peppol));

        Assert.Equal(UblWriter.Write(first), UblWriter.Write(second));
        Assert.Equal(CiiWriter.Write(first), CiiWriter.Write(second));
    }

    private static IEnumerable<string> Broken(ReadInvoice invoice, IEnumerable<Rule> rules) => rules.Where(rule => !rule.Holds(invoice)).Select(rule => $"{rule.Id}: {rule.Says}");

    private static XDocument Ubl(string name, EInvoiceProfile profile) => Xml(UblWriter.Write(Mapped(name, profile)));

    private static XDocument Cii(string name) => Xml(CiiWriter.Write(Mapped(name, EInvoiceProfile.En16931)));

    private static ElectronicInvoice Mapped(string name, EInvoiceProfile profile)
    {
        var (invoice, problems) = EInvoiceMapping.Of(EInvoiceCases.All[name], profile);
        return invoice ?? throw new InvalidOperationException(string.Join("; ", problems));
    }

    private static XDocument Xml(byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        return XDocument.Load(content);
    }
}
