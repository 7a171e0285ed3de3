using System.CommandLine.Parsing;

namespace MspBilling.Local.Commands;

internal static class CommandPath
{
    /// <summary>As it is typed: <c>MspBilling.Local report revenue</c>.</summary>
    public static string PathOf(this CommandResult result) =>
        result.Parent is CommandResult parent ? $"{parent.PathOf()} {result.Command.Name}" : result.Command.Name;
}
