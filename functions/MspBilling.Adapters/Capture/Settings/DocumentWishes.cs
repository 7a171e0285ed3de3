using MspBilling.Adapters.Agreements;
using MspBilling.Core;
using MspBilling.Core.Clients;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>
/// How documents are to look, of the MSP or of one client: <c>{"paper":"letter","grouping":"agreement","columns":["quantity","unitPrice"],"appendix":"withoutNotes",
/// "explanations":false,"textColor":"#1F2937","boxColor":"#EEF6F5","texts":[{"language":"de","intro":"...","closingNote":"...","footerLines":["..."]}],"paymentInstructions":{"USD":["..."]}}</c>.
/// </summary>
internal static class DocumentWishes
{
    // More of them would leave no room for lines between head and foot.
    private const int MostFooterLines = 4;
    private const int LongestFooterLine = 200;
    private const int LongestText = 1_000;

    public static DocumentSettings? ReadOptional(JsonRecord parent)
    {
        if (parent.OptionalRecord("documents") is not { } json)
            return null;

        var explanations = json.Flag("explanations");
        var documents = new DocumentSettings
        {
            Paper = json.OptionalChoice<PaperSize>("paper"),
            Grouping = json.OptionalChoice<LineGrouping>("grouping"),
            Columns = json.OptionalChoices<LineColumn>("columns"),
            Appendix = json.OptionalChoice<AppendixContent>("appendix"),
            Explanations = json.Has("explanations") ? explanations : null,
            TextColor = json.OptionalColor("textColor"),
            BoxColor = json.OptionalColor("boxColor"),
            Texts = Texts(json),
            PaymentInstructions = PaymentInstructions(json),
        };
        json.RefuseOthers();
        return documents;
    }

    private static IReadOnlyList<DocumentTexts>? Texts(JsonRecord json)
    {
        var texts = json.DistinctRecords("texts", Text, text => text.Language, "language", "each language once");
        if (texts.Count(text => text.Language is null) > 1)
            json.Problem("texts", "at most one without a language");
        return json.Has("texts") ? texts : null;
    }

    private static DocumentTexts Text(JsonRecord json)
    {
        var texts = new DocumentTexts(json.OptionalLanguage("language"), Short(json, "intro"), Short(json, "closingNote"), json.Texts("footerLines"));
        for (var line = 0; line < texts.FooterLines.Count; line++)
        {
            if (texts.FooterLines[line].Length > LongestFooterLine)
                json.ItemProblem("footerLines", line, $"at most {LongestFooterLine} characters");
        }

        if (texts.FooterLines.Count > MostFooterLines)
            json.Problem("footerLines", $"at most {MostFooterLines} lines");
        return texts;
    }

    private static string? Short(JsonRecord json, string name)
    {
        var text = json.OptionalText(name);
        if (text?.Length > LongestText)
            json.Problem(name, $"at most {LongestText} characters");
        return text;
    }

    private static Dictionary<string, IReadOnlyList<string>>? PaymentInstructions(JsonRecord json)
    {
        if (json.OptionalRecord("paymentInstructions") is not { } byCurrency)
            return null;

        foreach (var code in byCurrency.Names.Where(name => !Currency.TryParse(name, out _)))
            byCurrency.Problem(code, "an ISO 4217 currency code such as EUR as the name");
        return byCurrency.Names.ToDictionary(code => code, code => byCurrency.Texts(code), StringComparer.Ordinal);
    }
}
