namespace MspBilling.Core.Capture;

public enum CreditMode
{
    /// <summary>An invoice that is issued is paid from what the client has in credit.</summary>
    Automatic,

    /// <summary>Credit is used when somebody says so.</summary>
    ByHand,
}

/// <summary>What clients' accounts do by themselves.</summary>
/// <param name="Credit">For clients without a mode of their own.</param>
/// <param name="LateFeesFrom">The first day on which the late fees of the payment terms are charged; null where they are printed and not charged.</param>
/// <param name="Clients">What is other for some of them.</param>
public sealed record AccountSettings(CreditMode Credit, DateOnly? LateFeesFrom, IReadOnlyList<ClientAccount> Clients)
{
    /// <summary>Credit is used by itself, and no late fee is charged.</summary>
    public static AccountSettings Default { get; } = new(CreditMode.Automatic, null, []);

    /// <summary>What holds for a client.</summary>
    public static (CreditMode Credit, DateOnly? LateFeesFrom) For(ClientDirectory directory, string clientId)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var settings = directory.Settings.Accounts ?? Default;
        var own = settings.Clients.FirstOrDefault(client => directory.IsMeant(client.Client, clientId));
        return (own?.Credit ?? settings.Credit, own?.LateFees ?? true ? settings.LateFeesFrom : null);
    }
}

/// <summary>What is other for a client; null is as for all.</summary>
/// <param name="Client">The company's identifier or the client's id.</param>
public sealed record ClientAccount(string Client, CreditMode? Credit = null, bool? LateFees = null);
