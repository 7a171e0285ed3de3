using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Local;

/// <summary>What a run of the program left: its exit code and what it said.</summary>
internal sealed record ProgramResult(int ExitCode, string Output, string Error, TimeSpan Took)
{
    /// <summary>Standard output as the one JSON document that it has to be.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    public override string ToString() => $"exit {ExitCode} after {Took.TotalSeconds:0.0} s\n{Output}\n--- standard error\n{Error}";
}

/// <summary>The program as a user starts it: a process of its own in a folder of its own.</summary>
internal sealed class LocalProgram : IDisposable
{
    private readonly Dictionary<string, string?> _environment = [];

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("msp-billing-test-");

    /// <summary>On the storage of a test, by the environment.</summary>
    public static LocalProgram On(AzuriteFixture azurite, TestStorage storage) => new LocalProgram()
        .With("Storage__ConnectionString", azurite.ConnectionString).With("Storage__Prefix", storage.Prefix);

    /// <param name="value">Null takes the variable away.</param>
    public LocalProgram With(string variable, string? value)
    {
        _environment[variable] = value;
        return this;
    }

    public async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        using var started = Start(arguments);
        return await started.EndAsync();
    }

    public RunningProgram Start(params string[] arguments)
    {
        // The host that runs the tests: found even where the PATH is taken away.
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : DotnetPath(),
            [Path.Combine(AppContext.BaseDirectory, "MspBilling.Local.dll"), .. arguments])
        {
            WorkingDirectory = Folder.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (variable, value) in _environment)
        {
            start.Environment[variable] = value;
        }

        return new RunningProgram(Process.Start(start)!);
    }

    public void Dispose() => Folder.Delete(recursive: true);

    private static string DotnetPath()
    {
        var runtime = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();
        return Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
    }
}

/// <summary>A run that has not ended yet; it ends with the test.</summary>
internal sealed class RunningProgram : IDisposable
{
    // Only for what never ends: a busy machine takes its time.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Process _process;

    public RunningProgram(Process process)
    {
        _process = process;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(_error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Ends it at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks it to stop, as Ctrl+C does.</summary>
    /// <remarks>Where the tests themselves run in the background of a script, all their processes ignore Ctrl+C's signal; then it is the one by which a service is stopped.</remarks>
    public async Task InterruptAsync()
    {
        var ignored = (await File.ReadAllLinesAsync($"/proc/{_process.Id}/status", TestContext.Current.CancellationToken)).Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        const int interrupt = 1 << 1;
        var isIgnored = (Convert.ToInt64(ignored[^16..], 16) & interrupt) != 0;
        using var kill = Process.Start("kill", [isIgnored ? "-TERM" : "-INT", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<ProgramResult> EndAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return new ProgramResult(_process.ExitCode, Said(_output), Said(_error), _watch.Elapsed);
    }

    /// <summary>Waits until it has said something on standard output.</summary>
    public async Task UntilSaidAsync(string text)
    {
        while (!Said(_output).Contains(text, StringComparison.Ordinal))
        {
            Assert.True(_watch.Elapsed < Patience && !_process.HasExited, $"'{text}' was not said:\n{Said(_output)}\n{Said(_error)}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static void Keep(StringBuilder said, string? line)
    {
        lock (said)
        {
            said.Append(line).Append(line is null ? "" : "\n");
        }
    }

    private static string Said(StringBuilder said)
    {
        lock (said)
        {
            return said.ToString();
        }
    }
}
