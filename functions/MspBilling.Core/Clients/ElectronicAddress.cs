using System.Collections.Frozen;

namespace MspBilling.Core.Clients;

/// <summary>Where an electronic invoice is sent to or comes from, written as in Peppol: <c>9935:IE3456789TH</c>.</summary>
/// <param name="Scheme">What kind of number it is, by the European Commission's list of Electronic Address Schemes: <c>0088</c> for a GLN, <c>EM</c> for electronic mail.</param>
/// <param name="Id">The address in that scheme.</param>
public sealed record ElectronicAddress(string Scheme, string Id)
{
    private const string Schemes =
        "0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 0177 0183 0184 0188 0190 0191 0192 0193 0194 0195 0196 0198 "
        + "0199 0200 0201 0202 0203 0204 0205 0208 0209 0210 0211 0212 0213 0215 0216 0217 0218 0219 0220 0221 0225 0230 0235 0240 0242 0244 0245 0246 0248 "
        + "9910 9913 9914 9915 9918 9919 9920 9922 9923 9924 9925 9926 9927 9928 9929 9930 9931 9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942 9943 "
        + "9944 9945 9946 9947 9948 9949 9950 9951 9952 9953 9957 9959 AN AQ AS AU EM";

    private static readonly FrozenSet<string> Known = Schemes.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether Peppol delivers to it; electronic mail and the like have letters for a scheme (rule PEPPOL-EN16931-CL008).</summary>
    public bool IsOfPeppol => char.IsAsciiDigit(Scheme[0]);

    /// <returns>Null where the scheme is on no list, or the number cannot be one of it.</returns>
    public static ElectronicAddress? Find(string text) =>
        text.Split(':', 2) is [var scheme, { Length: > 0 } id] && Known.Contains(scheme) && id == id.Trim() && RegisteredNumbers.MayBe(scheme, id) ? new ElectronicAddress(scheme, id) : null;

    public override string ToString() => $"{Scheme}:{Id}";
}
