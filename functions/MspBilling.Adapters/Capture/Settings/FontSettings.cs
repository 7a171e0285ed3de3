using MspBilling.Adapters.Documents.Fonts;
using MspBilling.Core.Clients;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>The MSP's own fonts: <c>{"regular":"AAEAAAAS...","bold":"AAEAAAAS..."}</c>, each a TrueType file in base 64.</summary>
internal static class FontSettings
{
    public static DocumentFonts? ReadOptional(JsonRecord parent)
    {
        if (parent.OptionalRecord("fonts") is not { } json)
            return null;

        var (regular, bold) = (Font(json, "regular"), Font(json, "bold"));
        json.RefuseOthers();
        return regular is null || bold is null ? null : new DocumentFonts(regular, bold);
    }

    private static byte[]? Font(JsonRecord json, string name)
    {
        const string Expected = "a TrueType font (.ttf) in base 64";
        var bytes = json.OptionalBase64(name, Expected, _ => true);
        if ((bytes is not null ? FontFile.ProblemOf(bytes) : json.Has(name) ? null : Expected) is not { } problem)
            return bytes;

        json.Problem(name, problem);
        return null;
    }
}
