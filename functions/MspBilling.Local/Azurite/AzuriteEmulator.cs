using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace MspBilling.Local.Azurite;

/// <summary>A running Azurite: one that listens already, or one that was started here and ends with us.</summary>
public sealed class AzuriteEmulator : IAsyncDisposable
{
    // The account that every Azurite has; published by Microsoft ("Connect to Azurite", well-known storage account and key), no secret.
    private const string Account = "devstoreaccount1";
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const string Blob = "Blob";
    private const string Queue = "Queue";
    private const string Table = "Table";

    // See start.cjs.
    private const int FolderInUse = 75;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process? _process;

    private AzuriteEmulator(int firstPort, Process? process)
    {
        _process = process;
        WasRunning = process is null;
        ConnectionString = string.Create(
            CultureInfo.InvariantCulture,
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};BlobEndpoint=http://127.0.0.1:{firstPort}/{Account};QueueEndpoint=http://127.0.0.1:{firstPort + 1}/{Account};TableEndpoint=http://127.0.0.1:{firstPort + 2}/{Account}");
    }

    public string ConnectionString { get; }

    /// <summary>Whether it listened before, and so is not ours to stop.</summary>
    public bool WasRunning { get; }

    /// <summary>Uses the Azurite that listens at the ports, or starts one there.</summary>
    /// <param name="firstPort">Of three in a row: blobs, queues, tables.</param>
    /// <param name="data">Where a started one keeps its files; null keeps everything in memory.</param>
    /// <param name="notice">Told what takes a while.</param>
    /// <exception cref="LocalStorageException">A port is taken by something else, or Azurite does not start.</exception>
    public static async Task<AzuriteEmulator> StartAsync(int firstPort, DirectoryInfo? data, Action<string> notice, CancellationToken cancellationToken)
    {
        var listening = await Task.WhenAll(
            IsAzuriteAsync(firstPort, Blob, cancellationToken), IsAzuriteAsync(firstPort + 1, Queue, cancellationToken), IsAzuriteAsync(firstPort + 2, Table, cancellationToken)).ConfigureAwait(false);
        if (listening.All(answers => answers == true))
        {
            return new AzuriteEmulator(firstPort, null);
        }

        var taken = Array.FindIndex(listening, answers => answers is not null);
        if (taken >= 0)
        {
            throw new LocalStorageException(string.Create(
                CultureInfo.InvariantCulture,
                $"Port {firstPort + taken} is taken by {(listening[taken] == true ? "an Azurite whose other services do not listen at the ports beside it" : "a program that is not Azurite")}. Stop it, or choose three other ports with --storage-port 11000."));
        }

        var installation = await AzuriteInstallation.EnsureAsync(notice, cancellationToken).ConfigureAwait(false);
        var process = Launch(installation, firstPort, data);
        var emulator = new AzuriteEmulator(firstPort, process);
        try
        {
            await emulator.WaitUntilReadyAsync(firstPort, cancellationToken).ConfigureAwait(false);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether a connection string names the account that every Azurite has, and no real account can have.</summary>
    public static bool IsEmulated(string connectionString) =>
        connectionString.Contains($"AccountName={Account}", StringComparison.OrdinalIgnoreCase) || connectionString.Contains("UseDevelopmentStorage=true", StringComparison.OrdinalIgnoreCase);

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
        {
            return;
        }

        try
        {
            // Asks Azurite to save and stop; see start.cjs.
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }
        finally
        {
            _process.Dispose();
        }
    }

    private static Process Launch(string installation, int firstPort, DirectoryInfo? data)
    {
        string Port(int offset) => (firstPort + offset).ToString(CultureInfo.InvariantCulture);
        List<string> arguments =
        [
            AzuriteInstallation.StartScript, "--silent", "--skipApiVersionCheck", "--disableTelemetry",
            "--blobHost", "127.0.0.1", "--blobPort", Port(0), "--queueHost", "127.0.0.1", "--queuePort", Port(1), "--tableHost", "127.0.0.1", "--tablePort", Port(2),
        ];
        if (data is null)
        {
            arguments.Add("--inMemoryPersistence");
        }
        else
        {
            data.Create();
            arguments.AddRange(["--location", data.FullName]);
        }

        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = installation,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task WaitUntilReadyAsync(int firstPort, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StartTimeout);
        try
        {
            // Tables start last.
            while (await IsAzuriteAsync(firstPort + 2, Table, patience.Token).ConfigureAwait(false) != true)
            {
                if (_process!.HasExited)
                {
                    throw new LocalStorageException(_process.ExitCode == FolderInUse
                        ? "Another Azurite works with the files in this folder. Stop the program that started it, or choose another folder with --data."
                        : $"Azurite ended with code {_process.ExitCode} as it was started. Its files may be damaged: choose another folder with --data.");
                }

                await Task.Delay(100, patience.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LocalStorageException($"Azurite did not answer within {StartTimeout.TotalSeconds:0} seconds.");
        }
    }

    /// <returns>Null when nothing listens; else whether it is Azurite's service.</returns>
    private static async Task<bool?> IsAzuriteAsync(int port, string service, CancellationToken cancellationToken)
    {
        try
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
            using var answer = await http.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/{Account}?comp=list")), cancellationToken).ConfigureAwait(false);
            return answer.Headers.Server.ToString().StartsWith($"Azurite-{service}/", StringComparison.OrdinalIgnoreCase);
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return null;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
