using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MspBilling.Local.Commands;

/// <summary>A port of this machine.</summary>
internal static class PortOption
{
    public const int Last = 65535;

    /// <param name="last">The last port that can be given: less than 65535 where more follow it.</param>
    public static Option<int> Create(string name, string description, int defaultPort, int last = Last) => new(name)
    {
        Description = description,
        HelpName = "port",
        DefaultValueFactory = _ => defaultPort,
        CustomParser = argument => Parse(name, argument, last),
    };

    private static int Parse(string name, ArgumentResult argument, int last)
    {
        var text = argument.Tokens.Count == 0 ? "" : argument.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 && port <= last)
        {
            return port;
        }

        argument.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: '{text}' is not a port; write a number from 1 to {last}."));
        return 0;
    }
}
