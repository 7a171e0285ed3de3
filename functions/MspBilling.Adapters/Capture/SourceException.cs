namespace MspBilling.Adapters.Capture;

/// <summary>Why a source did not answer with what was asked for.</summary>
public enum SourceFailure
{
    /// <summary>Not reached, timed out, or failed on its side; the next pull tries again.</summary>
    Unavailable,

    /// <summary>More requests than it allows, for longer than is waited for; the next pull goes on.</summary>
    Throttled,

    /// <summary>The credentials, the role or the address are wrong: a person has to mend them.</summary>
    Unauthorized,

    /// <summary>It will not answer this request, however often it is sent.</summary>
    Refused,

    /// <summary>The answer is not what its interface promises, for example cut off.</summary>
    Malformed,
}

/// <summary>What a source's vendor refused or failed to answer, in words for who can mend it.</summary>
/// <param name="source">The source's name.</param>
/// <param name="message">What was asked, what came back, in the vendor's words where it has some, and what to do. Never a secret.</param>
public sealed class SourceException(string source, SourceFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Named so because <see cref="Exception.Source"/> is taken.</summary>
    public string SourceName { get; } = source;

    public SourceFailure Failure { get; } = failure;
}
