using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Local;

/// <summary>The sample month, closed once by the program as a process of its own; the tests of a class read it.</summary>
public sealed class ClosedSample(AzuriteFixture azurite) : IAsyncLifetime
{
    private TestStorage? _storage;
    private LocalProgram? _program;
    private ProgramResult? _first;

    public TestStorage Storage => _storage ?? throw new InvalidOperationException("The sample was not closed.");

    internal LocalProgram Program => _program ?? throw new InvalidOperationException("The sample was not closed.");

    /// <summary>What the close said.</summary>
    internal ProgramResult First => _first ?? throw new InvalidOperationException("The sample was not closed.");

    /// <summary>Where its PDFs and accounting files were written.</summary>
    internal DirectoryInfo Files => new(Path.Combine(Program.Folder.FullName, ".local", "output", "2024-09"));

    public async ValueTask InitializeAsync()
    {
        _storage = await azurite.CreateAsync();
        _program = LocalProgram.On(azurite, _storage);
        _first = await _program.RunAsync("--no-serve", "--json");
    }

    public async ValueTask DisposeAsync()
    {
        _program?.Dispose();
        await Storage.DisposeAsync();
    }
}
