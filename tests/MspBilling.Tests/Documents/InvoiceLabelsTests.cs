using System.Reflection;
using System.Text.RegularExpressions;
using MspBilling.Core.Documents;
using Xunit;

namespace MspBilling.Tests.Documents;

public sealed partial class InvoiceLabelsTests
{
    /// <summary>Words that are the same in English, so that any other word that is was left in English by accident.</summary>
    private static readonly Dictionary<string, string[]> SameAsEnglish = new(StringComparer.Ordinal)
    {
        ["de"] = ["Person"],
        ["fr"] = ["Date"],
        ["fr-CA"] = ["Date", "Total"],
        ["es"] = ["Subtotal", "Total"],
        ["pl"] = [],
    };

    public static TheoryData<string> Languages => [.. SameAsEnglish.Keys, "de-AT", "de-CH", "es-MX"];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Labels_InLanguage_AreAllThereAndNoneIsEnglish(string language)
    {
        var english = Labels("en");
        var same = SameAsEnglish.GetValueOrDefault(language) ?? SameAsEnglish[language[..2]];

        Assert.All(Labels(language), label =>
        {
            Assert.False(string.IsNullOrWhiteSpace(label.Value), label.Key);
            Assert.True(label.Value != english[label.Key] || same.Contains(label.Value), $"{label.Key} is '{label.Value}' as in English.");
        });
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Labels_InLanguage_HaveEnglishsPlaceholdersEachOnce(string language)
    {
        var labels = Labels(language);

        Assert.All(Labels("en"), english => Assert.Equal(Placeholders(english.Value).Order(), Placeholders(labels[english.Key]).Order()));
    }

    [Theory]
    [InlineData("de-DE", "Rechnung", "USt-IdNr.")]
    [InlineData("de-AT", "Rechnung", "UID-Nr.")]
    [InlineData("de-LU", "Rechnung", "USt-IdNr.")]
    [InlineData("fr-CA", "Facture", "N° de taxe")]
    [InlineData("fr-BE", "Facture", "N° de TVA")]
    [InlineData("es-MX", "Factura", "RFC")]
    [InlineData("es-CO", "Factura", "NIF")]
    [InlineData("pl-PL", "Faktura", "NIP")]
    [InlineData("pl", "Faktura", "NIP")]
    [InlineData("en-US", "Invoice", "Tax number")]
    [InlineData("sv-SE", "Invoice", "Tax number")] // has no labels yet
    public void For_Tag_AreTheRegionsElseTheLanguages(string tag, string invoice, string taxNumber)
    {
        var labels = InvoiceLabels.For(DocumentLanguage.Of(tag));

        Assert.Equal((invoice, taxNumber), (labels.Invoice, labels.TaxNumber));
    }

    private static Dictionary<string, string> Labels(string language)
    {
        var labels = InvoiceLabels.For(DocumentLanguage.Of(language));
        return Texts(labels).Concat(Texts(labels.Statement)).ToDictionary();
    }

    private static IEnumerable<KeyValuePair<string, string>> Texts(object labels) =>
        from property in labels.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.PropertyType == typeof(string)
        select KeyValuePair.Create($"{labels.GetType().Name}.{property.Name}", (string)property.GetValue(labels)!);

    private static IEnumerable<string> Placeholders(string label) => Placeholder().Matches(label).Select(match => match.Value);

    [GeneratedRegex(@"\{\d+\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
