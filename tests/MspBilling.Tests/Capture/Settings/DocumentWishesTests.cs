using System.Text.Json;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using Xunit;

namespace MspBilling.Tests.Capture.Settings;

public sealed class DocumentWishesTests
{
    private const string Whole = """
        {"paper":"letter","grouping":"agreement","columns":["unitPrice","quantity","taxRate"],"appendix":"withoutNotes","explanations":false,"textColor":"#102030","boxColor":"#EEF6F5",
         "texts":[{"language":"de","intro":"Guten Tag","footerLines":["Bank A","Bank B"]},{"closingNote":"Thank you"}],"paymentInstructions":{"USD":["ABA 026009593"]}}
        """;

    [Fact]
    public void Read_WholeSection_HasEveryWish()
    {
        var documents = Read(Whole).Documents!;

        Assert.Equal((PaperSize.Letter, LineGrouping.Agreement, AppendixContent.WithoutNotes, false), (documents.Paper, documents.Grouping, documents.Appendix, documents.Explanations));
        Assert.Equal([LineColumn.UnitPrice, LineColumn.Quantity, LineColumn.TaxRate], documents.Columns!);
        Assert.Equal(("#102030", "#EEF6F5"), (documents.TextColor, documents.BoxColor));
        Assert.Equal([("de", "Guten Tag", null, 2), (null, null, "Thank you", 0)], documents.Texts!.Select(text => (text.Language, text.Intro, text.ClosingNote, text.FooterLines.Count)));
        Assert.Equal(["ABA 026009593"], documents.PaymentInstructions!["USD"]);
    }

    [Fact]
    public void Read_NothingSaid_LeavesEverythingOpen()
    {
        var settings = Assert.Single(ImportFiles.Records<MspSettings>("msp-settings.json", ImportFiles.Settings));
        Assert.Null(settings.Documents);
        Assert.Null(settings.DocumentsOf(settings.Clients[0]));

        var documents = Read("{}").Documents!;
        Assert.Equal((null, null, null, null, null), (documents.Paper, documents.Explanations, documents.Columns, documents.Texts, documents.PaymentInstructions));
    }

    [Fact]
    public void DocumentsOf_ClientWithAWish_GoesOverTheMspsOneByOne()
    {
        var settings = Read(Whole, """{"paper":"a4","explanations":true}""");

        var wishes = settings.DocumentsOf(settings.Clients[0])!;

        Assert.Equal((PaperSize.A4, true, LineGrouping.Agreement), (wishes.Paper, wishes.Explanations, wishes.Grouping));
        Assert.Equal(settings.Documents!.Texts, wishes.Texts);
    }

    [Theory]
    [InlineData("de-AT", "at")]
    [InlineData("de-DE", "de")]
    [InlineData("fr-FR", "all")]
    [InlineData("den-XX", "all")] // begins with de, but is another language
    public void TextsIn_Language_AreThoseThatFitItBest(string language, string intro)
    {
        var documents = new DocumentSettings { Texts = [new("de", "de", null, []), new(null, "all", null, []), new("de-AT", "at", null, [])] };

        Assert.Equal(intro, documents.TextsIn(language)!.Intro);
        Assert.Null(new DocumentSettings { Texts = [new("pl", "pl", null, [])] }.TextsIn(language));
    }

    [Theory]
    [InlineData("""{"paper":"A4"}""", "documents.paper is 'A4', expected one of a4, letter")]
    [InlineData("""{"grouping":"project"}""", "documents.grouping is 'project', expected one of service, agreement, reference, none")]
    [InlineData("""{"columns":["price"]}""", "documents.columns[0] is 'price', expected one of quantity, unit, unitPrice, discount, taxRate")]
    [InlineData("""{"columns":["unit","unit"]}""", "documents.columns[1] is 'unit', expected each once")]
    [InlineData("""{"appendix":true}""", "documents.appendix is 'true', expected one of none, withoutNotes, withNotes")]
    [InlineData("""{"explanations":"no"}""", "documents.explanations is 'no', expected true or false")]
    [InlineData("""{"textColor":"black"}""", "documents.textColor is 'black', expected a colour like #0F766E")]
    [InlineData("""{"boxColor":"#FFF"}""", "documents.boxColor is '#FFF', expected a colour like #0F766E")]
    [InlineData("""{"texts":[{"language":"german"}]}""", "documents.texts[0].language is 'german', expected a language like en-IE")]
    [InlineData("""{"texts":[{"intro":"a"},{"intro":"b"}]}""", "expected at most one without a language")]
    [InlineData("""{"texts":[{"language":"de"},{"language":"de"}]}""", "documents.texts[1].language is 'de', expected each language once")]
    [InlineData("""{"texts":[{"footerLines":["1","2","3","4","5"]}]}""", "documents.texts[0].footerLines is '[\"1\",\"2\",\"3\",\"4\",\"5\"]', expected at most 4 lines")]
    [InlineData("""{"paymentInstructions":{"Dollar":["x"]}}""", "expected an ISO 4217 currency code such as EUR as the name")]
    [InlineData("""{"logo":"x"}""", "documents.logo: expected no such property; known here are")]
    public void Read_WrongWish_SaysWhatAndWhere(string documents, string problem) =>
        Assert.Contains(problem, Assert.Single(ImportFiles.Problems("msp-settings.json", With(documents))), StringComparison.Ordinal);

    [Theory]
    [InlineData("intro", "at most 1000 characters")]
    [InlineData("closingNote", "at most 1000 characters")]
    public void Read_TextWithoutEnd_IsRefused(string name, string problem) => Assert.Contains(
        problem, Assert.Single(ImportFiles.Problems("msp-settings.json", With($$"""{"texts":[{"{{name}}":"{{new string('x', 1001)}}"}]}"""))), StringComparison.Ordinal);

    private static MspSettings Read(string documents, string? client = null) => Assert.Single(ImportFiles.Records<MspSettings>("msp-settings.json", With(documents, client)));

    private static string With(string documents, string? client = null)
    {
        var text = ImportFiles.Settings.TrimEnd()[..^1] + $",\"documents\":{JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(documents))}}}";
        return client is null ? text : text.Replace("\"taxNumber\": \"IE1234567A\"", $"\"taxNumber\": \"IE1234567A\", \"documents\": {client}", StringComparison.Ordinal);
    }
}
