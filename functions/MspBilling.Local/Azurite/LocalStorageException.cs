namespace MspBilling.Local.Azurite;

/// <summary>The local storage cannot be had; the message says why and what to do.</summary>
public sealed class LocalStorageException(string message) : Exception(message);
