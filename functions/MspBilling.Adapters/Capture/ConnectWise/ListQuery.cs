using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>A list that is asked for.</summary>
/// <param name="Path">Below the interface's base, such as <c>time/entries</c>.</param>
/// <param name="Permission">What the API member's role must allow, in the words of its security role.</param>
internal sealed record ListQuery(string Path, string Permission)
{
    /// <summary>Addresses are recommended to stay below 2,000 characters, a host of up to 255 among them (developer guide, "URL Max Length").</summary>
    private const int LongestAddress = 1_700;

    public string? Conditions { get; init; }

    public string? OrderBy { get; init; }

    public string? Fields { get; init; }

    /// <summary>Forward-only: records by id, above this one. Null is the first page of what <see cref="OrderBy"/> orders.</summary>
    /// <remarks>Pages by number move when records do, so that one is left out; pages by id do not (developer guide, "Forward-Only").</remarks>
    public long? After { get; init; }

    /// <summary>The record whose list it is; a list that is not found because that record was deleted is empty.</summary>
    public (ListQuery List, long Id)? Parent { get; init; }

    /// <summary>As GET, or where its address would be too long as POST to <c>/search</c>, which only reads.</summary>
    public HttpRequestMessage Request(Uri api, int pageSize)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api, Path + Parameters(pageSize, Conditions)));
        if (Conditions is not null && request.RequestUri!.PathAndQuery.Length > LongestAddress)
        {
            request.Method = HttpMethod.Post;
            request.RequestUri = new Uri(api, $"{Path}/search{Parameters(pageSize, null)}");
            request.Content = new StringContent(JsonSerializer.Serialize(new Dictionary<string, string> { ["conditions"] = Conditions }), Encoding.UTF8, "application/json");
        }

        if (After is not null)
            request.Headers.Add("pagination-type", "forward-only");
        return request;
    }

    private string Parameters(int pageSize, string? conditions)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"?pageSize={pageSize}");
        if (After > 0)
            text.Append(CultureInfo.InvariantCulture, $"&pageId={After}");
        foreach (var (name, value) in new[] { ("conditions", conditions), ("orderBy", OrderBy), ("fields", Fields) })
        {
            if (value is not null)
                text.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }
}
