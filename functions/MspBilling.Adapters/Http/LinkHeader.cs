namespace MspBilling.Adapters.Http;

/// <summary>The links of an answer (RFC 8288): <c>&lt;https://a.example/list?page=2&gt;; rel="next", &lt;…&gt;; rel="last"</c>.</summary>
/// <remarks>Read by its grammar and not by a search for words, because a target may hold commas, semicolons and <c>rel=</c> itself.</remarks>
internal static class LinkHeader
{
    /// <summary>The first target with a relation; null where there is none.</summary>
    public static string? Target(IEnumerable<string> values, string relation) => values
        .SelectMany(Links)
        .Where(link => link.Relations.Contains(relation, StringComparer.OrdinalIgnoreCase))
        .Select(link => link.Target)
        .FirstOrDefault();

    private static IEnumerable<(string Target, string[] Relations)> Links(string value)
    {
        for (var at = 0; Skip(value, at, " \t,") is var open && open < value.Length && value[open] == '<';)
        {
            var close = value.IndexOf('>', open);
            if (close < 0)
                yield break;

            at = close + 1;
            string[]? relations = null;
            while (Skip(value, at, " \t") is var semicolon && semicolon < value.Length && value[semicolon] == ';')
            {
                var (name, text, end) = Parameter(value, semicolon + 1);
                at = end;

                // A second rel of the same link says nothing (section 3.3).
                if (name.Equals("rel", StringComparison.OrdinalIgnoreCase))
                    relations ??= text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            }

            yield return (value[(open + 1)..close], relations ?? []);
        }
    }

    private static (string Name, string Text, int End) Parameter(string value, int from)
    {
        var start = Skip(value, from, " \t");
        var end = Until(value, start, " \t=;,");
        var name = value[start..end];
        var equals = Skip(value, end, " \t");
        if (equals >= value.Length || value[equals] != '=')
            return (name, "", equals);

        var at = Skip(value, equals + 1, " \t");
        if (at >= value.Length || value[at] != '"')
        {
            end = Until(value, at, " \t;,");
            return (name, value[at..end], end);
        }

        var text = new System.Text.StringBuilder();
        for (at++; at < value.Length && value[at] != '"'; at++)
        {
            if (value[at] == '\\' && at + 1 < value.Length)
                at++;
            text.Append(value[at]);
        }

        return (name, text.ToString(), Math.Min(at + 1, value.Length));
    }

    private static int Skip(string value, int at, string characters)
    {
        while (at < value.Length && characters.Contains(value[at], StringComparison.Ordinal))
            at++;
        return at;
    }

    private static int Until(string value, int at, string characters)
    {
        while (at < value.Length && !characters.Contains(value[at], StringComparison.Ordinal))
            at++;
        return at;
    }
}
