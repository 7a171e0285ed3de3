using System.Net;
using System.Net.Sockets;

namespace MspBilling.Tests.Storage;

/// <summary>Ports for servers of a test's own.</summary>
/// <remarks>
/// Below those that the system gives to outgoing connections (from 32768 on): among these one that is free now may be some connection's own before its
/// server listens, or while the server is started again.
/// </remarks>
internal static class FreePorts
{
    private const int First = 10_000;
    private const int Triples = 7_000;

    // From triple to triple, so that no two tests of this process are given the same; from anywhere, so that two processes hardly ever are.
    private static int _next = Random.Shared.Next(Triples);

    public static int One() => ThreeInARow();

    /// <summary>The first of three free ports in a row.</summary>
    public static int ThreeInARow()
    {
        for (var attempt = 0; attempt < Triples; attempt++)
        {
            var port = First + (3 * (int)((uint)Interlocked.Increment(ref _next) % Triples));
            if (CanListen(port) && CanListen(port + 1) && CanListen(port + 2))
                return port;
        }

        throw new InvalidOperationException("No three free ports in a row were found.");
    }

    private static bool CanListen(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
