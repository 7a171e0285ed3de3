namespace MspBilling.Adapters.Accounting;

/// <summary>An invoice that the accounting system cannot take, however often it is tried: a person has to change something first.</summary>
/// <param name="whatAndWhatToDo">What is wrong, on which invoice, and what mends it.</param>
public sealed class PermanentAccountingException(string whatAndWhatToDo) : Exception(whatAndWhatToDo);
