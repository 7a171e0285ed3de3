using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MspBilling.Adapters.Capture.CloudEvents;

/// <summary>An event of which the attributes are HTTP headers and the body is the data, put into the JSON form.</summary>
/// <remarks>
/// Each attribute is a header <c>ce-</c> and its name; the content type is the data's. A value may stand in quotes and is percent-decoded once;
/// what does not decode to UTF-8 is refused (<see href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#3132-http-header-values"/>).
/// </remarks>
public static class BinaryEvent
{
    public const string Prefix = "ce-";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether data of that media type is read.</summary>
    public static bool IsOfData(string? contentType) => contentType is not null && UsageEvent.IsJson(contentType);

    /// <param name="headers">All of the request.</param>
    /// <returns>The event, or what is wrong.</returns>
    public static (byte[]? Json, string? Problem) Read(IEnumerable<KeyValuePair<string, string>> headers, string contentType, byte[] body)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(body);
        var written = new ArrayBufferWriter<byte>(body.Length + 1024);
        using var writer = new Utf8JsonWriter(written);
        writer.WriteStartObject();
        foreach (var (name, value) in headers.Where(header => header.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)))
        {
            var attribute = name[Prefix.Length..].ToLowerInvariant();
            if (attribute is "datacontenttype" or "data" or "data_base64")
                return (null, $"The header {name} may not be there: the body is the data, and the content type says what it is.");
            if (Decoded(value.Trim()) is not { } text)
                return (null, $"The header {name} is '{value}', expected text in UTF-8, percent-encoded where it is not ASCII.");

            writer.WriteString(attribute, text);
        }

        writer.WriteString("datacontenttype", contentType);
        writer.WritePropertyName("data");
        try
        {
            writer.WriteRawValue(body);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return (null, "The body is not the JSON of the data.");
        }

        writer.WriteEndObject();
        writer.Flush();
        return (written.WrittenSpan.ToArray(), null);
    }

    private static string? Decoded(string value)
    {
        var text = value is ['"', .., '"'] ? Unquoted(value[1..^1]) : value;
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;

        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, 1));
                continue;
            }

            if (i + 2 >= text.Length || !byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var decoded))
                return null;
            bytes.Add(decoded);
            i += 2;
        }

        try
        {
            return Strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string Unquoted(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            plain.Append(text[i] == '\\' && i + 1 < text.Length ? text[++i] : text[i]);
        return plain.ToString();
    }
}
