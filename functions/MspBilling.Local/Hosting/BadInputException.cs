namespace MspBilling.Local.Hosting;

/// <summary>Something the user gave cannot be worked with; the message says what and what to do.</summary>
internal sealed class BadInputException(string message) : Exception(message);
