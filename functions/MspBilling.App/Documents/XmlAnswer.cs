using Microsoft.AspNetCore.Http;
using MspBilling.App.Api;
using MspBilling.Core.Documents.EInvoice;

namespace MspBilling.App.Documents;

/// <summary>Answers with an electronic document: UBL, or CII where <c>syntax=cii</c> asks for it; 422 with what is missing where it cannot be made.</summary>
internal static class XmlAnswer
{
    /// <param name="number">Of the invoice or credit note.</param>
    public static async Task<IResult> OfAsync(HttpRequest request, string number, Func<EInvoiceSyntax, Task<(byte[]? Xml, IReadOnlyList<EInvoiceProblem> Problems)>> read)
    {
        var asked = request.Query["syntax"].ToString();
        if (!Enum.TryParse<EInvoiceSyntax>(asked is "" ? nameof(EInvoiceSyntax.Ubl) : asked, ignoreCase: true, out var syntax) || !Enum.IsDefined(syntax))
        {
            return Answers.BadRequest($"'{asked}' is no form of electronic invoices; write ubl or cii.");
        }

        var (xml, problems) = await read(syntax).ConfigureAwait(false);
        return xml is not null ? Results.File(xml, "application/xml", $"{number}.xml") : Results.Problem(
            string.Join('\n', problems), title: $"{number} cannot be an electronic document yet", statusCode: StatusCodes.Status422UnprocessableEntity,
            extensions: new Dictionary<string, object?> { ["problems"] = problems });
    }
}
