using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MspBilling.Local.Azurite;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Local;

/// <summary>Storage, ports or Node that are not there: one sentence with the way out, soon, and never a stack trace.</summary>
public sealed class StorageTroubleTests(AzuriteFixture azurite)
{
    private const int BadInput = 2;
    private const int NotReachable = 3;

    // Long enough for a loaded machine, and far less than every retry of every request takes.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    // Only for what never comes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Storage_DeadPort_IsToldSoon()
    {
        var dead = FreePorts.One();
        using var program = new LocalProgram().With("Storage__ConnectionString", azurite.ConnectionString.Replace(
            $"127.0.0.1:{BlobPort(azurite)}", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{dead}"), StringComparison.Ordinal));

        var result = await program.RunAsync("verify", "--json");

        AssertOneSentence(result, NotReachable, "The storage does not answer", "Storage__ConnectionString");
        Assert.True(result.Took < Soon, result.ToString());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("UseDevelopmentStorage=maybe")]
    public async Task Storage_ConnectionStringThatIsNone_IsBadInput(string connectionString)
    {
        using var program = new LocalProgram().With("Storage__ConnectionString", connectionString);

        AssertOneSentence(await program.RunAsync("verify", "--json"), BadInput, "connection string cannot be read", "Storage__ConnectionString");
    }

    [Fact]
    public async Task Storage_KeyOfAnotherAccount_IsToldWithoutTheKey()
    {
        var key = Convert.ToBase64String(new byte[64]);
        using var program = new LocalProgram().With("Storage__ConnectionString", string.Join(';', azurite.ConnectionString.Split(';').Select(
            part => part.StartsWith("AccountKey=", StringComparison.Ordinal) ? $"AccountKey={key}" : part)));

        var result = await program.RunAsync("verify", "--json");

        AssertOneSentence(result, NotReachable, "403", "Storage__ConnectionString");
        Assert.DoesNotContain(key, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_FileThatIsNoJson_IsBadInput()
    {
        using var program = new LocalProgram();
        await File.WriteAllTextAsync(Path.Combine(program.Folder.FullName, "local.settings.json"), "{ \"Values\": ", TestContext.Current.CancellationToken);

        AssertOneSentence(await program.RunAsync("verify"), BadInput, "local.settings.json cannot be read as JSON");
    }

    [Fact]
    public async Task Data_FolderThatIsAFile_IsBadInput()
    {
        using var program = new LocalProgram();
        var file = Path.Combine(program.Folder.FullName, "data");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        AssertOneSentence(
            await program.RunAsync("verify", "--data", file, "--storage-port", Text(FreePorts.ThreeInARow())), BadInput, file, "--data");
    }

    [Fact]
    public async Task DashboardPort_Taken_IsToldBeforeAnyWork()
    {
        await using var storage = await azurite.CreateAsync();
        using var program = LocalProgram.On(azurite, storage);
        var port = FreePorts.One();
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();
        var before = await StoredContent.ReadAsync(azurite, storage);

        var result = await program.RunAsync("--port", Text(port));

        AssertOneSentence(result, NotReachable, $"Port {port} is taken by another program.", "--port", "--no-serve");
        Assert.Equal(before, await StoredContent.ReadAsync(azurite, storage));
    }

    [Fact]
    public async Task StoragePort_TakenByAnotherProgram_IsToldWithTheWayOut()
    {
        using var program = new LocalProgram();
        using var other = new HttpListener();
        var port = FreePorts.ThreeInARow();
        other.Prefixes.Add($"http://127.0.0.1:{port}/");
        other.Start();
        var answering = other.GetContextAsync().ContinueWith(context => context.Result.Response.Close(), TaskScheduler.Default);

        var result = await program.RunAsync("verify", "--storage-port", Text(port));

        await answering;
        AssertOneSentence(result, NotReachable, $"Port {port} is taken by a program that is not Azurite.", "--storage-port");
    }

    [Fact]
    public async Task Node_NotOnThePath_IsToldWithTheWayOut()
    {
        using var program = new LocalProgram().With("PATH", "");

        AssertOneSentence(
            await program.RunAsync("verify", "--storage-port", Text(FreePorts.ThreeInARow())), NotReachable, "needs Node", "nodejs.org");
    }

    [Fact]
    public async Task Azurite_ListensAlready_IsUsedAndLeftRunning()
    {
        await using var storage = await azurite.CreateAsync();
        using var program = new LocalProgram().With("Storage__Prefix", storage.Prefix).With("PATH", "");

        var result = await program.RunAsync("verify", "--storage-port", Text(BlobPort(azurite)), "--json");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(0, result.Json().GetProperty("invoices").GetInt32());
        Assert.True(await ListensAsync(BlobPort(azurite)));
        Assert.Empty(program.Folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Azurite_HostKilled_SavesAndEnds_AndIsStoppedWithTheNextHost()
    {
        using var program = new LocalProgram();
        var (storagePort, port) = (FreePorts.ThreeInARow(), FreePorts.One());
        string[] arguments = ["--data", program.Folder.FullName, "--storage-port", Text(storagePort), "--port", Text(port)];

        using (var first = program.Start(arguments))
        {
            await first.UntilSaidAsync("Dashboard: ");
            await first.KillAsync();
        }

        await UntilFreeAsync(storagePort);
        using var second = program.Start(arguments);
        await second.UntilSaidAsync("Dashboard: ");
        using var http = new HttpClient();
        var invoices = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/api/invoices?period=2024-09"), TestContext.Current.CancellationToken);
        Assert.Contains("HL-002052", invoices, StringComparison.Ordinal);

        await second.InterruptAsync();
        var result = await second.EndAsync();
        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains("nothing was done again", result.Output, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
        Assert.False(await ListensAsync(storagePort));
    }

    [Fact]
    public async Task Azurite_HostKilledAsItStarts_Ends()
    {
        using var program = new LocalProgram();
        var storagePort = FreePorts.ThreeInARow();

        using var first = program.Start("verify", "--data", program.Folder.FullName, "--storage-port", Text(storagePort));
        var watch = Stopwatch.StartNew();
        while (!await ListensAsync(storagePort))
        {
            Assert.True(watch.Elapsed < Patience && !first.HasExited, $"Nothing listens at port {storagePort}.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await first.KillAsync();

        await UntilFreeAsync(storagePort);
    }

    [Fact]
    public async Task Azurite_FolderInUse_IsToldWithTheWayOut()
    {
        using var program = new LocalProgram();
        await using var other = await AzuriteEmulator.StartAsync(
            FreePorts.ThreeInARow(), program.Folder.CreateSubdirectory("azurite"), _ => { }, TestContext.Current.CancellationToken);

        var result = await program.RunAsync("verify", "--data", program.Folder.FullName, "--storage-port", Text(FreePorts.ThreeInARow()));

        AssertOneSentence(result, NotReachable, "Another Azurite works with the files in this folder.", "--data");
    }

    private static void AssertOneSentence(ProgramResult result, int exitCode, params string[] parts)
    {
        Assert.True(result.ExitCode == exitCode, result.ToString());
        Assert.Equal("", result.Output);
        var line = Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    private static int BlobPort(AzuriteFixture azurite) =>
        new Uri(azurite.ConnectionString.Split(';').Single(part => part.StartsWith("BlobEndpoint=", StringComparison.Ordinal))["BlobEndpoint=".Length..]).Port;

    private static async Task UntilFreeAsync(int port)
    {
        var watch = Stopwatch.StartNew();
        while (await ListensAsync(port))
        {
            Assert.True(watch.Elapsed < Patience, $"Port {port} is still taken.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
