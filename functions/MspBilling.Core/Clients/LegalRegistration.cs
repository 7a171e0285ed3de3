using System.Collections.Frozen;

namespace MspBilling.Core.Clients;

/// <summary>The number under which a company stands in a public register, such as <c>612345</c> or, with the register's scheme, <c>0208:0123456749</c>.</summary>
/// <param name="Scheme">A code of the ISO 6523 list of identification schemes; null where none is said.</param>
public sealed record LegalRegistration(string? Scheme, string Id)
{
    private const int FirstScheme = 2;
    private const int LastScheme = 248;

    // Numbers between the first and the last that ISO 6523 has not given away.
    private static readonly FrozenSet<int> Unassigned = FrozenSet.ToFrozenSet([92, 103, 181, 182]);

    /// <returns>Null where what stands before a colon is four digits and no scheme, or the number cannot be one of the scheme.</returns>
    public static LegalRegistration? Find(string text)
    {
        if (text.Split(':', 2) is not [{ Length: 4 } scheme, { Length: > 0 } id] || !scheme.All(char.IsAsciiDigit))
        {
            return new LegalRegistration(null, text);
        }

        var number = int.Parse(scheme, System.Globalization.CultureInfo.InvariantCulture);
        return number is >= FirstScheme and <= LastScheme && !Unassigned.Contains(number) && RegisteredNumbers.MayBe(scheme, id) ? new LegalRegistration(scheme, id) : null;
    }
}
