using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace MspBilling.Local.Azurite;

/// <summary>Azurite from npm, at the version that package.json pins, installed once for this user.</summary>
/// <remarks>
/// Installed beside the final place and then moved there, so that two that start at once, or one that is stopped, leave either
/// nothing or the whole of it.
/// </remarks>
internal static class AzuriteInstallation
{
    private static string Sources => Path.Combine(AppContext.BaseDirectory, "Azurite");

    public static string StartScript => Path.Combine(Sources, "start.cjs");

    /// <param name="notice">Told when an installation begins, because it takes a while.</param>
    /// <returns>The folder that holds <c>node_modules</c>.</returns>
    /// <exception cref="LocalStorageException">No Node, or npm could not install.</exception>
    public static async Task<string> EnsureAsync(Action<string> notice, CancellationToken cancellationToken)
    {
        var version = Version();
        var folder = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "msp-billing", $"azurite-{version}");
        await RequireNodeAsync(cancellationToken).ConfigureAwait(false);
        if (Directory.Exists(folder))
        {
            return folder;
        }

        notice($"Installing the storage emulator Azurite {version} (once, about 20 seconds)");
        var unfinished = $"{folder}.{Environment.ProcessId}";
        Directory.CreateDirectory(unfinished);
        try
        {
            File.Copy(Path.Combine(Sources, "package.json"), Path.Combine(unfinished, "package.json"), overwrite: true);
            File.Copy(Path.Combine(Sources, "package-lock.json"), Path.Combine(unfinished, "package-lock.json"), overwrite: true);
            var (code, output) = await RunAsync(Npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], unfinished, cancellationToken).ConfigureAwait(false);
            if (code != 0)
            {
                throw new LocalStorageException($"npm could not install Azurite {version}: {LastLine(output)} Check the network and npm's registry, or start an Azurite yourself.");
            }

            try
            {
                Directory.Move(unfinished, folder);
            }
            catch (IOException) when (Directory.Exists(folder))
            {
                // Another start was faster, and its installation is as good.
            }
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }
        }

        return folder;
    }

    private static string Npm => OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    private static string Version()
    {
        using var package = JsonDocument.Parse(File.ReadAllText(Path.Combine(Sources, "package.json")));
        return package.RootElement.GetProperty("dependencies").GetProperty("azurite").GetString()!;
    }

    private static async Task RequireNodeAsync(CancellationToken cancellationToken)
    {
        const string wayOut = "Install Node 20 or later from nodejs.org, or start an Azurite yourself and leave it running.";
        try
        {
            var (code, output) = await RunAsync("node", ["--version"], AppContext.BaseDirectory, cancellationToken).ConfigureAwait(false);
            if (code != 0 || !System.Version.TryParse(output.Trim().TrimStart('v'), out var version) || version.Major < 20)
            {
                throw new LocalStorageException($"The storage emulator needs Node 20 or later; this is {output.Trim()}. {wayOut}");
            }
        }
        catch (Win32Exception)
        {
            throw new LocalStorageException($"The storage emulator needs Node, which was not found on the PATH. {wayOut}");
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return (process.ExitCode, await output.ConfigureAwait(false) + await error.ConfigureAwait(false));
    }

    private static string LastLine(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "it said nothing.";
}
