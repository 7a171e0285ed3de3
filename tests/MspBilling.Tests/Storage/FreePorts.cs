using System.Net;
using System.Net.Sockets;

namespace MspBilling.Tests.Storage;

/// <summary>Ports for an Azurite of a test's own.</summary>
internal static class FreePorts
{
    /// <summary>The first of three free ports in a row.</summary>
    public static int ThreeInARow()
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            using var first = new TcpListener(IPAddress.Loopback, 0);
            first.Start();
            var port = ((IPEndPoint)first.LocalEndpoint).Port;
            if (port < 65533 && CanListen(port + 1) && CanListen(port + 2))
                return port;
        }

        throw new InvalidOperationException("No three free ports in a row were found for Azurite.");
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
